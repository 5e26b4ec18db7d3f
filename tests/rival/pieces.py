"""What one claimed unit does to cash, profit and balances, and what changes when it leaves.

What a programme gives for a unit that an earlier programme pays for as well is less by its rate times what the earlier
one takes off: the same, with the opposite sign, for every such unit. So all of it is one calculation.
"""

from __future__ import annotations

import numpy as np

from tests.rival.assessing import has_gone, spared
from tests.rival.books import Books
from tests.rival.effect import Effect, at
from tests.rival.subsidies import Claim, Key


def claim(figures: Books, programme: str, name: str, site: str, t: int) -> Effect:
    """A unit that is claimed, and stays to the end."""
    key = (name, site, t)
    effect = _while_it_stands(figures, programme, key, figures.claims[(programme, *key)].grant)
    effect.terminal -= figures.owed_at_end(programme, key)
    block = figures.blocks.get((name, t)) if key not in figures.orders else None
    gone = figures.retires(block) if block is not None else len(figures.starts)
    _spare(figures, effect, programme, key, gone)
    return effect


def _spare(figures: Books, effect: Effect, programme: str, key: Key, gone: int, sign: float = 1.0) -> None:
    """The property tax that is not due on a unit up to the period at whose start it leaves."""
    for day, m, amount in spared(figures, programme, key):
        if gone < len(figures.starts) and has_gone(figures.starts[gone], day):
            continue
        if m in figures.moments.months:
            effect.pay(figures, "property_tax", figures.moments.at("property_tax", m, -sign * amount))
        else:
            effect.terminal += sign * amount


def overlap(figures: Books, programme: str, earlier: str, name: str, site: str, t: int) -> Effect:
    """A unit that an earlier programme pays for as well."""
    key = (name, site, t)
    effect = _while_it_stands(figures, programme, key, -figures.taken_off(programme, earlier, key))
    effect.terminal += figures.clawback_spared_at_end(programme, earlier, key)
    return effect


def claimed_exit(figures: Books, programme: str, name: str, site: str, t: int, u: int) -> Effect:
    """A claimed system leaves."""
    key = (name, site, t)
    effect = _leaves(figures, programme, key, figures.claims[(programme, *key)].grant, u)
    effect.terminal = figures.owed_at_end(programme, key)
    _spare(figures, effect, programme, key, len(figures.starts), -1.0)
    _spare(figures, effect, programme, key, u)
    return effect


def overlap_exit(figures: Books, programme: str, earlier: str, name: str, site: str, t: int, u: int) -> Effect:
    """A system leaves that an earlier programme paid for as well."""
    key = (name, site, t)
    effect = _leaves(figures, programme, key, -figures.taken_off(programme, earlier, key), u)
    effect.terminal = -figures.clawback_spared_at_end(programme, earlier, key)
    return effect


def _while_it_stands(figures: Books, programme: str, key: Key, amount: float) -> Effect:
    """A system that stays, or a block to its retirement, which no decision tells."""
    effect, block = _stays(figures, programme, key, amount), figures.blocks.get((key[0], key[2]))
    if key not in figures.orders and block is not None and figures.retires(block) <= figures.last:
        effect.add(_leaves(figures, programme, key, amount, figures.retires(block)), 1.0)
    return effect


def _stays(figures: Books, programme: str, key: Key, amount: float) -> Effect:
    """The amount by its parts, and what it takes off the book value; off what is left of a block in the end as well."""
    effect, terms = Effect.nothing(figures), figures.claims[(programme, *key)]
    effect.terminal = -figures.block_value_lost(programme, key, amount)
    for m, share in terms.parts.items():
        if figures.case.programmes[programme].kind == "grant":
            effect.pay(figures, "grants", figures.moments.at("grants", m, share * amount))
        if figures.lowers_book_value(programme):
            _take_off(effect, figures, programme, key, share * amount, figures.moments.period_of(m))
    if figures.for_tax and (lower := figures.basis_reduction(programme)):
        _write_off_less(effect, figures, programme, key, lower * amount, terms.ready)
    return effect


def _write_off_less(effect: Effect, figures: Books, programme: str, key: Key, amount: float, since: int) -> None:
    """Cost that may not be written off: it is no charge, but every later one is lower."""
    left, later = figures.left_of_claim(programme, key), np.arange(len(figures.starts)) >= since
    effect.charge("depreciation", -amount * (left[:-1] - left[1:]) * later)
    effect.assets = effect.assets - amount * left[1:] * later


def _take_off(effect: Effect, figures: Books, programme: str, key: Key, amount: float, p: int) -> None:
    """Takes what is left of an amount off the book value of a unit that stands from a period on."""
    left, later = figures.left_of_claim(programme, key), np.arange(len(figures.starts)) >= p
    effect.charge(_line(figures, programme), at(figures, p, amount * left[p]))
    effect.charge("depreciation", -amount * (left[:-1] - left[1:]) * later)
    effect.assets = effect.assets - amount * left[1:] * later


def _line(figures: Books, programme: str) -> str:
    special = figures.case.programmes[programme].kind == "special_depreciation"
    return "special_depreciation" if special else "compression"


def _leaves(figures: Books, programme: str, key: Key, amount: float, u: int) -> Effect:
    """What was taken off the book value leaves with the system, and a part of the amount may go back."""
    effect, terms = Effect.nothing(figures), figures.claims[(programme, *key)]
    for m, share in terms.parts.items():
        if figures.lowers_book_value(programme):
            _put_back(effect, figures, programme, key, share * amount, figures.moments.period_of(m), u)
    if figures.for_tax and (lower := figures.basis_reduction(programme)):
        _write_off_less(effect, figures, programme, key, -lower * amount, u)
        left = figures.left_of_claim(programme, key)
        effect.charge("written_off", at(figures, u, -lower * amount * left[u]))
    _go_back(effect, figures, programme, terms, amount, u)
    return effect


def _put_back(effect: Effect, figures: Books, programme: str, key: Key, amount: float, p: int, u: int) -> None:
    """From when it leaves, nothing is taken off any more: never, where it leaves before that."""
    left, later = figures.left_of_claim(programme, key), np.arange(len(figures.starts)) >= max(u, p)
    line, when = (_line(figures, programme), p) if u <= p else ("written_off", u)
    effect.charge(line, at(figures, when, -amount * left[when]))
    effect.charge("depreciation", amount * (left[:-1] - left[1:]) * later)
    effect.assets = effect.assets + amount * left[1:] * later


def _go_back(effect: Effect, figures: Books, programme: str, terms: Claim, amount: float, u: int) -> None:
    """Every part that is paid goes back as far as the retention was not kept."""
    share_back = figures.clawback_share(programme, terms.ready, figures.starts[u])
    if figures.case.programmes[programme].kind != "grant" or not share_back:
        return
    for m, share in terms.parts.items():
        back = figures.moments.at("grants_repaid", month_back(figures, u, m), share_back * share * amount)
        effect.pay(figures, "grants_repaid", back)


def month_back(figures: Books, u: int, m: int) -> int:
    """When a part goes back that is paid in a month, if the system leaves in a period: at once, or with its payment."""
    return max(figures.moments.months_of(u)[0], m)
