"""What a robust plan says in sentences: how good it is, what it is worth, what it does otherwise, and why."""

from __future__ import annotations

from collections.abc import Iterator

from planner.outcome import EXACT
from planner.report.amounts import share_words
from planner.report.verdict import MOST_TOLD
from planner.report.voice import Voice
from planner.studies.robust.differences import Change, Reason, changes, reason
from planner.studies.robust.outcome import InFuture, RobustOutcome
from planner.vocabulary.message import Message, Part, joined, say, verbatim

MOST_NAMED = 6
"""Futures, or changes of the first stage, that are named one by one."""
OBJECTIVES = {
    "npv": "net present value",
    "equity": "value to the owners",
    "compute": "dense BF16 compute",
    "cost": "present cost",
}
MONTHS_A_YEAR = 12


def headlines(outcome: RobustOutcome, voice: Voice) -> Iterator[Message]:
    """All sentences, the most important first; with amounts as the voice writes them."""
    yield proof_words(outcome, voice)
    yield _stages(outcome)
    yield _plain(outcome, voice)
    yield say(
        "Who knew the future before {date} would gain {amount} (expected value of perfect information).",
        date=str(outcome.decide_by),
        amount=_amount(outcome, outcome.value_of_perfect_information, voice),
    )
    for name, without in outcome.shut.items():
        yield say(
            "It joins {name} in no future, since in {futures} no plan does, whatever is ordered.",
            name=name,
            futures=names([one for one in outcome.futures if one.name in without]),
        )
    different = [one for one in changes(outcome) if one.kind != "join" or one.name not in outcome.shut]
    if not different and not outcome.shut:
        yield say("The first stage is that of the plain plan.")
    for change in different[:MOST_NAMED]:
        yield change_words(outcome, change)
    if len(different) > MOST_NAMED:
        yield say("{number} further changes stand in the workbook.", number=str(len(different) - MOST_NAMED))
    why = reason(outcome)
    if why is not None:
        yield reason_words(outcome, why, voice)


def proof_words(outcome: RobustOutcome, voice: Voice) -> Message:
    """How good the plan is known to be, and what was checked."""
    limits = sum(len(one.robust.audit.limits) for one in outcome.futures)
    return say(
        "{mark} {verdict}: no first stage can be better by more than {gap}; {limits} limits of {number} futures and "
        "all money rechecked ({label})",
        mark="✓" if outcome.within_gap else "!",
        verdict=_verdict(outcome),
        gap=_amount(outcome, outcome.gap, voice),
        limits=f"{limits:,}",
        number=str(len(outcome.futures)),
        label=say(outcome.label),
    )


def _verdict(outcome: RobustOutcome) -> Message:
    """How near the first stage is to the best, as a reader asks who knows nothing of proofs."""
    share, asked = share_words(outcome.relative_gap), share_words(outcome.gap_requested)
    if outcome.relative_gap <= EXACT:
        return say("Checked first stage, the best possible")
    if outcome.within_gap:
        return say("Checked first stage, within {share} of the best possible", share=share)
    if outcome.relative_gap <= MOST_TOLD:
        return say(
            "Checked first stage; another one may be better by up to {share}, more than the {asked} asked for",
            share=share,
            asked=asked,
        )
    return say("Checked first stage; how near it is to the best is not known")


def _stages(outcome: RobustOutcome) -> Message:
    return say(
        "What begins up to {date} is one and the same in all futures; everything else adapts. Made as good as can be: "
        "{objective}.",
        date=str(outcome.decide_by),
        objective=objective_words(outcome),
    )


def objective_words(outcome: RobustOutcome) -> Message:
    """What is made of the values in all futures."""
    value, risk = say(OBJECTIVES[outcome.base.proof.kind]), outcome.risk
    if not risk.share:
        return say("the expected {value}", value=value)
    tail = say(
        "the mean {value} of the worst {share} of all futures",
        value=value,
        share=share_words(max(0.0, 1.0 - risk.level)),
    )
    if risk.level >= 1.0:
        tail = say("the {value} of the worst future", value=value)
    if risk.share >= 1.0:
        return tail
    return say(
        "{rest} of the expected {value} and {share} of {tail}",
        rest=share_words(1.0 - risk.share),
        value=value,
        share=share_words(risk.share),
        tail=tail,
    )


def _plain(outcome: RobustOutcome, voice: Voice) -> Message:
    """What the robust plan gains over the plain one, or where the plain one fails."""
    if outcome.breaking:
        return say(
            "The first stage of the plain plan breaks its promises in {futures}, so it has no value to compare.",
            futures=names([one for one in outcome.futures if one.name in outcome.breaking]),
        )
    gained = outcome.value_of_stochastic_solution
    if gained is None:
        return say(
            "What the first stage of the plain plan comes to was not found in time in {futures}.",
            futures=names([one for one in outcome.futures if one.name in outcome.plain_not_found]),
        )
    return say(
        "It comes to {value}, {amount} better than with the first stage of the plain plan (value of the stochastic "
        "solution).",
        value=_amount(outcome, outcome.value, voice),
        amount=_amount(outcome, gained, voice),
    )


