"""Tables of what a programme changes: the plan with it beside the plan without it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.outcome import Outcome
from planner.report.compare.tables import Cell, Column, Table, columns
from planner.report.voice import Voice
from planner.studies.additionality import Additionality


def additionality_tables(found: tuple[Additionality, ...], outcome: Outcome, voice: Voice) -> Iterator[Table]:
    """Figures of all programmes side by side, and then what is bought with and without each."""
    if not found:
        return
    currency = outcome.case.finance.currency
    told: list[tuple[Cell, ...]] = [
        ("grant of the programme", currency, *(one.grant for one in found)),
        ("accelerators ordered with it", "accelerators", *(one.accelerators[0] for one in found)),
        ("accelerators ordered without it", "accelerators", *(one.accelerators[1] for one in found)),
        ("accelerators because of it", "accelerators", *(one.extra_accelerators for one in found)),
        ("dense-BF16 PFLOPS because of it", "PFLOPS", *(one.extra_pflops for one in found)),
        (
            "grant for each further accelerator",
            f"{currency}/accelerator",
            *(one.grant_per_accelerator for one in found),
        ),
        ("grant for each further dense-BF16 PFLOPS", f"{currency}/PFLOPS", *(one.grant_per_pflops for one in found)),
        ("share of the grant for what is bought anyway, at least", "share", *(one.share_anyway for one in found)),
        ("other grants with it", currency, *(one.other_grants[0] for one in found)),
        ("other grants without it", currency, *(one.other_grants[1] for one in found)),
        ("net present value with it", currency, *(one.npv[0] for one in found)),
        ("net present value without it", currency, *(one.npv[1] for one in found)),
    ]
    rows = tuple((voice(str(figure)), *others) for figure, *others in told)
    words = "; ".join(
        voice("without {programme}: {why}", programme=one.programme, why=one.message) for one in found if one.message
    )
    names = columns("number", *(one.programme for one in found))
    figures = (Column(voice("what the programme changes")), Column(voice("unit"), "unit"), *names)
    yield Table(voice("Additionality"), figures, rows, words, whole=True)
    counts = ("with it", "without it", "anyway", "because of it", "only without it")
    head = (
        Column(voice("system or block")),
        *columns("count", *map(voice, counts)),
        *columns("money", *map(voice, ("grant", "grant for what is bought anyway"))),
    )
    for one in found:
        bought = tuple(
            (
                item.name,
                item.with_it,
                item.without,
                item.anyway,
                item.because,
                item.instead,
                item.grant,
                item.grant_anyway,
            )
            for item in one.bought
        )
        if bought:
            yield Table(
                voice("Bought with and without {programme}", programme=one.programme),
                head,
                bought,
                totals=(6, 7),
                whole=True,
            )
