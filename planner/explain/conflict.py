"""When no plan exists: the statements of the case that contradict each other, in its own words."""

from __future__ import annotations

from collections.abc import Callable

from planner.case.case import Case
from planner.case.site import RESOURCE_UNITS
from planner.model.linear import Key, Row
from planner.outcome import Provenance

Place = tuple[str, str]
"""Path of a statement in the case file, and what it says."""


def conflict_words(case: Case, rows: list[Row], provenance: dict[str, Provenance]) -> str:
    """A message that names the statements behind a set of contradicting rows.

    Args:
        case: the case that has no plan.
        rows: a small set of rows that cannot all be kept; empty where only whole numbers are in the way.
        provenance: where each figure of the case stands.
    """
    if not rows:
        return (
            "No plan exists: with fractions of systems and blocks every limit can be kept, with whole ones not all. "
            "Loosen a limit by the size of one system or one block."
        )
    statements = _merged([_WORDS[row.rule](case, row.key) for row in rows])
    lines = ["No plan exists. These statements of the case contradict each other:"]
    for path, periods, words in statements:
        place = provenance.get(path)
        line = f":{place.line}" if place and place.line else ""  # a cell of a workbook names itself
        where = f"{place.file}{line}: " if place else ""
        lines.append(f"  - {where}{path}: {words}{_span(periods)}")
    lines.append("Loosen one of them, or give the plan another way: more supply, room, money or time.")
    return "\n".join(lines)


def _merged(found: list[tuple[str, str, str]]) -> list[tuple[str, list[str], str]]:
    """One line for statements that differ only in their period."""
    merged: dict[tuple[str, str], list[str]] = {}
    for path, period, words in found:
        merged.setdefault((path, words), []).extend([period] if period else [])
    return [(path, sorted(set(periods)), words) for (path, words), periods in merged.items()]


def _span(periods: list[str]) -> str:
    if not periods:
        return ""
    return f", in {periods[0]}" if len(periods) == 1 else f", from {periods[0]} to {periods[-1]}"


def _period(case: Case, key: Key) -> str:
    return next((case.calendar.label(part) for part in key if isinstance(part, int)), "")


def _fleet_balance(case: Case, key: Key) -> tuple[str, str, str]:
    system, site = str(key[0]), str(key[1])
    there = sum(fleet.quantity for fleet in case.sites[site].fleet if fleet.system == system)
    words = f"{system} stand at {site} only a lead time after their order"
    if there:
        return (
            f"sites.{site}.fleet",
            _period(case, key),
            f"{there:,} {system} are there or under contract; other {words}",
        )
    return f"systems.{system}", _period(case, key), words


def _useful_life(case: Case, key: Key) -> tuple[str, str, str]:
    system, site, cohort = (str(part) for part in key[:3])
    life = case.systems[system].useful_life
    return f"systems.{system}.useful_life", "", f"the {system} that arrive at {site} in {cohort} leave after {life}"


def _capacity(case: Case, key: Key) -> tuple[str, str, str]:
    system = str(key[0])
    share = case.systems[system].availability
    return f"systems.{system}.availability", _period(case, key), f"an installed {system} works {share:.0%} of the time"


def _block_balance(case: Case, key: Key) -> tuple[str, str, str]:
    expansion = str(key[0])
    return f"expansions.{expansion}.blocks", "", f"at most {case.expansions[expansion].blocks} blocks can be built"


def _site_resource(case: Case, key: Key) -> tuple[str, str, str]:
    site, resource = str(key[0]), str(key[1])
    blocks = [x for x, expansion in case.expansions.items() if expansion.site == site]
    more = f", enlarged only by {' and '.join(blocks)}" if blocks else ""
    unit = RESOURCE_UNITS[resource]  # type: ignore[index]
    return (
        f"sites.{site}.capacity.{resource}",
        _period(case, key),
        f"the {resource} ({unit}) of the site is limited{more}",
    )


def _supply(case: Case, key: Key) -> tuple[str, str, str]:
    offer, field = str(key[0]), "allocation" if len(key) == 3 else "available"
    return f"offers.{offer}.{field}", _period(case, key), "the supplier has no more"


def _supply_chain_share(case: Case, key: Key) -> tuple[str, str, str]:
    tag = str(key[0])
    return f"supply_chain_limits.{tag}", "", f"at most {case.supply_chain_limits[tag]:.0%} of all spend may carry {tag}"


def _demand(case: Case, key: Key) -> tuple[str, str, str]:
    workload = str(key[0])
    demand = case.workloads[workload]
    period = next(part for part in key if isinstance(part, int))
    amount = demand.amount.at(case.calendar.starts[period]) or 0.0
    return f"workloads.{workload}.amount", _period(case, key), f"the demand is {amount:,.6g} {demand.metric}"


def _service_level(case: Case, key: Key) -> tuple[str, str, str]:
    workload = str(key[0])
    share = case.workloads[workload].must_serve
    return f"workloads.{workload}.must_serve", _period(case, key), f"at least {share:.0%} of the demand must be served"


def _investment(case: Case, key: Key) -> tuple[str, str]:
    name = str(key[0])
    return ("offers", name) if name in case.offers else ("expansions", name)


def _claim_once(case: Case, key: Key) -> tuple[str, str, str]:
    section, name = _investment(case, key)
    words = f"{name} is claimed at most once under {str(key[-1]).replace('+', ', ')}"
    return f"{section}.{name}", _period(case, key), words


