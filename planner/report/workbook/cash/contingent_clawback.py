"""Workings of the cash flow: what systems that a programme still retains at the end would owe it if they were sold."""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.workbook.cash.resale import at_price_when_new, lay_share
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.programmes.aid import overlaps_of, parts_of
from planner.vocabulary.message import Message, about, say


@dataclass(frozen=True)
class Retained:
    """Systems of an offer at a site that a programme paid for, and which it may retain beyond the end."""

    programme: str
    offer: str
    site: str
    earlier: tuple[str, ...]
    """Programmes that come first and pay for some of these systems as well, in the order in which they do."""

    @property
    def key(self) -> Key:
        """What its rows are called by."""
        return Key(self.programme, self.offer, self.site)

    @property
    def subject(self) -> Message:
        """The offer and the site in words."""
        return at_site(self.offer, self.site)


def lay_contingent_clawback(ledger: Ledger, sheet: Sheet) -> list[Retained]:
    """Lays what claimed systems owe, by period of their order: what was paid of the grant, up to what they fetch."""
    found = _late(ledger)
    if found:
        sheet.workings("systems that are retained beyond the end, less what a sale would have to repay")
    for one in found:
        _fetches(ledger, sheet, one)
        _share_owed(ledger, sheet, one)
        least = call(
            "MIN", Now(Key("grant", one.key)) * Now(Key("owed_back", one.key)), Now(Key("owed_worth", one.key))
        )
        label, note = about(one.offer, say("owed to {programme}", programme=one.programme)), "the smaller of both"
        sheet.flow(Key("owed", one.key), label, note, one.subject, series=0 - least)
        if one.earlier:
            _spared(ledger, sheet, one)
    return found


def _late(ledger: Ledger) -> list[Retained]:
    case = ledger.case
    late = sorted({(j, i.name, i.site) for j, i in ledger.decisions.claim if i.name in case.offers and owes(ledger, j)})
    found = []
    for programme, offer, site in late:
        both = {earlier for earlier, *place in overlaps_of(ledger, programme) if place == [offer, site]}
        after = tuple(earlier for earlier in case.programmes[programme].after if earlier in both)
        found.append(Retained(programme, offer, site, after))
    return found


def owes(ledger: Ledger, programme: str) -> bool:
    """Whether something may be owed at the end, as the retention now is; other kinds of programmes ask nothing back."""
    return ledger.case.programmes[programme].aid.is_paid_out


def _fetches(ledger: Ledger, sheet: Sheet, one: Retained) -> None:
    """The age at the end by period of the order, and what one system of that age fetches then, and all of them."""
    offer, key, system = one.offer, one.key, ledger.case.offers[one.offer].system
    age = (Spot("time.periods") - Now(Key("arrival", offer)) + 1) * Spot("calendar.period")
    sheet.line(Key("owed_age", key), about(offer, "age at the end"), "months", "by period of the order", series=age)
    age, words = Now(Key("owed_age", key)), about(offer, "share of the price when new")
    lay_share(ledger, sheet, Key("owed_share", key), words, system, note="at that age", series=age)
    value = at_price_when_new(ledger, system, Now(Key("owed_share", key)), -1)
    label = about(offer, "what one system fetches")
    sheet.money(Key("owed_fetches", key), label, "share x price when new", series=value)
    label, note = about(offer, "claimed, at the end"), "claimed x what one fetches"
    sheet.money(Key("owed_worth", key), label, note, series=Now(Key("claim", key)) * Now(Key("owed_fetches", key)))


def _share_owed(ledger: Ledger, sheet: Sheet, one: Retained) -> None:
    """The share of a grant that a sale would have to repay: of the parts paid by then, what the retention leaves."""
    programme, retention = one.programme, Spot(f"programmes.{one.programme}.retention")
    keys = []
    for part in parts_of(ledger, programme):
        within = Now(Key("paid_in", part.key, one.offer)).compare("<=", Spot("time.periods"))
        words = (
            "grant paid by the end"
            if part.number is None
            else say("part {number} of the grant, if paid by the end", number=part.number + 1)
        )
        label, note = about(one.offer, words), "in the last period or before it"
        series = within * Spot(part.share) if part.share else 1 * within
        keys.append(sheet.line(Key("owed_paid", one.key, part.key), label, "share", note, series=series))
    held: Term = Now(Key("owed_age", one.key)).compare("<", retention)
    if ledger.case.programmes[programme].early_exit == "repay_remaining":
        left = call("MAX", 0, retention - Now(Key("owed_age", one.key))) / call("MAX", 1, retention)
        label = about(one.offer, "share of the grant that would go back")
        note = "months left of the retention / retention"
        held = Now(sheet.line(Key("owed_part", one.key), label, "share", note, series=left))
    label = about(one.offer, "share of the grant that a sale would have to repay")
    sheet.line(Key("owed_back", one.key), label, "share", "of what is paid, while retained", series=total(keys) * held)


def _spared(ledger: Ledger, sheet: Sheet, one: Retained) -> None:
    """What less is owed for systems that earlier programmes pay for: one by one, on what each leaves of the cost."""
    before = _owed_for_one(sheet, one, "", Key("unit_eligible", one.programme, one.offer))
    cost: Term = Now(Key("unit_eligible", one.programme, one.offer))
    for earlier in ledger.case.programmes[one.programme].after:
        own = Key(one.programme, earlier, one.offer, one.site)
        label = about(one.offer, say("cost left after {programme}", programme=earlier))
        note = "eligible - taken off"
        left = sheet.money(Key("owed_cost", own), label, note, one.subject, series=cost - Now(Key("off", own)))
        after = _owed_for_one(sheet, one, earlier, left)
        if earlier in one.earlier:
            label, note = about(one.offer, "less for one system"), "before - after"
            sheet.money(Key("spared_one", one.key, earlier), label, note, one.subject, series=Now(before) - Now(after))
            note = "claimed under both x less for one"
            label = about(one.offer, say("not owed after the grant of {programme}", programme=earlier))
            series = Now(Key("overlap", own)) * Now(Key("spared_one", one.key, earlier))
            sheet.flow(Key("spared", one.key, earlier), label, note, one.subject, series=series)
        before, cost = after, Now(left)


def _owed_for_one(sheet: Sheet, one: Retained, earlier: str, cost: Key) -> Key:
    """What one system owes for the grant on a cost, up to what it fetches."""
    grant = Now(cost) * Spot(f"programmes.{one.programme}.rate") * Now(Key("owed_back", one.key))
    words = say("one system, owed to {programme}", programme=one.programme)
    if earlier:
        template = "one system, owed to {programme} after the grant of {name}"
        words = say(template, programme=one.programme, name=earlier)
    label, note = about(one.offer, words), "the smaller of both"
    series = call("MIN", grant, Now(Key("owed_fetches", one.key)))
    return sheet.money(
        Key("owed_one", one.key, *((earlier,) if earlier else ())), label, note, one.subject, series=series
    )
