"""End of the sheet Subsidies: whether real machines can be named for units that two programmes pay for.

Programmes that exclude each other claim different units. What some of them claim beside some others, all of which come
first for all of them, must fit side by side into what was bought, but for the units that are claimed under two of
them; and no programme shares more units than it claims. The same holds of those that leave, and of those that stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.audit.exclusive import Pair, exclusive_sets, side_by_side
from planner.audit.prices import Prices
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term
from planner.report.workbook.physical.placements import bought_row
from planner.report.workbook.programmes.aid import claims_of
from planner.report.workbook.programmes.claimed_exits import (
    LEAVE_ALL,
    exits_of,
    last_that_matters,
    lay_copies,
    lay_counts,
    lay_order_heading,
    orders_that_leave,
)
from planner.vocabulary.keys import Claim, Investment
from planner.vocabulary.message import Message, Text, about, joined, say


@dataclass(frozen=True)
class _Group:
    """Programmes that exclude each other, each beside all of some earlier ones that do so too, for one investment."""

    pairs: tuple[Pair, ...]
    name: str
    site: str

    @property
    def programmes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for pair in self.pairs for one in pair))

    @property
    def key(self) -> Key:
        return Key(self.programmes, self.name, self.site)

    @property
    def subject(self) -> Message:
        return at_site(self.name, self.site)

    def rows(self, words: str) -> list[tuple[Key, Message]]:
        """What may not fall below nothing, by key and in words: units of nobody, and units of one programme alone."""
        nobody = [
            (
                Key("nobody", words, self.key),
                say("claimed under none of {programmes}", programmes=joined(self.programmes, " and ")),
            )
        ]
        return nobody + [
            (Key("alone", words, one, self.key), say("only under {programme}", programme=one))
            for one in self.programmes
        ]


def lay_stacking_order(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what of each investment is claimed under nobody or under one programme alone; then of what leaves."""
    for group in _groups(ledger):
        sheet.heading(
            say(
                "{name} at {site}: units bought, by claims under {programmes}",
                name=group.name,
                site=group.site,
                programmes=joined(group.programmes, " and "),
            )
        )
        _bought(ledger, sheet, group)
    for group, t in _leaving(ledger):
        _lay_order(ledger, sheet, group, t)


def stacking_order_keys(ledger: Ledger) -> list[tuple[Key, Message, Message]]:
    """Rows that may never fall below nothing: key, label and subject."""
    groups = [
        (key, about(say("units"), words), group.subject)
        for group in _groups(ledger)
        for key, words in group.rows("all")
    ]
    orders = [
        (Key(key, t), about(say(verb), words), group.subject)
        for group, t in _leaving(ledger)
        for verb in ("leave", "stay")
        for key, words in group.rows(verb)
    ]
    return groups + orders


def _groups(ledger: Ledger) -> list[_Group]:
    """The largest groups of pairs of each investment of which something is claimed under both of a pair."""
    if not any(rules.after for rules in ledger.case.programmes.values()):
        return []
    sets, found = exclusive_sets(ledger.case.programmes), list[_Group]()
    for name, site in sorted({(name, site) for _, name, site in ledger.choices.claims}):
        pairs = _pairs(ledger, name, site)
        for group in side_by_side(pairs, sets):
            found.append(_Group(tuple(pair for pair in pairs if pair in group), name, site))
    return found


def _pairs(ledger: Ledger, name: str, site: str) -> list[Pair]:
    """Programmes of which one takes something off the eligible cost of the other, where both are claimed."""
    prices, programmes = Prices(ledger.case), ledger.case.programmes
    claimed = [one for one in programmes if (name, site) in claims_of(ledger, one)]

    def takes(later: str, earlier: str) -> bool:
        claimed = [i for j, i in ledger.decisions.claim if (j, i.name, i.site) == (later, name, site)]
        return any(prices.taken_off_before(later, one).get(earlier, 0.0) > 0 for one in claimed)

    return [(j, before) for j in claimed for before in programmes[j].after if before in claimed and takes(j, before)]


