"""Sheet Annual balance sheet: what is current and what is not, what owners put in and what was kept."""

from __future__ import annotations

from planner.report.lines import earns_on_cash, pays_dividends
from planner.report.workbook.cash.consumption_tax import OWED
from planner.report.workbook.cash.working_capital import PAYABLES, PREPAYMENTS, RECEIVABLES
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Stack
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.front.annual import Annual, Here, InYear
from planner.report.workbook.front.annual_statements import annual
from planner.vocabulary.message import Text

ANNUAL_BALANCE = annual("Annual balance sheet", "current and non-current, capital and retained earnings, on one A4")
REMARK = (
    "At the end of each fiscal year. Loans are current as far as they are scheduled for the next year of the horizon; "
    "what falls due after the horizon stands as non-current."
)
CURRENT = {
    Key("balance", "unpaid"): "still to be paid for investments",
    Key("balance", PAYABLES.name): "accounts payable",
    Key("balance", PREPAYMENTS.name): "prepayments of customers",
}
"""What is owed within a year, beside loans, by the row of the sheet by period."""
TAXES = {
    Key("balance", OWED): "consumption tax owed to the state",
    Key("balance", "payable"): "tax payable",
}
"""What is owed to the state; where it is negative it comes back, and is an asset."""
DIFFERENCE = Key("annual balance", "difference")


def lay_annual_balance(ledger: Ledger) -> None:
    """Lays assets, debt and equity."""
    _Balance(ledger).lay()


class _Balance:
    """Lays balances, with what stood at the start of the horizon."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.grid = ledger, ledger.grid
        self.statement = Annual(ledger, ANNUAL_BALANCE, "all_assets", REMARK)

    @property
    def taxes(self) -> dict[Key, str]:
        """Taxes that the sheet by period has."""
        return {key: label for key, label in TAXES.items() if key in self.grid}

    def _current_assets(self) -> Key:
        self.statement.heading("Current assets")
        there = {Key("balance", "cash"): "cash", Key("balance", RECEIVABLES.name): "accounts receivable"}
        keys = self.rows({key: label for key, label in there.items() if key in self.grid})
        back: Term = Literal(0)
        for key in self.taxes:
            back = back - call("MIN", 0, InYear(key))
        keys.append(self.row("taxes back", "taxes that come back", back))
        return self.sum("current assets", "current assets", keys)

    def _other_assets(self) -> Key:
        self.statement.heading("Non-current assets")
        keys = self.rows({Key("balance", "advances"): "advances", Key("balance", "assets"): "fixed assets"})
        return self.sum("non-current assets", "non-current assets", keys)

    def lay(self) -> None:
        """All of it, and what must be nothing."""
        self.sum("all", "all assets", [self._current_assets(), self._other_assets()], apart=True)
        self.statement.heading("Current liabilities")
        owed: list[Key] = []
        if self.ledger.loans:
            owed.append(self.row("due", "loans due within a year", self._due()))
        owed += self.rows({key: label for key, label in CURRENT.items() if key in self.grid})
        owed += [self.row(str(key[1]), label, call("MAX", 0, InYear(key))) for key, label in self.taxes.items()]
        self.sum("current", "current liabilities", owed)
        self.statement.heading("Non-current liabilities")
        later: list[Key] = []
        if self.ledger.loans:
            later.append(self.row("due later", "loans due later", InYear("debt") - Here(self.key("due"))))
        if Key("balance", "deferred") in self.grid:
            later += self.rows({Key("balance", "deferred"): "deferred tax"})
        if later:
            self.sum("non-current", "non-current liabilities", later)
        self._equity()
        parts = [self.key(name) for name in ("current", "non-current", "equity") if self.key(name) in self.grid]
        self.sum("claims", "debt and equity", parts, apart=True)
        difference = call("ROUND", Here(self.key("all")) - Here(self.key("claims")), 0)
        label = "assets less debt and equity"
        self.statement.row(DIFFERENCE, label, difference, start=difference, kind="total")
        self.statement.done()

    def key(self, name: str) -> Key:
        """A row of this sheet."""
        return Key("annual balance", name)

    def rows(self, balances: dict[Key, str]) -> list[Key]:
        """Balances of the sheet by period."""
        return [self.row(str(key[1]), label, InYear(key)) for key, label in balances.items()]

    def row(self, name: str, label: Text, term: Term) -> Key:
        """One balance."""
        return self.statement.row(self.key(name), label, term, start=term)

    def sum(self, name: str, label: Text, keys: list[Key], *, apart: bool = False) -> Key:
        """What rows come to that stand below each other, or apart."""
        together: Term = Here(keys[0])
        for key in keys[1:]:
            together = together + Here(key)
        term = together if apart or len(keys) == 1 else call("SUM", Stack(tuple(keys)))
        return self.statement.row(self.key(name), label, term, start=term, kind="total")

    def _due(self) -> Term:
        """What of all loans is scheduled for the year after."""
        return call("MIN", InYear("debt"), InYear("scheduled_here", 1))

    def _equity(self) -> None:
        """What owners put in, and what was kept of profits, each rolled forward from the year before."""
        case, statement = self.ledger.case, self.statement
        statement.heading("Equity")
        capital, kept = self.key("capital"), self.key("kept")
        put_in = Here(capital, -1) + InYear(Key("equity", "funding"))
        statement.row(capital, "capital: equity at the start, and funding since", put_in, start=InYear("equity"))
        earned: Term = Here(kept, -1) + InYear(Key("equity", "profit"))
        if earns_on_cash(case):
            earned = earned + InYear(Key("equity", "interest"))
        if pays_dividends(case):
            earned = earned - InYear(Key("equity", "dividends"))
        statement.row(kept, "retained earnings since the start", earned, start=Literal(0))
        self.sum("equity", "equity", [capital, kept])
