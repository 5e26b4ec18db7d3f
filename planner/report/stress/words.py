"""What a finance officer reads first of a plan in many futures, in sentences."""

from __future__ import annotations

from planner.report.amounts import digits, share_words
from planner.report.stress.telling import Telling
from planner.studies.spread import mean, percentile
from planner.vocabulary.message import Message, say

FEW, ENOUGH = 100, 256
"""Futures that were drawn below which percentiles are called rough, since the worst 5 % are fewer than five of them;
and how many are drawn where nothing is said."""


class Sentences(Telling):
    """The sentences above the tables."""

    def words(self) -> list[Message]:
        """What a finance officer reads first."""
        found = self.found
        words = [
            say(
                "The plan is held: what it orders, builds and joins stands in every future; work, exits, loans and "
                "claims adapt, and know the future that they are in. Cash that is missing is bridged at {rate} a year, "
                "which decides what adapts and is no cost here. Seed {seed}.",
                rate=share_words(found.bridge_rate),
                seed=str(found.seed),
            )
        ]
        values, weights = found.values(self.leading)
        if values:
            planned = float(found.planned["figures"].get(self.leading, 0.0))
            low, high = percentile(values, weights, 0.10), percentile(values, weights, 0.90)
            below = sum(weight for value, weight in zip(values, weights, strict=True) if value < planned)
            loss = sum(weight for value, weight in zip(values, weights, strict=True) if value < 0)
            words.append(
                say(
                    "{figure}: {planned} as planned; {mean} on average; in four futures of five between {low} and "
                    "{high}. It is less than planned with a probability of {below}, and negative with {loss}.",
                    figure=say(self.title),
                    planned=self.money(planned),
                    mean=self.money(mean(values, weights)),
                    low=self.money(low),
                    high=self.money(high),
                    below=share_words(below),
                    loss=share_words(loss),
                )
            )
        drawn = sum(bool(one.future.drawn) for one in found.known)
        if 0 < drawn < FEW:
            words.append(
                say(
                    "Percentiles of {number} futures that were drawn are rough: beyond the outer ones lie only one or "
                    "a few of them. Draw {enough} or more with --samples.",
                    number=str(drawn),
                    enough=str(ENOUGH),
                )
            )
        kept = sum(one.future.weight for one in found.known if not one.record["broken"])
        all_known = sum(one.future.weight for one in found.known)
        if all_known:
            words.append(say("Every promise is kept with a probability of {kept}.", kept=share_words(kept / all_known)))
        unknown = len(found.futures) - len(found.known)
        if unknown:
            words.append(
                say(
                    "In {number} futures it was not found out in time what the plan comes to; they count nowhere here.",
                    number=str(unknown),
                )
            )
        if found.is_replanned:
            words.append(self._known_ahead())
        short = [one for one in found.futures if not one.within_gap]
        if short:
            told = {"number": str(len(short)), "all": str(len(found.futures))}
            widest = max((one.gap for one in short if one.gap is not None), default=None)
            if widest is None:
                words.append(say("In {number} of {all} futures no plan was found in time.", **told))
            else:
                words.append(
                    say(
                        "In {number} of {all} futures the search for the best plan ended at its time limit; what it "
                        "found may be bettered by up to {share}. Give it more with --time-limit.",
                        share=share_words(widest),
                        **told,
                    )
                )
        return words

    def _known_ahead(self) -> Message:
        """What knowing the future would be worth, where the plan keeps its promises; elsewhere nothing compares."""
        both = [
            (one.replanned - value, one.future.weight)
            for one in self.found.known
            if one.replanned is not None and not one.record["broken"] and (value := one.figure("objective")) is not None
        ]
        if not both:
            return say("In no future does the plan keep its promises where another one could be made.")
        unit = self.found.base.proof.unit
        gain = mean([value for value, _ in both], [weight for _, weight in both])
        amount = self.money(gain) if unit == self.currency else f"{digits(gain)} {unit}"
        return say(
            "Who knew the future could plan for it: worth {amount} on average over the {number} futures in which the "
            "plan keeps its promises (expected value of perfect information there).",
            amount=amount,
            number=str(len(both)),
        )