def _leaving(ledger: Ledger) -> Iterator[tuple[_Group, int]]:
    """Orders of which systems leave while it matters which ones, by group and period of the order."""
    decisions = ledger.decisions
    for group in _groups(ledger):
        for order in orders_that_leave(ledger):
            claimed = any(decisions.claim.get(Claim(one, order)) for one in group.programmes)
            is_of_group = order[:2] == (group.name, group.site)
            if is_of_group and claimed and last_that_matters(ledger, group.programmes, order) >= 0:
                yield group, order.period


def _decided(ledger: Ledger, key: RowKey, t: int | None = None) -> Term:
    """What was decided, in every period or in one; a row that is not there is nothing."""
    if key not in ledger.grid:
        return Literal(0)
    return Now(key) if t is None else Spot(key, t)


@dataclass(frozen=True)
class _Decided:
    """Rows of the decisions about a group: of the whole, of each claim, and of what two programmes share."""

    whole: Term
    claims: dict[str, Term]
    shared: dict[Pair, Term]


def _parts(sheet: Sheet, group: _Group, unit: str, key: Key, series: _Decided, before: _Decided | None) -> list[Term]:
    """Lays the decisions below each other; gives units of nobody, and those of each programme that it alone has."""

    def row(name: Key, words: Text, now: Term, then: Term | None) -> tuple[Key, Text, Term, Term | None]:
        return Key(name, key), words, now, then

    rows = [row(Key("whole"), LEAVE_ALL if before else "all", series.whole, before.whole if before else None)]
    for one, units in series.claims.items():
        then = 0 - before.claims[one] if before else None
        rows.append(row(Key("less", one), say("less claimed under {programme}", programme=one), 0 - units, then))
    for pair, units in series.shared.items():
        words = say("shared by {programmes}", programmes=joined(pair, " and "))
        rows.append(row(Key("shared", pair), words, units, before.shared[pair] if before else None))
    nobody, alone = lay_copies(sheet, unit, group.subject, rows), []
    for one in group.programmes:
        units = 0 - Now(Key("less", one, key))
        for pair in (pair for pair in group.pairs if one in pair):
            units = units - Now(Key("shared", pair, key))
        alone.append(units)
    return [nobody, *alone]


def _bought(ledger: Ledger, sheet: Sheet, group: _Group) -> None:
    _, unit = bought_row(ledger, group.name, group.site)
    parts = _parts(sheet, group, unit, Key("all", group.key), _chosen(ledger, group), None)
    for (key, words), units in zip(group.rows("all"), parts, strict=True):
        sheet.line(key, words, unit, subject=group.subject, series=units, add_up=True)


def _chosen(ledger: Ledger, group: _Group, t: int | None = None) -> _Decided:
    """What is bought and claimed of an investment, in every period or in one."""
    name, site = group.name, group.site
    return _Decided(
        _decided(ledger, bought_row(ledger, name, site)[0], t),
        {one: _decided(ledger, Key("claim", one, name, site), t) for one in group.programmes},
        {pair: _decided(ledger, Key("overlap", *pair, name, site), t) for pair in group.pairs},
    )


def _lay_order(ledger: Ledger, sheet: Sheet, group: _Group, t: int) -> None:
    name, site = group.name, group.site
    order = Investment(name, site, t)
    own = Key(group.key, t)
    lay_order_heading(ledger, sheet, order, group.programmes)
    gone = _Decided(
        Now(exits_of(ledger, order)),
        {one: _decided(ledger, Key("claimed_exit", one, name, site, t)) for one in group.programmes},
        {pair: _decided(ledger, Key("overlap_exit", *pair, name, site, t)) for pair in group.pairs},
    )
    counts = lay_counts(ledger, sheet, own, order, last_that_matters(ledger, group.programmes, order))
    parts = _parts(sheet, group, "systems", Key("gone", own), gone, _chosen(ledger, group, t))
    for (leaves, words), (stays, _), units in zip(group.rows("leave"), group.rows("stay"), parts, strict=True):
        stay, flow = Key(stays, t), Key(leaves, t)
        sheet.line(flow, say("leave, {what}", what=words), "systems", subject=group.subject, series=units)
        note = "before - leave, while it matters"
        series = Now(stay, -1) - Now(flow) * Now(counts)
        sheet.line(stay, say("stay, {what}", what=words), "systems", note, group.subject, opening=units, series=series)
