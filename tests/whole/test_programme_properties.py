"""What must hold of any programme: better terms never hurt, nobody is paid twice, what is the same is worth as much."""

from __future__ import annotations

import copy
import itertools
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from planner.case.quantities import Money, parse_share
from planner.outcome import Outcome
from tests.decided import laid_flat
from tests.rival.figures import Figures
from tests.rival.rival import money_scale
from tests.rival.subsidised import subsidised_fields
from tests.whole.test_properties import (
    CLOSE,
    UNITS,
    Fields,
    drop,
    each,
    not_worse,
    objective_of,
    planned,
    whole_numbers,
)

CASES = int(os.environ.get("PLANNER_PROPERTY_CASES", "20"))
"""So many cases for every property; a thorough run takes 200."""


def cases_with(suits: Callable[[Fields], bool] = lambda _fields: True) -> Iterator[Fields]:
    """The first cases about programmes that suit a property."""
    drawn = (subsidised_fields(number) for number in itertools.count(5000))
    return itertools.islice(filter(suits, drawn), CASES)


def some(suits: Callable[[Fields], bool]) -> Callable[[Fields], bool]:
    """Whether any programme of a case suits."""
    return lambda fields: any(suits(one) for one in fields["programmes"].values())


def kind(*kinds: str) -> Callable[[Fields], bool]:
    return lambda one: one.get("kind", "grant") in kinds


def changed(fields: Fields, change: Callable[[Fields], None]) -> Fields:
    after = copy.deepcopy(fields)
    change(after)
    return after


def no_minimum(fields: Fields) -> Fields:
    """A minimum of investment is met with less of it where more is paid for each: so it is left out."""
    return changed(fields, each("programmes", drop("minimum_investment")))


def alone(fields: Fields) -> Fields:
    """Without any order of application: what one programme pays more, those after it pay less."""
    return changed(no_minimum(fields), each("programmes", drop("after")))


def gains(before: Fields, after: Fields) -> bool:
    """Asserts that a change does no harm, and tells whether it helps."""
    first, second = objective_of(planned(before)), objective_of(planned(after))
    assert not_worse(second, first), before["name"]
    return second > first + 1


def helps(pairs: Iterator[tuple[Fields, Fields]], share: float = 0.05) -> None:
    """Asserts that a change never does harm, and that it helps in some of the cases."""
    helped = [gains(before, after) for before, after in pairs]
    assert len(helped) == CASES
    assert sum(helped) >= share * CASES


def set_all(**terms: Any) -> Callable[[Fields], None]:
    return each("programmes", lambda one: one.update(terms))


def of_grants(change: Callable[[Fields], object]) -> Callable[[Fields], None]:
    """A change of every programme that pays money."""
    return each("programmes", lambda one: change(one) if kind("grant")(one) else None)


# --- better terms ---


def test_a_higher_rate_never_lowers_the_objective() -> None:
    # Beside what is written off at once, grants could take more off the book value than the whole cost.
    calm = cases_with(lambda fields: not some(kind("special_depreciation"))(fields))
    helps(((alone(fields), changed(alone(fields), set_all(rate=0.65))) for fields in calm), share=0.3)


def test_no_caps_never_lower_the_objective() -> None:
    caps = drop("total_cap", "operator_cap", "fiscal_year_caps")
    with_caps = some(lambda one: any(cap in one for cap in ("total_cap", "operator_cap", "fiscal_year_caps")))
    helps((fields, changed(fields, each("programmes", caps))) for fields in cases_with(with_caps))


def test_a_further_grant_never_lowers_the_objective() -> None:
    further = {"rate": 0.2, "categories": ["systems", "facility"]}
    # It may come beside all others, but for what is written off at once: together that could be more than the cost.

    def more(fields: Fields) -> Fields:
        special = [name for name, one in fields["programmes"].items() if kind("special_depreciation")(one)]
        return {**fields, "programmes": {**fields["programmes"], "further": {**further, "excludes": special}}}

    helps(((fields, more(fields)) for fields in cases_with()), share=0.3)


