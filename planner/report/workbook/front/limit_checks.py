"""The limits of the case as checks that move with the inputs: for each the least that is left over all periods."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from planner.report.lines import pays_dividends
from planner.report.workbook.books.dividends import room_rows
from planner.report.workbook.engine.keys import Key, OfYear, RowKey
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.over import year_is_over
from planner.report.workbook.engine.references import Spot, Whole
from planner.report.workbook.engine.terms import Term, call, times
from planner.report.workbook.front.check_writer import Check
from planner.report.workbook.front.covenants import covenant_rooms
from planner.report.workbook.front.frozen_checks import frozen_checks
from planner.report.workbook.physical.placements import metric_label
from planner.report.workbook.physical.power import limited
from planner.report.workbook.physical.site_loss import failover_places, lost_sites, surviving
from planner.report.workbook.programmes.aid import counted_key, credited, overlaps_of, whole_key
from planner.report.workbook.programmes.application import CATEGORIES
from planner.report.workbook.programmes.claim_limits import claimed_once, publicly_paid
from planner.report.workbook.programmes.claimed_exits import claimed_exit_keys
from planner.report.workbook.programmes.stacking_order import stacking_order_keys
from planner.vocabulary.message import Text, about, fiscal_year, joined, say

SHARE_TOLERANCE = 1e-6
"""How far over the whole of a resource the use of it may be."""


class _Limits:
    """Goes through the rules that formulas can follow."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.choices = ledger.choices

    @cached_property
    def tolerances(self) -> dict[str, float]:
        """The audit's widest tolerance of each rule: the workbook is neither stricter nor laxer."""
        found: dict[str, float] = {}
        for limit in self.ledger.audit.limits:
            found[limit.rule] = max(found.get(limit.rule, 0.0), limit.tolerance)
        return found

    def left(self, rule: str, label: Text, subject: Text, unit: str, key: RowKey) -> Check:
        """What is left in the tightest period is at least nothing."""
        tolerance = self.tolerances.get(rule, 0.0)
        return Check(label, subject, unit, call("MIN", Whole(key)), ">=", 0, tolerance, over=key)

    def sides(self, rule: str, label: Text, subject: Text, left: Term, sense: str, right: Term | float) -> Check:
        """Two amounts of money."""
        tolerance = self.tolerances.get(rule, 0.0)
        return Check(label, subject, self.ledger.currency, left, sense, right, tolerance)

    def placement(self) -> Iterator[Check]:
        for site in self.ledger.case.sites:
            for resource in limited(self.ledger, site):
                load = Key("load", site, resource)
                label = about(say(resource.replace("_", " ")), "highest share used")
                yield Check(label, site, "share", call("MAX", Whole(load)), "<=", 1, SHARE_TOLERANCE, over=load)
        for name in self.choices.expansions:
            most = Spot(f"expansions.{name}.blocks")
            yield Check("blocks started", name, "blocks", Spot(Key("expand", name)), "<=", most)
        for system, site in self.ledger.placements:
            key = Key("idle", system, site)
            yield self.left("capacity", "systems able to work, not at work", at_site(system, site), "systems", key)

    def supply(self) -> Iterator[Check]:
        for offer in self.choices.offers:
            for label, word in (("supply of a period left", "supply"), ("allocation left", "allocated")):
                if (key := Key(word, offer)) in self.ledger.grid:
                    yield self.left("supply", label, offer, "systems", key)
        for tag in self.ledger.case.supply_chain_limits:
            spent, most = Spot(Key("tagged", tag)), Spot("spend") * Spot(f"supply_chain_limits.{tag}")
            yield self.sides("supply_chain_share", "spend on offers with a tag", tag, spent, "<=", most)

    def demand(self) -> Iterator[Check]:
        for workload, demand in self.ledger.case.workloads.items():
            unit = metric_label(demand.metric)
            yield self.left("demand", "served is no more than demand", workload, unit, Key("unmet", workload))
            label = "demand that may still go unserved"
            yield self.left("service_level", label, workload, unit, Key("leeway", workload))
        yield from self._site_losses()

    def _site_losses(self) -> Iterator[Check]:
        for site in lost_sites(self.ledger):
            for workload in surviving(self.ledger):
                label = say("served without {site} above what must survive", site=site)
                unit = metric_label(self.ledger.case.workloads[workload].metric)
                yield self.left("site_loss", label, workload, unit, Key("survives", site, workload))
        for site, system, place in failover_places(self.ledger) if lost_sites(self.ledger) else ():
            label, key = (
                say("systems elsewhere able to work without {site}", site=site),
                Key("spare", site, system, place),
            )
            yield self.left("site_loss", label, at_site(system, place), "systems", key)

    def programmes(self) -> Iterator[Check]:
        for once in claimed_once(self.ledger):
            label = say("not claimed under {programmes}", programmes=joined(once.group, "+"))
            yield self.left("claim_once", label, at_site(once.name, once.site), "units", once.key)
        for name, site in publicly_paid(self.ledger):
            room, key = "room below the ceiling of public money", Key("public_room", name, site)
            yield self.left("aid_intensity", room, at_site(name, site), self.ledger.currency, key)
        for key, label, subject in stacking_order_keys(self.ledger):
            yield self.left("stacking_order", label, subject, "units", key)
        for key, label, subject in claimed_exit_keys(self.ledger):
            yield self.left("claimed_exits", label, subject, "systems", key)
        for programme in self.ledger.case.programmes:
            yield from self._caps(programme)
            yield from self._duties(programme)
        yield from self._credits()

    def _credits(self) -> Iterator[Check]:
        """What is used was earned, is kept long enough, and leaves of each year's tax what it must."""
        currency, programmes = self.ledger.currency, credited(self.ledger)
        for programme in programmes:
            label = "tax credit earned and not used"
            yield self.left("tax_credit", label, programme, currency, Key("credit_left", programme))
            label = "tax that the credit may still take off"
            yield self.left("tax_credit", label, programme, currency, Key("credit_room", programme))
        if programmes:
            yield self.left("tax_credit", "tax after credits", say("all programmes"), currency, "tax_of_year")

    def _caps(self, programme: str) -> Iterator[Check]:
        rules, counted = self.ledger.case.programmes[programme], Spot(whole_key(self.ledger, programme))
        path, words = f"programmes.{programme}", say(rules.aid.plural)
        for field, cap in (("total_cap", rules.total_cap), ("operator_cap", rules.operator_cap)):
            if cap is not None:
                most = self.ledger.home(cap, f"{path}.{field}")
                label = say("{what} within the {cap}", what=words, cap=say(field.replace("_", " ")))
                yield self.sides("programme_cap", label, programme, counted, "<=", most)
        for year, cap in rules.fiscal_year_caps.items():
            if year in self.ledger.grid.years:
                paid = Spot(OfYear(counted_key(self.ledger, programme), year))
                first = self.ledger.case.calendar.fiscal_years[year][0]
                most = self.ledger.home(cap, f"{path}.fiscal_year_caps.{year}", first)
                label = say("{what} within the cap of {year}", what=words, year=fiscal_year(year.number))
                yield self.sides("programme_cap", label, programme, paid, "<=", most)

    def _duties(self, programme: str) -> Iterator[Check]:
        rules, path = self.ledger.case.programmes[programme], f"programmes.{programme}"
        for position, duty in enumerate(rules.obligations):
            key = Key("room", f"{path}.obligations.{position}")
            yield self.left("obligation", "installed above the obligation", programme, metric_label(duty.metric), key)
        if Key("join", programme) in self.ledger.grid:
            outside = Spot(whole_key(self.ledger, programme)) * (1 - Spot(Key("join", programme)))
            label = say("no {what} without entering", what=say(rules.aid.plural))
            yield self.sides("programme_cap", label, programme, outside, "<=", 0.0)
        if rules.minimum_investment is not None:
            keys = [Key("eligible", programme, category) for category in CATEGORIES]
            claimed = Spot(keys[0]) + Spot(keys[1]) + Spot(keys[2])
            if overlaps_of(self.ledger, programme):
                claimed = claimed - Spot(Key("overlap_cost", programme))
            least = self.ledger.home(rules.minimum_investment, f"{path}.minimum_investment")
            least = times(least, Spot(Key("join", programme)))
            yield self.sides("minimum_investment", "eligible cost claimed", programme, claimed, ">=", least)

    def money(self) -> Iterator[Check]:
        yield self.left("cash_balance", "cash above the minimum", say("all months"), self.ledger.currency, "headroom")
        for year, limit in self.ledger.case.finance.capex_limits.items():
            if year in self.ledger.grid.years and not year_is_over(self.ledger.case, year):
                spent = Spot(OfYear("capex", year))
                first = self.ledger.case.calendar.fiscal_years[year][0]
                most = self.ledger.home(limit, f"finance.capex_limits.{year}", first)
                label = say("capital expenditure of {year}", year=fiscal_year(year.number))
                yield self.sides("capex_limit", label, say("all sites"), spent, "<=", most)
        yield from self._dividends()
        for covenant in covenant_rooms(self.ledger):
            yield self.sides(covenant.rule, covenant.label, say("all fiscal years"), covenant.least, ">=", 0)

    def _dividends(self) -> Iterator[Check]:
        for key, label in room_rows(self.ledger):
            yield self.left("dividends", label, say("all fiscal years"), self.ledger.currency, key)
        if pays_dividends(self.ledger.case):
            all_of_them, label = Spot("dividend_for"), "dividends that are paid within the horizon"
            yield self.sides("dividends", label, say("all fiscal years"), Spot("dividend_paid"), "=", all_of_them)
        for furthest, words in (("MAX", "highest difference"), ("MIN", "lowest difference")):
            if "dividend_differs" in self.ledger.grid:
                which, differs = say("dividend as stated: {what}", what=say(words)), Whole("dividend_differs")
                yield self.sides("dividends", which, say("all fiscal years"), call(furthest, differs), "=", 0)


def live_limits(ledger: Ledger) -> Iterator[Check]:
    """All limits that formulas follow, rule by rule."""
    limits = _Limits(ledger)
    yield from limits.placement()
    yield from limits.supply()
    yield from limits.demand()
    yield from limits.programmes()
    yield from limits.money()
    yield from frozen_checks(ledger)
