"""What a plan is, in plain words: checked, and how near to the best; the technical state stands behind them."""

from __future__ import annotations

from planner.outcome import EXACT, Outcome, Proof
from planner.report.amounts import share_words
from planner.vocabulary.message import Message, say

MOST_TOLD = 1.0
"""A share of the plan's own value above which a gap says nothing: the value is near zero, or nothing is known."""


def verdict(outcome: Outcome) -> Message:
    """What the plan is, as a reader asks who knows nothing of proofs."""
    pool = outcome.options.get("pool")
    if outcome.audit.broken:
        return say("Not a plan to go by: limits are broken")
    if pool is not None:
        return say("Checked plan, its part of the plan of the pool {pool}", pool=pool)
    return verdict_of(outcome.proof)


def verdict_of(proof: Proof) -> Message:
    """The same by the proof alone, of a plan or of a pool in which no limit is broken."""
    if proof.relative_gap <= EXACT:
        return say("Checked plan, the best possible")
    share = share_words(proof.relative_gap)
    if proof.within_gap and proof.relative_gap <= MOST_TOLD:
        return say("Checked plan, within {share} of the best possible", share=share)
    if proof.relative_gap <= MOST_TOLD:
        return say("Checked plan; another one may be better by up to {share}", share=share)
    return say("Checked plan; how near it is to the best is not known")
