"""Why a system was not bought at a site: the price at which it would be, what stands in the way, what forcing costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from planner.case.case import Case
from planner.case.quantities import Month
from planner.explain.in_the_way import limits_shared, reasons_against
from planner.explain.offer_price import price_words, steps_in_force
from planner.explain.prices import Beside
from planner.explain.question import BesidePlan, Question
from planner.outcome import LimitPrice, Outcome

BLURRED = 1e-6
"""A plan that is known to a gap above this share says nothing about one system more or less."""


@dataclass(frozen=True)
class StepPrice:
    """One step of a price, where it alone is lowered."""

    first: Month
    """Month from which the step holds."""
    enters_at: float | None
    """Share of the price of the step at which the best plan buys it; None where no price does."""
    price: str = ""
    """That price, as the case file says it."""


@dataclass(frozen=True)
class WhyNot:
    """The answer for one offer at one site; money in the unit of the objective."""

    offer: str
    site: str
    bought: int = 0
    """Systems that the plan buys there; then there is nothing to ask."""
    reasons: tuple[str, ...] = ()
    """Why it cannot stand there at all."""
    enters_at: float | None = None
    """Share of its present price at which the best plan buys it there; None where no price does."""
    price: str = ""
    """The price of the offer at that share, as the case file says it; of a price with steps every one that counts."""
    steps: tuple[StepPrice, ...] = ()
    """Each step of the price by itself, where more than one counts."""
    forcing_costs: float | None = None
    """What the best plan with one there is worth less; None where no plan has room for one."""
    is_local: bool = False
    """Whether both were worked out beside the plan: blocks, programmes and tax years kept, systems in fractions."""
    gains_in_whole: float | None = None
    """Where they are local: what the plan with one there gains, planned again in whole numbers; None where none is."""
    limits: tuple[LimitPrice, ...] = field(default=())
    """Binding limits that it would have to share."""

    @property
    def is_a_tie(self) -> bool:
        """Whether a plan with one there is as good as the plan without."""
        return self.forcing_costs is not None and self.enters_at == 1.0


def without_planning(outcome: Outcome, offer: str, site: str) -> WhyNot | None:
    """The answer where no planning is needed for it: it is bought, or it cannot stand there."""
    if bought := outcome.decisions.ordered.get((offer, site), 0):
        return WhyNot(offer, site, bought=bought)
    reasons = tuple(reasons_against(outcome.case, offer, site))
    return WhyNot(offer, site, reasons=reasons) if reasons else None


def why_not(
    outcome: Outcome,
    offer: str,
    site: str,
    *,
    gap: float,
    seconds: float,
    told: Callable[[], None] = lambda: None,
    beside: Beside | None = None,
) -> WhyNot:
    """Works out the price at which an offer would be bought for a site, by planning with it and without it.

    With one system there at least, and with none, the best plans are worth the same at the price in question. Each plan
    alone is worth so much more for every yen that the price is lower; from that the next price to try follows, and the
    last one is exact.

    One system among thousands is worth less than the gap to which a large case is searched: planning again would tell
    nothing about it. There the same question is asked of the linear programme beside the plan, which is exact.
    Where the linear programme beside the plan was solved already, it comes along.
    """
    case = outcome.case
    plain = without_planning(outcome, offer, site)
    if plain is not None:
        return plain
    question = Question(case, offer, site, gap, seconds, told, start=outcome.warm_start)
    is_local = outcome.proof.relative_gap > BLURRED
    beside = (beside or Beside.of(outcome)) if is_local else None
    fixed_mip = None if beside is None else BesidePlan(case, offer, site, gap, seconds, told, beside=beside)
    share, forcing = (fixed_mip or question).answer()
    again = question.side(case, 1.0, at_least_one=True) if fixed_mip is not None else None
    sign = -1.0 if outcome.proof.kind == "cost" else 1.0
    return WhyNot(
        offer,
        site,
        enters_at=share,
        price="" if share is None else _prices(case, offer, site, share),
        steps=() if share in (None, 1.0) else tuple(_alone(fixed_mip or question)),
        forcing_costs=forcing,
        is_local=fixed_mip is not None,
        gains_in_whole=None if again is None else again.value - sign * outcome.audit.objective,
        limits=limits_shared(case, outcome.prices or (), offer, site),
    )


def _prices(case: Case, offer: str, site: str, share: float) -> str:
    """The price at a share: every step that counts, each with the month from which it holds."""
    steps = steps_in_force(case, offer, site)
    return ", ".join(f"{price_words(case, offer, share, step)} from {step}" for step in steps) or price_words(
        case, offer, share
    )


def _alone(question: Question) -> Iterator[StepPrice]:
    """The same question for each step of the price by itself, the others as they are."""
    case, offer = question.case, question.offer
    steps = steps_in_force(case, offer, question.site)
    for step in steps if len(steps) > 1 else ():
        share, _ = replace(question, step=step).answer()
        yield StepPrice(step, share, "" if share is None else price_words(case, offer, share, step))
