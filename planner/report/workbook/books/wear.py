"""Part of the sheet Fixed assets: how much is written off by methods that go by fiscal years.

A fiscal year settles what it writes off of a lot, and its months in use share that equally. What a lot has lost by the
end of a period is what it had lost before the fiscal year, and of the year the part of its months that have passed.
"""

from __future__ import annotations

from planner.report.workbook.books.register import Asset
from planner.report.workbook.books.rules import Rules
from planner.report.workbook.books.statutory import macrs_stack, statutory_stack
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Stack
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.message import Message, Text, say, verbatim


class Wear:
    """Lays the rows of some assets that go by fiscal years."""

    def __init__(self, ledger: Ledger, sheet: Sheet, rules: Rules, assets: list[Asset]) -> None:
        self.ledger, self.sheet, self.rules = ledger, sheet, rules
        self.assets = [asset for asset in assets if not rules.is_straight(asset)]
        self.declining = [one for one in self.assets if rules.terms(one).method == "declining_balance"]

    def key(self, name: str, asset: Asset) -> Key:
        """What a row of an asset is called."""
        return self.rules.key(name, asset.key)

    def lay(self) -> None:
        """All rows but the share that is written off, which stands with that of the others."""
        if not self.assets:
            return
        self._begin()
        self._tables()
        self._lives()
        self._years()
        if self.declining:
            self._rates()
            self._turn()
        self._charges()
        self._before()

    def _values(self, title: str, name: str, unit: Text, note: str, assets: list[Asset], of: dict[Key, Term]) -> None:
        self.sheet.workings(self.rules.title(title))
        for asset in assets:
            self.sheet.line(self.key(name, asset), asset.label, unit, note, asset.subject, value=of[asset.key])

    def _series(self, title: str, name: str, unit: Text, note: str, assets: list[Asset], of: dict[Key, Term]) -> None:
        self.sheet.workings(self.rules.title(title))
        for asset in assets:
            self.sheet.line(self.key(name, asset), asset.label, unit, note, asset.subject, series=of[asset.key])

    def _begin(self) -> None:
        """From which month and fiscal year each is in use, and how many months that year has left then."""
        start, months = Spot("time.month", 0), Spot("calendar.period")
        first = Spot("calendar.fiscal_year_start_month")
        begun = {asset.key: start + (asset.arrival - 1) * months for asset in self.assets}
        words, note = "number of the first month of the first period in use", "first month of the horizon + periods"
        self._values(words, "period_month", "month number", note, self.assets, begun)
        since: dict[Key, Term] = {}
        for asset in self.assets:
            of_period: Term = Spot(self.key("period_month", asset))
            there = Spot(Key("there", asset.paths[0])) if asset.paths else None
            month = Spot(Key("month", asset.paths[0])) if asset.paths else of_period
            since[asset.key] = call("IF", there.compare("=", 1), month, of_period) if there else of_period
        words, note = "month from which it is in use", "what stands there already: month of arrival"
        self._values(words, "since", "month number", note, self.assets, since)
        year = {a.key: call("INT", (Spot(self.key("since", a)) - first) / 12) for a in self.assets}
        note = "as the fiscal year in the header"
        self._values("fiscal year in which use begins", "first_year", "fiscal year", note, self.assets, year)
        left = {
            a.key: (Spot(self.key("first_year", a)) + 1) * 12 + first - Spot(self.key("since", a)) for a in self.assets
        }
        words, note = "months of that fiscal year in use", "to its end"
        self._values(words, "first_months", "months", note, self.assets, left)

    def _tables(self) -> None:
        """The table of the case of each kind that goes by one."""
        for name, paths in self._tables_of_kinds().items():
            self.sheet.workings(self._of_table("table of depreciation, {kind}: fiscal year of use", name))
            for number in range(len(paths)):
                key, label = self.rules.key("table_year", name, number), say("year {number}", number=str(number + 1))
                self.sheet.line(key, label, "count", "", kind="constant", value=float(number + 1))
            self.sheet.workings(self._of_table("table of depreciation, {kind}: share of the cost", name))
            for number, path in enumerate(paths):
                key, label = self.rules.key("table_share", name, number), say("year {number}", number=str(number + 1))
                self.sheet.line(key, label, "share", "see Inputs", value=Spot(path))

    def _of_table(self, template: str, kind: str) -> Message:
        words = say(template, kind=say(kind))
        return say("for tax: {what}", what=words) if self.rules.for_tax else words

    def _tables_of_kinds(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for asset in self.assets:
            name = self._table_name(asset)
            if self.rules.terms(asset).method == "table":
                count = len(self.rules.terms(asset).shares)
                found[name] = [f"{self.rules.path}.{name}_table.{number}.share" for number in range(count)]
        return found

    def _table_name(self, asset: Asset) -> str:
        falls_back = asset.category == "additions" and not self.rules.said.additions_table
        return "systems" if falls_back else asset.category

    def _lives(self) -> None:
        """The life of what goes by MACRS; an error where there is no table for it, as after a change on Inputs."""
        assets = [asset for asset in self.assets if self.rules.terms(asset).method == "macrs"]
        if not assets:
            return
        whole = {
            a.key: call("SUMIFS", macrs_stack("share"), macrs_stack("life"), Spot(self.rules.life(a))) for a in assets
        }
        words, note = "shares of the table of its life, all years", "nothing where there is no table"
        self._values(words, "table_whole", "share", note, assets, whole)
        known = {
            a.key: Spot(self.rules.life(a)) * Spot(self.key("table_whole", a)) / Spot(self.key("table_whole", a))
            for a in assets
        }
        self._values("life by which the table goes", "table_life", "months", "see Inputs", assets, known)

    def _years(self) -> None:
        """Which fiscal year of use a period lies in, how many months of that are in use, and how many have passed."""
        header = Header("fiscal_year")
        year = {a.key: call("MAX", 0, header + 1 - Spot(self.key("first_year", a))) for a in self.assets}
        note = "1 is the one in which use begins"
        self._series("fiscal year of use", "use_year", "count", note, self.assets, year)
        months = {
            a.key: call("IF", Now(self.key("use_year", a)).compare("=", 1), Spot(self.key("first_months", a)), 12)
            for a in self.assets
        }
        words, note = "months of the fiscal year in use", "fewer in the first one"
        self._series(words, "of_year", "months", note, self.assets, months)
        begins = header * 12 + Spot("calendar.fiscal_year_start_month")
        ends = Now("time.month") + Spot("calendar.period")
        passed = {a.key: call("MAX", 0, ends - call("MAX", Spot(self.key("since", a)), begins)) for a in self.assets}
        words, note = "months of them until the end of the period", "of the fiscal year of the period"
        self._series(words, "passed", "months", note, self.assets, passed)

    def _rates(self) -> None:
        """The statutory rates of each life."""
        words = {"rate": "rate of the declining balance", "revised": "revised rate", "guaranteed": "guaranteed rate"}
        for name, title in words.items():
            of = {
                a.key: call("SUMIFS", statutory_stack(name), statutory_stack("life"), Spot(self.rules.life(a)))
                for a in self.declining
            }
            self._values(title, name, "share", "by the life on Inputs", self.declining, of)

    def _turn(self) -> None:
        """When a lot turns to its revised rate, and how much of its cost is left then."""

        def spot(name: str, asset: Asset) -> Spot:
            return Spot(self.key(name, asset))

        after = {a.key: 1 - spot("rate", a) * spot("first_months", a) / 12 for a in self.declining}
        words, note = "share left after the first fiscal year", "1 - rate x its months in use / 12"
        self._values(words, "after_first", "share", note, self.declining, after)
        keeps = {a.key: 1 - spot("rate", a) for a in self.declining}
        self._values("share that a further year leaves", "keeps", "share", "1 - rate", self.declining, keeps)
        least = {
            a.key: call("IF", spot("rate", a).compare("=", 1), 1, spot("guaranteed", a) / spot("rate", a))
            for a in self.declining
        }
        words, note = "share left below which it turns to the revised rate", "guaranteed rate / rate"
        self._values(words, "least", "share", note, self.declining, least)
        exponents = statutory_stack("life") / 12 - 1 - 1
        at_rate: dict[Key, Term] = {}
        for a in self.declining:
            left = spot("after_first", a) * spot("keeps", a) ** exponents
            at_rate[a.key] = call("SUMPRODUCT", left.compare(">=", spot("least", a)) * 1)
        words, note = "further fiscal years at the rate", "those that begin with no less"
        self._values(words, "at_rate", "count", note, self.declining, at_rate)
        turned = {
            a.key: call("IF", spot("at_rate", a).compare("=", 0), 1, spot("keeps", a) ** spot("at_rate", a))
            for a in self.declining
        }
        words, note = "of that, share left when it turns to the revised rate", "one further year after the other"
        self._values(words, "turned", "share", note, self.declining, turned)
        yearly = {a.key: spot("after_first", a) * spot("turned", a) * spot("revised", a) for a in self.declining}
        words, note = "share of the cost by year from then on", "share left x revised rate"
        self._values(words, "yearly", "share", note, self.declining, yearly)

    def _charges(self) -> None:
        """What is left of a cost at the start of the fiscal year, and what the year writes off of it."""
        if self.declining:
            self._declining_years()
        self._years_of_tables()
        left = {a.key: self._left(a) for a in self.assets}
        words, note = "share of the cost left at the start of the fiscal year", "by method"
        self._series(words, "left_of_year", "share", note, self.assets, left)
        charge = {a.key: self._charge(a) for a in self.assets}
        words, note = "share of the cost that the fiscal year writes off", "by method, no more than is left"
        self._series(words, "charge", "share", note, self.assets, charge)

    def _declining_years(self) -> None:
        further = {
            a.key: call("MIN", Spot(self.key("at_rate", a)), call("MAX", 0, Now(self.key("use_year", a)) - 1 - 1))
            for a in self.declining
        }
        words, note = "further fiscal years at the rate so far", "before this one"
        self._series(words, "so_far", "count", note, self.declining, further)
        kept = {
            a.key: call(
                "IF",
                Now(self.key("so_far", a)).compare("=", 0),
                1,
                Spot(self.key("keeps", a)) ** Now(self.key("so_far", a)),
            )
            for a in self.declining
        }
        words, note = "share that they have left", "one further year after the other"
        self._series(words, "kept", "share", note, self.declining, kept)
        later = {a.key: Now(self.key("use_year", a)) - 1 - 1 - Spot(self.key("at_rate", a)) for a in self.declining}
        words, note = "fiscal years at the revised rate so far", "negative before it turns to that"
        self._series(words, "later", "count", note, self.declining, later)

    def _years_of_tables(self) -> None:
        by_table = [asset for asset in self.assets if asset not in self.declining]
        of: dict[Key, Term] = {}
        for asset in by_table:
            shares, chosen, years = self._stacks(asset)
            below = Literal(verbatim("<")).joined(Now(self.key("use_year", asset)))
            of[asset.key] = call("SUMIFS", shares, *chosen, years, below)
        if by_table:
            words, note = "share of the cost that the fiscal years before wrote off", "sum of the years before"
            self._series(words, "years_before", "share", note, by_table, of)

    def _stacks(self, asset: Asset) -> tuple[Term, list[Term], Term]:
        """Shares of a table, what else chooses among them, and their fiscal years."""
        if self.rules.terms(asset).method == "macrs":
            return (
                macrs_stack("share"),
                [macrs_stack("life"), Spot(self.key("table_life", asset))],
                macrs_stack("year"),
            )
        name, count = self._table_name(asset), len(self.rules.terms(asset).shares)

        def stack(part: str) -> Stack:
            return Stack(tuple(self.rules.key(part, name, number) for number in range(count)), VALUE)

        return stack("table_share"), [], stack("table_year")

    def _left(self, asset: Asset) -> Term:
        year = Now(self.key("use_year", asset))
        if asset not in self.declining:
            return call("MAX", 0, 1 - Now(self.key("years_before", asset)))
        at_rate = Spot(self.key("after_first", asset)) * Now(self.key("kept", asset))
        revised = Spot(self.key("yearly", asset)) * call("MAX", 0, Now(self.key("later", asset)))
        return call("IF", year.compare(">", 1), call("MAX", 0, at_rate - revised), 1)

    def _charge(self, asset: Asset) -> Term:
        year, left = Now(self.key("use_year", asset)), Now(self.key("left_of_year", asset))
        if asset not in self.declining:
            shares, chosen, years = self._stacks(asset)
            return call("SUMIFS", shares, *chosen, years, year)
        usual = left * Spot(self.key("rate", asset)) * Now(self.key("of_year", asset)) / 12
        turned = Now(self.key("later", asset)).compare(">=", 0)
        of_year = call("IF", turned, Spot(self.key("yearly", asset)), usual)
        return call("MIN", left, year.compare(">", 0) * of_year)

    def _before(self) -> None:
        """What had been written off by the start of the horizon, as by its method, of what stood there then."""
        of: dict[Key, Term] = {}
        for a in self.assets:
            left, charge = Spot(self.key("left_of_year", a), 0), Spot(self.key("charge", a), 0)
            passed = call("MAX", 0, Spot(self.key("passed", a), 0) - Spot("calendar.period"))
            of[a.key] = 1 - left + charge * passed / Spot(self.key("of_year", a), 0)
        words, note = "share of the cost written off before the horizon, by its method", "nothing of what comes later"
        self._values(words, "worn_before", "share", note, self.assets, of)
        self._series(
            "share of the cost written off by the end of the period, by its method",
            "worn",
            "share",
            "of the years before + of the months of this one",
            self.assets,
            {
                a.key: 1
                - Now(self.key("left_of_year", a))
                + Now(self.key("charge", a)) * Now(self.key("passed", a)) / Now(self.key("of_year", a))
                for a in self.assets
            },
        )

    def written(self, asset: Asset) -> Term:
        """The share of what an asset costs in the books that is written off by the end of a period."""
        before, worn = Spot(self.key("worn_before", asset)), Now(self.key("worn", asset))
        in_use = Now(self.key("passed", asset)).compare(">", 0) * 1
        return call("IF", before.compare("<", 1), (worn - before) / (1 - before), in_use)