def test_to_allow_early_exit_never_lowers_the_objective() -> None:
    def may_leave(one: Fields) -> None:
        if "retention" in one:
            one["early_exit"] = "repay_remaining"

    retained = cases_with(some(lambda one: kind("grant")(one) and "retention" in one))
    before = (changed(fields, each("programmes", drop("early_exit"))) for fields in retained)
    helps((fields, changed(fields, of_grants(may_leave))) for fields in before)


def test_to_give_back_what_remains_is_never_worse_than_all() -> None:
    def back(terms: str) -> Callable[[Fields], None]:
        return of_grants(lambda one: one.update(early_exit=terms) if "early_exit" in one else None)

    leaving = cases_with(some(lambda one: "early_exit" in one))
    pairs = ((changed(fields, back("repay_all")), changed(fields, back("repay_remaining"))) for fields in leaving)
    helps(pairs)


def test_to_carry_credits_forward_never_lowers_the_objective() -> None:
    def kept(years: int) -> Callable[[Fields], None]:
        return each(
            "programmes", lambda one: one.update(carry_forward=f"{years} years") if "tax_limit" in one else None
        )

    credited = cases_with(some(kind("tax_credit")))
    helps((changed(fields, kept(0)), changed(fields, kept(2))) for fields in credited)


def test_a_higher_limit_of_tax_credits_never_lowers_the_objective() -> None:
    higher = each("programmes", lambda one: one.update(tax_limit=1) if "tax_limit" in one else None)
    helps((fields, changed(fields, higher)) for fields in cases_with(some(kind("tax_credit"))))


def test_an_earlier_payment_never_lowers_the_objective() -> None:
    # Without tax: a grant that comes a quarter earlier may be taxed a whole year earlier.
    def late(one: Fields) -> bool:
        return any(part["lag"] != "0 months" for part in one.get("milestones", [{"lag": one.get("payment_lag")}]))

    def at_once(one: Fields) -> None:
        one.pop("payment_lag", None)
        for part in one.get("milestones", ()):
            part["lag"] = "0 months"

    untaxed = map(without_tax, cases_with(lambda fields: some(late)(without_tax(fields))))
    in_any_year = (changed(fields, each("programmes", drop("fiscal_year_caps"))) for fields in untaxed)
    helps((fields, changed(fields, each("programmes", at_once))) for fields in in_any_year)


def without_tax(fields: Fields) -> Fields:
    """The case without tax, and so without what takes it off or puts it off."""
    kept = {name: one for name, one in fields["programmes"].items() if kind("grant")(one)}
    fields = changed({**fields, "programmes": kept}, lambda other: other["finance"].pop("tax", None))
    return changed(fields, each("programmes", lambda one: one.update({w: _known(one, w, kept) for w in LISTS})))


LISTS = ("after", "excludes")


def _known(one: Fields, words: str, programmes: Fields) -> list[str]:
    return [name for name in one.get(words, []) if name in programmes]


# --- other ways to say the same ---


def equally_good(before: Fields, after: Fields) -> bool:
    """Asserts that two cases have plans that are worth the same, and tells whether there are any."""
    first, second = objective_of(planned(before)), objective_of(planned(after))
    assert second == pytest.approx(first, rel=CLOSE, abs=1.0), before["name"]
    return first > -float("inf")


def test_two_halves_are_as_good_as_the_whole() -> None:
    """A grant in two programmes of half the rate and half the caps each, on the same terms otherwise."""
    solved = 0
    for fields in cases_with(some(kind("grant"))):
        # What is owed for a system that is sold at the end is at most its worth, to each programme by itself.
        fields["finance"]["terminal_value"] = False
        name = next(name for name, one in fields["programmes"].items() if kind("grant")(one))
        solved += equally_good(fields, in_halves(fields, name))
    assert solved >= CASES / 2


