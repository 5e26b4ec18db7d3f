"""Last part of the sheet Subsidies: no unit is claimed twice, and public money stays below its ceiling."""

from __future__ import annotations

from planner.audit.exclusive import exclusive_sets
from planner.case.programme import PUBLIC_MONEY
from planner.report.workbook.cash.investment import additions_key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import times
from planner.report.workbook.programmes.aid import WORDS, net_key


def lay_claim_limits(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what of each investment is not claimed yet, and its grants against the ceiling."""
    _claim_once(ledger, sheet)
    _public_share(ledger, sheet)


def once_keys(ledger: Ledger) -> list[str]:
    """Rows that say what of an investment no programme of a set claims yet."""
    claims, groups = set(ledger.choices.claims), exclusive_sets(ledger.case.programmes)
    return [
        f"unclaimed|{'+'.join(group)}|{name}|{site}"
        for name, site in sorted({(name, site) for _, name, site in claims})
        for group in groups
        if any((programme, name, site) in claims for programme in group)
    ]


def _claim_once(ledger: Ledger, sheet: Sheet) -> None:
    claims = set(ledger.choices.claims)
    if claims:
        sheet.heading(
            "Not claimed yet, by period of the order or start, step by step over programmes that exclude each other"
        )
    for key in once_keys(ledger):
        _, joined, name, site = key.split("|")
        bought = Now(f"order|{name}|{site}") if name in ledger.case.offers else Now(f"expand|{name}")
        claimants = [programme for programme in joined.split("+") if (programme, name, site) in claims]
        unit = "systems" if name in ledger.case.offers else "blocks"
        for step, programme in enumerate(claimants):
            own = key if programme == claimants[-1] else f"{key}|{step}"
            left = bought - Now(f"claim|{programme}|{name}|{site}")
            sheet.line(
                own, f"left after {programme}", unit, subject=at_site(name, site), series=left, note="bought - claimed"
            )
            bought = Now(own)


def _public_share(ledger: Ledger, sheet: Sheet) -> None:
    """All grants and tax credits on one investment against the ceiling on its cost."""
    programmes = ledger.case.programmes
    claims = [claim for claim in ledger.choices.claims if programmes[claim[0]].kind in PUBLIC_MONEY]
    investments = sorted({(name, site) for _, name, site in claims})
    if not investments:
        return
    sheet.heading("Grants and tax credits on one investment, by period of its order or start")
    grants_on: dict[tuple[str, str], list[str]] = {}
    for name, site, programme in sorted((name, site, programme) for programme, name, site in claims):
        grants_on.setdefault((name, site), []).append(f"import|{programme}|{name}|{site}")
        sheet.line(
            f"import|{programme}|{name}|{site}", f"{WORDS[programmes[programme].kind]} of {programme}",
            ledger.currency, subject=at_site(name, site), series=Now(net_key(ledger, programme, name, site)),
        )  # fmt: skip
    sheet.heading("Public money: most that may be paid, and room left below it")
    for name, site in investments:
        subject = at_site(name, site)
        bought = Now(f"order|{name}|{site}") if name in ledger.case.offers else Now(f"expand|{name}")
        share = additions_key(ledger, name) if name in ledger.case.offers else None
        ceiling = times(
            bought, Now(f"unit_cost|{name}"), 1 + Spot(share) if share else None, Spot("finance.public_money_ceiling")
        )
        sheet.line(
            f"ceiling|{name}|{site}",
            "ceiling",
            ledger.currency,
            subject=subject,
            series=ceiling,
            note="share of the whole cost" if ledger.case.finance.public_money_ceiling < 1 else "the whole cost",
        )
        sheet.line(
            f"public|{name}|{site}", "grants and tax credits", ledger.currency, subject=subject,
            series=total(grants_on[name, site]), note="sum over programmes",
        )  # fmt: skip
        sheet.line(
            f"public_room|{name}|{site}", "room left", ledger.currency, subject=subject,
            series=Now(f"ceiling|{name}|{site}") - Now(f"public|{name}|{site}"),
            note="ceiling - grants and tax credits",
        )  # fmt: skip