def _public_share(case: Case, key: Key) -> tuple[str, str, str]:
    ceiling = case.finance.public_money_ceiling
    words = f"grants pay at most {ceiling:.0%} of {key[0]}"
    return "finance.public_money_ceiling", _period(case, key), words


def _programme_cap(case: Case, key: Key) -> tuple[str, str, str]:
    programme, cap = str(key[0]), str(key[1])
    if cap == "join":
        return f"programmes.{programme}", "", "it pays only to those who take on its obligations"
    if cap.startswith("FY"):
        limit = case.programmes[programme].fiscal_year_caps[cap]
        return f"programmes.{programme}.fiscal_year_caps.{cap}", "", f"it pays at most {limit.words}"
    rules = case.programmes[programme]
    most = rules.total_cap if cap == "total" else rules.operator_cap
    return f"programmes.{programme}.{cap}_cap", "", f"it pays at most {most.words if most else 'nothing'}"


def _obligation(case: Case, key: Key) -> tuple[str, str, str]:
    programme, number = str(key[0]), int(str(key[1])) - 1
    duty = case.programmes[programme].obligations[number]
    words = f"{duty.floor:,.6g} {duty.metric} must be installed"
    return f"programmes.{programme}.obligations.{number}.floor", _period(case, key), words


def _minimum_investment(case: Case, key: Key) -> tuple[str, str, str]:
    programme = str(key[0])
    least = case.programmes[programme].minimum_investment
    return f"programmes.{programme}.minimum_investment", "", f"at least {least.words if least else 0} must be claimed"


def _retention(case: Case, key: Key) -> tuple[str, str, str]:
    programme = str(key[-1])
    term = case.programmes[programme].retention
    return f"programmes.{programme}.retention", "", f"the {key[0]} that it paid for at {key[1]} stay for {term}"


def _leave_with_grant(case: Case, key: Key) -> tuple[str, str, str]:
    words = "a claimed system that leaves takes its grant with it, and those that stay stay claimed"
    return "finance.asset_grants", _period(case, key), words


def _loan_balance(case: Case, key: Key) -> tuple[str, str, str]:
    return f"finance.loans.{key[0]}", "", "no more is repaid than is owed"


def _loan_limit(case: Case, key: Key) -> tuple[str, str, str]:
    name, loan = str(key[0]), case.finance.loans[str(key[0])]
    if "share" in key[1:]:
        share = f"{loan.share_of_investment or 0.0:.0%}"
        words = f"all draws are at most {share} of the capital expenditure so far"
        return f"finance.loans.{name}.share_of_investment", _period(case, key), words
    words = f"at most {loan.limit.words} may be {'owed' if loan.revolving else 'drawn in all'}"
    return f"finance.loans.{name}.limit", _period(case, key), words


def _loan_term(case: Case, key: Key) -> tuple[str, str, str]:
    name, loan = str(key[0]), case.finance.loans[str(key[0])]
    how = "in equal parts over" if loan.repayment == "equal_parts" else "at the end of"
    return f"finance.loans.{name}.term", _period(case, key), f"a draw is repaid {how} {loan.term}"


def _taxable_profit(case: Case, key: Key) -> tuple[str, str, str]:
    return "finance.tax.rate", "", f"the profit of {key[0]} is taxed"


def _loss_carried(case: Case, key: Key) -> tuple[str, str, str]:
    share = case.finance.tax.loss_use_limit if case.finance.tax else 1.0
    return "finance.tax.loss_use_limit", "", f"earlier losses offset at most {share:.0%} of the profit of {key[0]}"


def _cash_balance(case: Case, key: Key) -> tuple[str, str, str]:
    if len(key) == 2:
        return "finance.minimum_cash", _period(case, key), f"at least {case.finance.minimum_cash.words} must be left"
    sources = f"funding, {'loans, ' if case.finance.loans else ''}revenue, grants and resale"
    words = f"cash comes only from {case.finance.opening_cash.words} at the start, {sources}"
    return "finance.opening_cash", _period(case, key), words


def _capex_limit(case: Case, key: Key) -> tuple[str, str, str]:
    year = str(key[0])
    words = f"at most {case.finance.capex_limits[year].words} may be invested"
    return f"finance.capex_limits.{year}", "", words


_WORDS: dict[str, Callable[[Case, Key], tuple[str, str, str]]] = {
    "fleet_balance": _fleet_balance,
    "useful_life": _useful_life,
    "capacity": _capacity,
    "block_balance": _block_balance,
    "site_resource": _site_resource,
    "supply": _supply,
    "supply_chain_share": _supply_chain_share,
    "demand": _demand,
    "service_level": _service_level,
    "claim_once": _claim_once,
    "public_share": _public_share,
    "programme_cap": _programme_cap,
    "obligation": _obligation,
    "minimum_investment": _minimum_investment,
    "retention": _retention,
    "leave_with_grant": _leave_with_grant,
    "loan_balance": _loan_balance,
    "loan_limit": _loan_limit,
    "loan_term": _loan_term,
    "taxable_profit": _taxable_profit,
    "loss_carried": _loss_carried,
    "cash_balance": _cash_balance,
    "capex_limit": _capex_limit,
}
EXPLAINED_RULES = tuple(_WORDS)
"""Rules that a conflict can name; a test holds them against the rules of the model."""