def in_halves(fields: Fields, name: str) -> Fields:
    """The case with one programme split in two."""
    half = copy.deepcopy(fields["programmes"][name])
    half["rate"] = parse_share(half["rate"]) / 2
    for cap in ("total_cap", "operator_cap"):
        if cap in half:
            half[cap] = _halved(half[cap])
    half["fiscal_year_caps"] = {year: _halved(cap) for year, cap in half.get("fiscal_year_caps", {}).items()}
    programmes = {**copy.deepcopy(fields["programmes"]), name: half, "twin": copy.deepcopy(half)}
    for one in programmes.values():
        for words in LISTS:
            if name in one.get(words, []):
                place = one[words].index(name)
                one[words] = [*one[words][: place + 1], "twin", *one[words][place + 1 :]]
    return {**fields, "programmes": programmes}


def _halved(cap: str) -> str:
    money = Money.parse(cap)
    return f"{money.amount / 2!r} {money.currency}"


def test_a_programme_that_nobody_can_join_changes_nothing() -> None:
    """It asks for more than can ever be installed; others exclude it, and others stand after it."""
    asked = {"metric": "bf16_pflops", "floor": 1e6, "from": "2020-01"}
    for fields in cases_with():
        names = list(fields["programmes"])
        beyond = {"rate": 0.5, "categories": ["systems"], "obligations": [asked], "excludes": names[:1]}
        more = {**fields, "programmes": {**copy.deepcopy(fields["programmes"]), "beyond": beyond}}
        for name in names[1:]:
            more["programmes"][name]["after"] = [*more["programmes"][name].get("after", []), "beyond"]
        equally_good(fields, more)


# --- nobody is paid twice ---


def test_no_unit_is_paid_for_twice() -> None:
    """Programmes that exclude each other share units; those after others see them; public money has its ceiling."""
    seen = dict.fromkeys(("apart", "after", "ceiling"), 0)
    for outcome in filter(None, map(planned, cases_with())):
        case, decisions, near = outcome.case, outcome.decisions, 1e-6
        claimed, shared = laid_flat(decisions.claim), laid_flat(decisions.overlap)
        for key, units in investments(outcome).items():
            claims = {name: claimed.get((name, *key), 0.0) for name in case.programmes}
            for one, other in itertools.permutations(claims, 2):
                if other in case.programmes[one].excludes:
                    assert claims[one] + claims[other] <= units + near, case.name
                    seen["apart"] += claims[one] + claims[other] > near
                if other in case.programmes[one].after and claims[one] and claims[other]:
                    both = shared.get((one, other, *key), 0.0)
                    assert both >= claims[one] + claims[other] - units - near, case.name
                    seen["after"] += both > near
            room = public_room(outcome, key, units)
            assert room >= -near * money_scale(case), case.name
            seen["ceiling"] += room <= near * money_scale(case)
    assert all(count >= CASES / 20 for count in seen.values()), seen


def investments(outcome: Outcome) -> dict[tuple[str, str, int], int]:
    """Units bought, by investment."""
    blocks = outcome.decisions.expand.items()
    sites = {name: one.site for name, one in outcome.case.expansions.items()}
    return {**outcome.decisions.order, **{(name, sites[name], t): units for (name, t), units in blocks}}


def public_room(outcome: Outcome, key: tuple[str, str, int], units: int) -> float:
    """How much more public money an investment may have."""
    case, grants = outcome.case, laid_flat(outcome.audit.quantities.grant)
    public = [name for name, one in case.programmes.items() if one.kind != "special_depreciation"]
    purchase = Figures(case).investment(key)
    assert purchase is not None
    most = case.finance.public_money_ceiling * purchase.cost * units
    return most - sum(grants.get((name, *key), 0.0) for name in public)


# --- units of money ---


@pytest.mark.parametrize("unit", ["billions of yen", "dollars", "results in millions, prices in yen"])
def test_units_never_change_a_plan(unit: str) -> None:
    restate, yen = UNITS[unit]
    solved = 0
    for fields in cases_with():
        before, after = planned(fields), planned(restate(fields))
        assert (before is None) == (after is None), fields["name"]
        if before is not None and after is not None:
            solved += 1
            assert whole_numbers(after) == whole_numbers(before), fields["name"]
            value = after.proof.objective * (1.0 if before.proof.kind == "compute" else yen)
            assert value == pytest.approx(before.proof.objective, rel=CLOSE, abs=10.0), fields["name"]
    assert solved >= CASES / 2