def change_words(outcome: RobustOutcome, change: Change) -> Message:
    """What the first stage does otherwise than the plain plan, in one sentence."""
    date = str(outcome.decide_by)
    if change.kind == "join":
        return _join_words(outcome, change)
    parts: dict[str, Part] = {
        "number": f"{abs(change.more):,}",
        "what": _what(outcome, change),
        "date": date,
        "later": str(change.later),
        "futures": str(len(outcome.futures)),
    }
    if change.more > 0 and change.earlier:
        return say("By {date} it takes {number} more of {what}: {time} earlier.", time=_time(change.earlier), **parts)
    if change.more > 0:
        return say("By {date} it takes {number} more of {what} than the plain plan ever does.", **parts)
    if change.more < 0:
        fewer = "By {date} it takes {number} fewer of {what}, and comes to as many"
        return say(f"{fewer} {'later in {later} of {futures} futures' if change.later else 'in no future'}.", **parts)
    if change.earlier and change.earlier > 0:
        return say("It takes as many of {what} by {date}: {time} earlier.", time=_time(change.earlier), **parts)
    return say("It takes as many of {what} by {date}, at other times.", **parts)


def _join_words(outcome: RobustOutcome, change: Change) -> Message:
    """A programme that is joined by the date, left open, or joined in no future: nothing is open that never follows."""
    date = str(outcome.decide_by)
    if change.more > 0:
        return say("It joins {name} by {date}.", name=change.name, date=date)
    if not change.later:
        return say("It joins {name} in no future, neither by {date} nor later.", name=change.name, date=date)
    return say(
        "It leaves {name} open until after {date}, and joins it later in {later} of {futures} futures.",
        name=change.name,
        date=date,
        later=str(change.later),
        futures=str(len(outcome.futures)),
    )


def _what(outcome: RobustOutcome, change: Change) -> Message:
    if change.kind == "expand":
        return say("the blocks of {expansion} at {site}", expansion=change.name, site=change.site)
    system = outcome.base.case.offers[change.name].system
    return say("{system} through {offer} for {site}", system=system, offer=change.name, site=change.site)


def reason_words(outcome: RobustOutcome, why: Reason, voice: Voice) -> Message:
    """In which futures the change pays, and what these have in common."""
    if why.what is not None and why.is_exact and len(why.gaining) > 1:
        where = say("in the {number} futures in which {what}", number=str(why.with_it), what=why.what)
    elif why.what is not None and len(why.gaining) > 1:
        where = say(
            "in {number} futures ({futures}), above all where {what}: {some} of the {all} with it",
            number=str(len(why.gaining)),
            futures=names(why.gaining),
            what=why.what,
            some=str(why.gaining_with_it),
            all=str(why.with_it),
        )
    else:
        where = say("in {futures}", futures=names(why.gaining))
    rescued = [one for one in why.gaining if one.name in outcome.breaking]
    if rescued:
        return _rescued_words(outcome, why, where, rescued, voice)
    if not why.losing:
        return say(
            "It is worth it {where}: {gained} in expectation, and costs nothing elsewhere.",
            where=where,
            gained=_amount(outcome, why.gained, voice),
        )
    return say(
        "It is worth it {where}: {gained} in expectation, against {lost} that it costs in {losing}.",
        where=where,
        gained=_amount(outcome, why.gained, voice),
        lost=_amount(outcome, why.lost, voice),
        losing=names(why.losing),
    )


def _rescued_words(
    outcome: RobustOutcome, why: Reason, where: Message, rescued: list[InFuture], voice: Voice
) -> Message:
    """The same where the plain first stage leaves some future no plan: that is worth no amount, but a promise."""
    kept = say("every promise is kept there, which the plain one cannot")
    if len(rescued) < len(why.gaining):
        kept = say("every promise is kept in {futures}, which the plain one cannot", futures=names(rescued))
    if why.gained > 0.0:
        gained = _amount(outcome, why.gained, voice)
        kept = say("{kept}, and {gained} is gained in expectation", kept=kept, gained=gained)
    if not why.losing:
        return say("It is worth it {where}: {kept}; it costs nothing elsewhere.", where=where, kept=kept)
    return say(
        "It is worth it {where}: {kept}. It costs {lost} in expectation in {losing}.",
        where=where,
        kept=kept,
        lost=_amount(outcome, why.lost, voice),
        losing=names(why.losing),
    )


def names(futures: list[InFuture] | tuple[InFuture, ...]) -> Part:
    """Futures by name; many of them by their number."""
    if len(futures) > MOST_NAMED:
        return say("{number} futures", number=str(len(futures)))
    return joined([one.name for one in futures], ", ")


def _amount(outcome: RobustOutcome, value: float, voice: Voice) -> Message:
    """A value of the objective with its unit, as the language writes it."""
    return verbatim(voice.amount(value, outcome.unit))


def _time(months: int) -> Message:
    if months == MONTHS_A_YEAR // 2:
        return say("half a year")
    if months % MONTHS_A_YEAR == 0:
        years = months // MONTHS_A_YEAR
        return say("a year") if years == 1 else say("{number} years", number=str(years))
    return say("a month") if months == 1 else say("{number} months", number=str(months))
