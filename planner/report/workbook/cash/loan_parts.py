"""Part of the sheet Cash flow: how much of a loan has fallen due by when."""

from __future__ import annotations

from planner.report.workbook.cash.loan_rows import LoanRows, loan_key
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Whole
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.message import verbatim


class LoanParts(LoanRows):
    """Rows that say what falls due of all draws so far, by how the loan is repaid."""

    def lay(self) -> None:
        """Lays what is due by the end of each period."""
        is_plain = self.terms.grace is None and self.terms.balloon is None
        if self.terms.repayment == "at_end":
            self._at_end()
        elif self.terms.repayment == "equal_parts" and is_plain:
            self._in_equal_parts()
        else:
            self._in_parts_of_a_time()

    def _at_end(self) -> None:
        later = call("INT", (Spot(f"{self.path}.term") - 1) / Spot("calendar.period"))
        words, note = "periods from a draw to its repayment", "term, to the period that holds its last month"
        self.row("term", words, note, "period", value=call("MAX", 0, later))
        drawn_then = Header("number") - self.spot("term")
        falls = call("SUMIFS", Whole(loan_key("timed", self.loan)), HeaderSpan("number"), drawn_then)
        self.row("falls_due", "falls due", "drawn a term ago", series=falls, add_up=True)
        self.row("due", "due so far", opening=0, series=self.now("due", -1) + self.now("falls_due"))

    def _in_equal_parts(self) -> None:
        """Equal parts end with the term: what grows beyond the whole of a draw is taken off again."""
        term = Spot(f"{self.path}.term")
        part = call("IF", term.compare("=", 0), 1, Spot("calendar.period") / term)
        words, note = "part of a draw that falls due in a period", "months in a period / term"
        self.row("part", words, note, "share", value=part)
        drawn, rate = Whole(loan_key("timed", self.loan)), self.spot("part")
        now, then = Header("number") + 1, HeaderSpan("number")
        grown = call("SUMPRODUCT", drawn * now.compare(">", then) * (now - then)) * rate
        self.row("grown", "due so far, if parts never ended", "draws x periods since x part", series=grown)
        self.row("ended", "draws before this period are due as a whole", unit="period", series=now - 1 / rate)
        ended = self.now("ended")
        beyond = call("SUMPRODUCT", drawn * ended.compare(">", then) * (ended - then)) * rate
        words, note = "of that, beyond the whole of a draw", "parts after the end of the term"
        self.row("beyond", words, note, series=beyond)
        self.row("due", "due so far", opening=0, series=self.now("grown") - self.now("beyond"))

    def _in_parts_of_a_time(self) -> None:
        """Parts begin after a grace period, are equal or grow, and may leave a share for the end of the term."""
        period = Spot("calendar.period")
        words, note = "periods from a draw to the end of its term", "term / months in a period"
        self.row("term", words, note, "period", value=Spot(f"{self.path}.term") / period)
        words, note = "periods in which interest alone is paid", "grace period / months in a period"
        self.row("grace", words, note, "period", value=self.stated("grace") / period)
        words, note = "periods over which parts fall due", "term - grace period"
        self.row("payments", words, note, "period", value=self.spot("term") - self.spot("grace"))
        words, note = "share of a draw that falls due in parts", "the rest at the end of its term"
        self.row("in_parts", words, note, "share", value=1 - self.stated("balloon"))
        if self.terms.repayment == "level_payment":
            self._level_payments()
        else:
            part = call("IF", self.spot("payments").compare("=", 0), 0, 1 / self.spot("payments"))
            words, note = "part of a draw that falls due in a period", "1 / periods over which parts fall due"
            self.row("part", words, note, "share", value=part)
        words, note = "draws up to this period have parts that fall due", "number of the period + 1 - grace period"
        self.row("begun", words, note, "period", series=Header("number") + 1 - self.spot("grace"))
        words, note = "draws up to this period are over", "number of the period + 1 - term"
        self.row("ended", words, note, "period", series=Header("number") + 1 - self.spot("term"))
        if self.terms.repayment == "equal_parts":
            grown = self._parts_so_far("timed", "begun") - self._parts_so_far("timed", "ended")
            words, note = "repaid in parts so far, of draws within their term", "draws x periods of parts x part"
            self.row("falling", words, note, series=grown * self.spot("part"))
        else:
            self._grown_parts()
        drawn, passed = Whole(loan_key("timed", self.loan)), Header("number") + 1 - HeaderSpan("number")
        over = passed.compare(">=", self.spot("term")) * passed.compare(">", 0)
        words, note = "draws whose term is over", "due as a whole"
        self.row("over", words, note, series=call("SUMPRODUCT", drawn * over))
        due = self.spot("in_parts") * self.now("falling") + self.now("over")
        self.row("due", "due so far", "share in parts x parts so far + what is over", opening=0, series=due)

    def _parts_so_far(self, drawn: str, until: str) -> Term:
        """Draws up to a period, each times the periods for which its parts have fallen due, beyond its term as well."""
        words = {"begun": "draws x periods of parts, if terms never ended", "ended": "of that, of draws that are over"}
        word, note = words[until], "sum over the draws up to that period"
        if drawn != "timed":
            word = f"without interest: {word}"
        since = self.now("begun") - HeaderSpan("number")
        counted = Whole(loan_key(drawn, self.loan)) * HeaderSpan("number").compare("<=", self.now(until))
        self.row(f"{drawn}_{until}", word, note, series=call("SUMPRODUCT", counted * since))
        return self.now(f"{drawn}_{until}")

    def _grown_parts(self) -> None:
        """The same where each part grows by the interest on it: what the first one grows to, less what it was."""
        words, note = "first part of a draw", "drawn / growth of the first part over all parts"
        self.row("first_part", words, note, series=self.now("timed") / self.now("whole_growth"))
        self.row("growing", "1 + interest of one period", "", "ratio", series=1 + self.now("period_rate"))
        without = self.now("first_part") * self.now("period_rate").compare("=", 0)
        self.row("without", "first part of a draw without interest", "parts stay the same", series=without)
        parts, periods = Whole(loan_key("first_part", self.loan)), HeaderSpan("number")
        growth = Whole(loan_key("growing", self.loan)) ** (self.now("begun") - periods)
        labels = {"begun": "first parts as grown, if terms never ended", "ended": "of these, of draws that are over"}
        for until, words in labels.items():
            grown = call("SUMPRODUCT", parts * periods.compare("<=", self.now(until)) * growth)
            self.row(f"grown_{until}", words, "first part x (1 + interest) ^ periods of parts", series=grown)
        after = Literal(verbatim(">")).joined(self.now("ended"))
        before = Literal(verbatim("<=")).joined(self.now("begun"))
        whole = call("SUMIFS", parts, periods, before, periods, after)
        self.row("not_grown", "first parts themselves", "of draws within their term", series=whole)
        falling = self.now("grown_begun") - self.now("grown_ended") - self.now("not_grown")
        falling = falling + self._parts_so_far("without", "begun") - self._parts_so_far("without", "ended")
        words, note = "repaid in parts so far, of draws within their term", "as grown - themselves + without interest"
        self.row("falling", words, note, series=falling)

    def _level_payments(self) -> None:
        """Parts that grow by the interest on each, and the payment that stays the same, by the function for it."""
        rate, payments = self.now("period_rate"), self.spot("payments")
        words, note = "interest of one period, at the rate of the draw", "rate x months / 12"
        series: Term = Now(f"{self.path}.rate") * Spot("calendar.period") / 12
        self.row("period_rate", words, note, "share", series=series)
        grown = (1 + rate) ** payments - 1 + rate.compare("=", 0) * payments
        words, note = "growth of the first part over all parts", "(1 + rate) ^ periods - 1; without interest periods"
        self.row("whole_growth", words, note, "ratio", series=call("IF", payments.compare("=", 0), 1, grown))
        paid = call("PMT", rate, payments, -1, self.stated("balloon"))
        words, note = "level payment for one unit drawn, by PMT", "of interest and what is repaid"
        self.row("payment", words, note, "ratio", series=call("IF", payments.compare("=", 0), 0, paid))
        first = self.spot("in_parts") * (rate + rate.compare("=", 0)) / self.now("whole_growth")
        apart = call("IF", payments.compare("=", 0), 0, rate + first)
        words, note = "the same by interest and first part", "rate + share in parts x first part"
        self.row("payment_apart", words, note, "ratio", series=apart)
        words, note = "level payment by PMT less that by its parts", "must be nothing"
        difference = self.now("payment") - self.now("payment_apart")
        self.row("payment_differs", words, note, "ratio", series=difference)
