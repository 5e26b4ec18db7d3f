"""What is frozen, held against the decisions by formulas that move with the inputs."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.limits.kinds import QUANTITY_TOLERANCE
from planner.case.frozen import Frozen, FrozenDraw, FrozenRepayment
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Spot, Whole, month_number
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.front.check_writer import ONE_UNIT_OF_MONEY, Check
from planner.vocabulary.keys import Arrival
from planner.vocabulary.message import say


def frozen_checks(ledger: Ledger) -> Iterator[Check]:
    """Each number that is frozen is what was decided, and up to the month there is nothing besides."""
    frozen = ledger.case.frozen
    if frozen is None:
        return
    yield from _orders(ledger, frozen)
    yield from _blocks(ledger, frozen)
    for number, leaving in enumerate(frozen.exits):
        path = f"frozen.exits.{number}"
        row = Key("exit", leaving.system, leaving.site, Arrival(leaving.arrived, leaving.offer or ""))
        subject = at_site(leaving.system, leaving.site)
        label = say("leaving in {month} as frozen", month=str(leaving.month))
        yield Check(label, subject, "systems", _in_month(ledger, row, path), "=", Spot(f"{path}.systems"))
    yield from _claims(ledger, frozen)
    yield from _loans(ledger, frozen)
    for name in frozen.programmes:
        entered: Term = Spot(Key("join", name)) if Key("join", name) in ledger.grid else Literal(0)
        yield Check("entered as frozen", name, "yes = 1", entered, "=", Spot(f"frozen.programmes.{name}"))


def _orders(ledger: Ledger, frozen: Frozen) -> Iterator[Check]:
    for number, order in enumerate(frozen.orders):
        path = f"frozen.orders.{number}"
        decided = _in_month(ledger, Key("order", order.offer, order.site), path)
        label = say("ordered in {month} as frozen", month=str(order.month))
        subject = at_site(order.offer, order.site)
        yield Check(label, subject, "systems", decided, "=", Spot(f"{path}.systems"))
    rows = [Key("order", *names) for names in ledger.choices.orders]
    listed = [f"frozen.orders.{number}.systems" for number in range(len(frozen.orders))]
    label = say("ordered up to {month}, nothing besides what is frozen", month=str(frozen.until))
    yield Check(label, say("all offers"), "systems", _so_far(rows), "=", _sum(listed))


def _blocks(ledger: Ledger, frozen: Frozen) -> Iterator[Check]:
    for number, start in enumerate(frozen.blocks):
        path = f"frozen.blocks.{number}"
        label = say("started in {month} as frozen", month=str(start.month))
        decided = _in_month(ledger, Key("expand", start.expansion), path)
        yield Check(label, start.expansion, "blocks", decided, "=", Spot(f"{path}.blocks"))
    if ledger.case.expansions:
        rows = [Key("expand", name) for name in ledger.choices.expansions]
        listed = [f"frozen.blocks.{number}.blocks" for number in range(len(frozen.blocks))]
        label = say("started up to {month}, nothing besides what is frozen", month=str(frozen.until))
        yield Check(label, say("all expansions"), "blocks", _so_far(rows), "=", _sum(listed))


def _claims(ledger: Ledger, frozen: Frozen) -> Iterator[Check]:
    for number, claim in enumerate(frozen.claims):
        path = f"frozen.claims.{number}"
        row = Key("claim", claim.programme, claim.investment, claim.site)
        label = say("claimed of {month} as frozen", month=str(claim.month))
        subject = say(
            "{programme}, {subject}", programme=claim.programme, subject=at_site(claim.investment, claim.site)
        )
        claimed = _in_month(ledger, row, path)
        tolerance = QUANTITY_TOLERANCE * max(1.0, claim.units)
        yield Check(label, subject, "units", claimed, "=", Spot(f"{path}.units"), tolerance)
    if frozen.complete:
        rows = [Key("claim", *names) for names in ledger.choices.claims]
        listed = [f"frozen.claims.{number}.units" for number in range(len(frozen.claims))]
        label = say("claimed up to {month}, nothing besides what is frozen", month=str(frozen.until))
        tolerance = QUANTITY_TOLERANCE * max(1.0, sum(claim.units for claim in frozen.claims))
        yield Check(label, say("all programmes"), "units", _so_far(rows), "=", _sum(listed), tolerance)


def _loans(ledger: Ledger, frozen: Frozen) -> Iterator[Check]:
    drawn = say("drawn up to {month}, nothing besides what is frozen", month=str(frozen.until))
    repaid = say("repaid up to {month}, nothing besides what is frozen", month=str(frozen.until))
    draws: list[FrozenDraw | FrozenRepayment] = [*frozen.draws]
    repayments: list[FrozenDraw | FrozenRepayment] = [*frozen.repayments]
    moves = (
        ("draw", "draws", "drawn in {month} as frozen", drawn, draws),
        ("repay", "repayments", "repaid from {month} on as frozen", repaid, repayments),
    )
    for kind, field, template, besides, entries in moves:
        terms: list[Term] = []
        for number, one in enumerate(entries):
            path, t = f"frozen.{field}.{number}", ledger.case.calendar.period_containing(one.month)
            stated = ledger.home(one.money, f"{path}.money", t)
            terms.append(stated)
            label = say(template, month=str(one.month))
            moved = _in_month(ledger, Key(kind, one.loan), path)
            yield Check(label, one.loan, ledger.currency, moved, "=", stated, ONE_UNIT_OF_MONEY)
        if frozen.complete and ledger.case.finance.loans:
            rows = [Key(kind, *names) for names in ledger.choices.rows(kind)]
            total = sum(terms, Literal(0))
            yield Check(besides, say("all loans"), ledger.currency, _so_far(rows), "=", total, ONE_UNIT_OF_MONEY)


def _in_month(ledger: Ledger, row: Key, path: str) -> Term:
    """What was decided in the month that an entry names."""
    if row not in ledger.grid:
        return Literal(0)
    return call("SUMPRODUCT", Whole(row) * Whole("time.month").compare("=", month_number(Spot(f"{path}.month"))))


def _so_far(rows: list[Key]) -> Term:
    """What was decided up to the month until which all is frozen."""
    then = Whole("time.month").compare("<=", month_number(Spot("frozen.until")))
    return sum((call("SUMPRODUCT", Whole(row) * then) for row in rows), Literal(0))


def _sum(paths: list[str]) -> Term:
    return sum((Spot(path) for path in paths), Literal(0))
