"""Programmes: how they pay, what may leave early, and how several of them go together on one unit."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.unknown import as_far_as_known
from planner.case.consistency.whole import parts_are_a_whole
from planner.case.programme import Programme
from planner.case.words import listed


def _of(name: str, *field: str) -> Path:
    return ("programmes", name, *field)


def programmes_can_pay(draft: Draft) -> Iterator[Finding]:
    """A programme pays for some category of cost, and each of its categories once."""
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            path = _of(name, "categories")
            if not programme.categories:
                yield Finding(path, "no category of cost", "systems, additions or facility", "write [systems]")
            elif len(set(programme.categories)) < len(programme.categories):
                yield Finding(path, "a category is named twice", "each category once", "remove the second one")


def parts_make_up_the_grant(draft: Draft) -> Iterator[Finding]:
    """Milestones pay the whole of a grant, and nothing else says when it is paid."""
    for name, programme in draft.programmes.items():
        for check in (_one_time_of_payment, _parts_are_a_whole, _parts_before_delivery):
            with as_far_as_known():
                if programme.milestones:
                    yield from check(draft, name, programme)


def _one_time_of_payment(_draft: Draft, name: str, programme: Programme) -> Iterator[Finding]:
    if programme.payment_lag.months:
        found = f"milestones are given, and a payment_lag of {programme.payment_lag} as well"
        remedy = "remove payment_lag, and give each milestone a `lag` of its own"
        yield Finding(_of(name, "payment_lag"), found, "milestones or payment_lag, one of them", remedy)


def _parts_are_a_whole(_draft: Draft, name: str, programme: Programme) -> Iterator[Finding]:
    shares = [part.share for part in programme.milestones]
    yield from parts_are_a_whole(_of(name, "milestones"), shares, "a milestone")


def _parts_before_delivery(draft: Draft, name: str, programme: Programme) -> Iterator[Finding]:
    """What is paid at the order cannot lower the book value of what is not there yet."""
    if draft.finance is None or draft.finance.asset_grants != "reduce_book_value":
        return
    for number, part in enumerate(programme.milestones):
        with as_far_as_known():
            if part.event == "order":
                found = "is paid from the order on, but finance.asset_grants is reduce_book_value"
                allowed = "delivery, as nothing stands at the order whose book value a grant could lower"
                remedy = "write `event: delivery`, or book all grants as `asset_grants: income`"
                yield Finding(_of(name, "milestones", str(number), "event"), found, allowed, remedy)


def terms_fit_the_kind(draft: Draft) -> Iterator[Finding]:
    """Only a grant is paid and can go back; only a tax credit is bounded by tax and carried forward."""
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            if not programme.aid.is_paid_out:
                yield from _terms_of_grants(name, programme)
        with as_far_as_known():
            if not programme.aid.is_off_tax:
                yield from _terms_of_tax_credits(name, programme)


def _terms_of_tax_credits(name: str, programme: Programme) -> Iterator[Finding]:
    allowed = f"with kind: tax_credit only; this is a {programme.kind}"
    remedy = "remove it, or write `kind: tax_credit`"
    with as_far_as_known():
        if programme.tax_limit != 1:
            found = f"only a tax credit takes {programme.tax_limit:.4g} of a year's tax at most"
            yield Finding(_of(name, "tax_limit"), found, allowed, remedy)
    with as_far_as_known():
        if programme.basis_reduction:
            found = f"only of a tax credit {programme.basis_reduction:.4g} lowers the cost that is written off for tax"
            yield Finding(_of(name, "basis_reduction"), found, allowed, remedy)
    with as_far_as_known():
        if programme.carry_forward.months:
            found = f"only a tax credit is kept for {programme.carry_forward}"
            yield Finding(_of(name, "carry_forward"), found, allowed, remedy)


def _terms_of_grants(name: str, programme: Programme) -> Iterator[Finding]:
    why, allowed = programme.aid.never_paid, "with kind: grant only"
    with as_far_as_known():
        if programme.milestones:
            yield Finding(_of(name, "milestones"), why, allowed, "remove the milestones, or write `kind: grant`")
    with as_far_as_known():
        if programme.payment_lag.months:
            yield Finding(_of(name, "payment_lag"), why, allowed, "remove payment_lag, or write `kind: grant`")
    with as_far_as_known():
        if programme.early_exit != "forbidden":
            found = f"{programme.early_exit}, but a {programme.kind} pays nothing that could go back"
            remedy = "remove early_exit (nothing leaves before the retention ends), or write `kind: grant`"
            yield Finding(_of(name, "early_exit"), found, "forbidden", remedy)


def tax_is_there_to_be_saved(draft: Draft) -> Iterator[Finding]:
    """What saves or puts off tax needs a tax."""
    if draft.finance is None or draft.finance.tax is not None:
        return
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            if not programme.aid.is_paid_out:
                remedy = "describe the tax under finance.tax, such as `tax: {rate: 30.62 %}`"
                found = f"{programme.kind}, but the case has no tax"
                yield Finding(_of(name, "kind"), found, "grant, where finance has no `tax:`", remedy)


def a_lower_basis_has_books_of_tax(draft: Draft) -> Iterator[Finding]:
    """What a credit takes off the cost that is written off for tax stands in books of tax apart from the others."""
    if draft.finance is None or draft.finance.tax is None or draft.finance.tax.depreciation is not None:
        return
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            if programme.lowers_tax_basis:
                found = "lowers the cost that is written off for tax, and books and tax are one"
                remedy = "say how cost is written off for tax: `depreciation:` under finance.tax"
                yield Finding(_of(name, "basis_reduction"), found, "with finance.tax.depreciation only", remedy)


def credits_are_kept_for_whole_years(draft: Draft) -> Iterator[Finding]:
    """Tax is settled once a year, so a credit is kept for whole years."""
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            months = programme.carry_forward.months
            if months % 12:
                years = max(1, months // 12)
                found = f"{programme.carry_forward} is no whole number of years"
                remedy = f"write {years} year{'s' * (years != 1)}, or {years + 1} years"
                yield Finding(_of(name, "carry_forward"), found, "whole years", remedy)


def early_exit_has_an_end(draft: Draft) -> Iterator[Finding]:
    """Leaving early means: before a retention ends."""
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            if programme.early_exit != "forbidden" and not programme.retention.months:
                found = f"{programme.early_exit}, but no retention is stated: nothing leaves early"
                remedy = "state the `retention:`, or remove early_exit"
                yield Finding(_of(name, "early_exit"), found, "forbidden, where there is no retention", remedy)


def programmes_stand_in_one_order(draft: Draft) -> Iterator[Finding]:
    """What comes first is a grant that comes after nothing itself, and may pay for the same unit."""
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            for number, other in enumerate(programme.after):
                path = _of(name, "after", str(number))
                with as_far_as_known():
                    if other in programme.after[:number]:
                        yield Finding(path, f"'{other}' is named twice", "each programme once", "remove the second one")
                    elif other != name and other in draft.programmes:
                        yield from _not_first(draft, path, name, other)


def _not_first(draft: Draft, path: Path, name: str, other: str) -> Iterator[Finding]:
    """What keeps a programme from coming before another one."""
    earlier = draft.programmes[other]
    allowed = "a grant that comes after no other programme"
    with as_far_as_known():
        if excluded(draft, name, other):
            found = f"'{name}' stands after '{other}', and the two exclude each other"
            remedy = f"remove '{other}' from after, or from excludes: what cannot be paid for one unit needs no order"
            yield Finding(path, found, "a programme that may pay for the same unit", remedy)
    with as_far_as_known():
        if not earlier.aid.is_paid_out:
            yield Finding(path, f"'{other}' is a {earlier.kind}, not a grant", allowed, f"remove '{other}' from after")
    if earlier.after:
        words = listed([f"'{one}'" for one in earlier.after], "and")
        remedy = f"let '{other}' come first, or remove it from after and name {words} here"
        yield Finding(path, f"'{other}' stands after {words} itself", allowed, remedy)


def excluded(draft: Draft, one: str, other: str) -> bool:
    """Whether two programmes cannot pay for the same unit; one of them saying so is enough."""
    return other in draft.programmes[one].excludes or one in draft.programmes[other].excludes
