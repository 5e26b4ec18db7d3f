"""What is known of a plan: its proof, what was rechecked, and the hashes of input and program."""

from __future__ import annotations

from planner.outcome import Outcome
from planner.report.page.document import Grid, paragraphs, table
from planner.report.page.markup import Markup, element, joined
from planner.report.verdict import verdict
from planner.report.voice import Voice


def proof_lead(outcome: Outcome, voice: Voice) -> Markup:
    """What the plan is in plain words, the gap in money, and the technical state."""
    proof, broken = outcome.proof, outcome.audit.broken
    is_part = "pool" in outcome.options  # whose gap is what it leaves to the others
    is_good = (proof.within_gap or is_part) and not broken
    mark, kind = ("✓", "good") if is_good else ("!", "bad")
    badge = element("p", f"{mark} {voice(verdict(outcome))}", class_=f"verdict {kind}")
    checked = voice(
        "{count} limits and every {currency} were worked out again: {broken} broken.",
        count=f"{len(outcome.audit.limits):,}",
        currency=voice.currency,
        broken=f"{len(broken):,}",
    )
    gap = voice(outcome.gap_words)
    stop = ". " if voice.is_english else "。"
    state = voice("State of the proof: {state}.", state=proof.state)
    words = f"{gap[:1].upper()}{gap[1:]}{stop}{checked} "
    return joined(badge, element("p", words, element("span", state, class_="soft")))


def checks(outcome: Outcome, voice: Voice) -> Markup:
    """Every rule with how many limits it has, how many are broken and how many have no room; proof and hashes."""
    proof = outcome.proof
    by_rule: dict[str, list[int]] = {}
    for limit in outcome.audit.limits:
        counted = by_rule.setdefault(limit.told_rule, [0, 0, 0])
        counted[0] += 1
        counted[1] += not limit.holds
        counted[2] += limit.holds and limit.sense != "=" and abs(limit.slack) <= limit.tolerance
    rows = tuple((voice(rule.replace("_", " ")), *(f"{n:,}" for n in counted)) for rule, counted in by_rule.items())
    head = (voice("rule"), voice("limits"), voice("broken"), voice("without room left"))
    title = voice("Limits, worked out again from the case and the decisions")

    def amount(value: float) -> str:
        return voice.amount(value, proof.unit)

    bound = voice("checked") if proof.is_bound_checked else voice("not checked")
    facts = (
        (voice("label"), voice(proof.label)),
        (voice("kind of objective"), voice(proof.kind)),
        (voice("objective"), amount(proof.objective)),
        (voice("no plan can be better than"), amount(proof.bound)),
        (voice("gap"), f"{amount(proof.gap)} ({voice.percent(proof.relative_gap)})"),
        (voice("gap asked for"), voice.percent(proof.gap_requested)),
        (voice("bound in exact arithmetic"), bound),
        (voice("solver"), proof.solver),
        (voice("input hash"), outcome.input_hash),
    )
    versions = tuple((name, value) for name, value in outcome.versions.items())
    run, what = voice("Proof and hashes"), (voice("what"), voice("value"))
    return joined(
        paragraphs(voice("`plan verify plan.xlsx` works all of it out again, and says whether anything was changed.")),
        table(Grid(what, facts, texts=(1,)), run),
        element("details", element("summary", title), table(Grid(head, rows), title)),
        element("details", element("summary", voice("Versions")), table(Grid(what, versions, (1,)), voice("Versions"))),
    )
