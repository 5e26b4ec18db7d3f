"""Futures: each driver moves something by one distribution, and what goes together can go together.

Where the paths lead, and whether the figures there can take what is drawn, is checked by who reads the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.unknown import as_far_as_known
from planner.case.consistency.whole import WHOLE
from planner.case.futures import Driver, Effect, Event, Futures
from planner.case.positive_semidefinite import is_positive_semidefinite
from planner.case.quantities import Month, Size, size_in
from planner.case.words import listed, nearest, nearest_first

_DISTRIBUTIONS = ("range", "normal", "lognormal", "discrete", "walk")


def drivers_have_one_distribution(draft: Draft) -> Iterator[Finding]:
    """What varies does so by one distribution."""
    for path, driver in _drivers(draft):
        with as_far_as_known():
            stated = [name for name in _DISTRIBUTIONS if getattr(driver, name)]
            if not stated:
                remedy = "add one, such as `range: {low: 90 %, high: 120 %}`"
                yield Finding(path, "it has no distribution", listed(_DISTRIBUTIONS), remedy)
            elif len(stated) > 1:
                found = f"it has {len(stated)} distributions: {listed(stated, 'and')}"
                yield Finding(path, found, f"one of {listed(_DISTRIBUTIONS)}", "remove the others")


def futures_move_something(draft: Draft) -> Iterator[Finding]:
    """Drivers and effects name their figures once, in one of two ways."""
    movers: list[tuple[Path, Driver | Effect]] = [*_drivers(draft), *_effects(draft)]
    for path, one in movers:
        with as_far_as_known():
            if not one.path and not one.paths:
                remedy = "add `path:`, such as finance.exchange_rates.USD"
                yield Finding(path, "it moves no figure", "the path of a figure", remedy)
            elif one.path and one.paths:
                remedy = "write them all under `paths:`"
                yield Finding((*path, "path"), "it has a path, and paths as well", "one of the two", remedy)
            doubled = next((target for target in one.targets if one.targets.count(target) > 1), "")
            if doubled:
                yield Finding(path, f"'{doubled}' stands twice", "every path once", "remove one of them")


def distributions_fit_what_they_change(draft: Draft) -> Iterator[Finding]:
    """Factors are plain numbers, ranges rise, and what is drawn has one unit."""
    for path, driver in _drivers(draft):
        with as_far_as_known():
            yield from _of_a_range(path, driver)
        with as_far_as_known():
            yield from _of_a_kind(path, driver)
    for path, event in _events(draft):
        with as_far_as_known():
            if not event.effects:
                yield Finding((*path, "effects"), "it does nothing", "at least one effect", "say what it changes")
    for path, effect in _effects(draft):
        with as_far_as_known():
            stated = [name for name in ("factor", "addition", "value") if getattr(effect, name) is not None]
            if len(stated) != 1:
                found = f"it has {listed(stated, 'and')}" if stated else "it says no change"
                yield Finding(path, found, "one of factor, addition and value", "state exactly one")
        with as_far_as_known():
            if effect.factor is not None:
                yield from _no_factor((*path, "factor"), effect.factor)


def _of_a_range(path: Path, driver: Driver) -> Iterator[Finding]:
    if driver.range is None:
        return
    low, typical, high = driver.range.low, driver.range.typical, driver.range.high
    if driver.kind == "factor" and any(one is not None and one.unit for one in (low, typical, high)):
        return  # told as that
    for one, name in ((high, "high"), (typical, "typical")):
        if one is not None and _measure(one) != _measure(low):
            found = f"{one} and the lowest value, {low}, are in different units"
            yield Finding((*path, "range", name), found, "one unit for all of a range", "write them in one unit")
            return
    own = {"factor": Size(1.0), "addition": Size(0.0, low.unit)}.get(driver.kind)
    middle = typical or own
    if middle is None:
        remedy = "add `typical:`, the most likely value"
        yield Finding((*path, "range"), "it replaces a figure and has no typical value", "a typical value", remedy)
    if _amount(low) >= _amount(high):
        found, remedy = f"the lowest value, {low}, is not below the highest, {high}", "swap them, if they are mixed up"
        yield Finding((*path, "range", "low"), found, "a lowest value below the highest", remedy)
    elif middle is not None and not _amount(low) <= _amount(middle) <= _amount(high):
        side = f"above the highest, {high}" if _amount(middle) > _amount(high) else f"below the lowest, {low}"
        what = f"the typical value, {middle}," if typical is not None else f"what the case states, {middle},"
        where: Path = ("range", "typical") if typical is not None else ("range",)
        remedy = "" if typical is not None else "state `typical:`, if the case is outside of its own range on purpose"
        yield Finding((*path, *where), f"{what} lies {side}", f"a value from {low} to {high}", remedy)


def _of_a_kind(path: Path, driver: Driver) -> Iterator[Finding]:
    """What is drawn is of the kind that the driver says."""
    if driver.walk is not None and driver.kind != "factor":
        found = f"a walk is a factor, and the kind is {driver.kind}"
        yield Finding((*path, "kind"), found, "factor", "write `kind: factor`, or leave it out")
    for where, size in _sizes(driver):
        if driver.kind == "factor":
            wrong = list(_no_factor((*path, *where), size))
            yield from wrong
            if wrong:
                return  # the others are most likely of the same unit
        elif where[-1] == "spread" and size.number < 0:
            yield Finding((*path, *where), f"{size} is below zero", "a spread above zero")
    typical = driver.lognormal.typical if driver.lognormal is not None else None
    if driver.lognormal is not None and typical is None and driver.kind != "factor":
        found = f"a lognormal {driver.kind} has no typical value"
        yield Finding((*path, "lognormal"), found, "a typical value above zero", "add `typical:`, its median")
    elif typical is not None and typical.number <= 0:
        yield Finding((*path, "lognormal", "typical"), f"{typical} is not above zero", "a median above zero")
    if driver.normal is not None and driver.kind == "value" and driver.normal.typical is None:
        found = "it replaces a figure and has no typical value"
        yield Finding((*path, "normal"), found, "a typical value", "add `typical:`, its mean")
    middle = driver.normal.typical if driver.normal is not None else None
    if driver.normal is not None and middle is not None and _measure(middle) != _measure(driver.normal.spread):
        found = f"{driver.normal.spread} and the typical value, {middle}, are in different units"
        yield Finding((*path, "normal", "spread"), found, "one unit for both", "write them in one unit")


def _sizes(driver: Driver) -> Iterator[tuple[Path, Size]]:
    """Every size that a distribution states."""
    groups = {"range": driver.range, "normal": driver.normal, "lognormal": driver.lognormal}
    for name, group in groups.items():
        for field in ("low", "typical", "high", "spread"):
            size = getattr(group, field, None)
            if isinstance(size, Size):
                yield (name, field), size


def _no_factor(path: Path, size: Size) -> Iterator[Finding]:
    if size.unit:
        found, allowed = f"{size} has a unit, and stands for a factor", "a factor such as 1.2, or 120 %"
        field = "`addition:`" if path[-1] == "factor" else "`kind: addition`"
        yield Finding(path, found, allowed, f"write {field}, if it is added")
    elif size.number < 0:
        yield Finding(path, f"the factor {size} is below zero", "a factor of zero or more")


def outcomes_are_all_there_is(draft: Draft) -> Iterator[Finding]:
    """The weights of a list of values are 100 % together, and the values are of the kind of their driver."""
    for path, driver in _drivers(draft):
        with as_far_as_known():
            if driver.discrete:
                yield from _weights((*path, "discrete"), [one.weight for one in driver.discrete], "outcome")
        for number, outcome in enumerate(driver.discrete if driver.discrete is not None else ()):
            with as_far_as_known():
                size, where = size_in(outcome.value), (*path, "discrete", str(number), "value")
                if driver.kind == "value":
                    continue
                if size is None:
                    allowed = "a factor such as 1.2" if driver.kind == "factor" else "a size such as 3 months"
                    yield Finding(where, f"'{outcome.value}' is no {driver.kind}", allowed)
                elif driver.kind == "factor":
                    yield from _no_factor(where, size)


def _weights(path: Path, weights: Iterable[float], one: str) -> Iterator[Finding]:
    total = sum(weights)
    if abs(total - 1) > WHOLE:
        missing = f"{abs(1 - total) * 100:.10g} %"
        remedy = f"add an {one} of {missing}" if total < 1 else f"take {missing} off one of them"
        yield Finding(path, f"the weights add up to {total * 100:.10g} %", "100 % together", remedy)


def scenarios_leave_the_case_its_weight(draft: Draft) -> Iterator[Finding]:
    """The weights of scenarios are probabilities: not more than 100 % together; the case has what they leave."""
    with as_far_as_known():
        weights = {name: one.weight for name, one in draft.scenarios.items() if one.weight is not None}
        total = sum(weights.values())
        if total > 1 + WHOLE:
            found = f"the weights of the scenarios add up to {total * 100:.10g} %"
            remedy = f"take {(total - 1) * 100:.10g} % off them; the case itself has what they leave"
            yield Finding(("scenarios", next(reversed(weights)), "weight"), found, "at most 100 % together", remedy)


def events_may_happen(draft: Draft) -> Iterator[Finding]:
    """An event has one probability, and months in which it may begin."""
    for path, event in _events(draft):
        with as_far_as_known():
            if (event.hazard is None) == (event.chance is None):
                both = event.hazard is not None
                found = "it has a hazard and a chance" if both else "it has no probability"
                remedy = "remove one of them" if both else "add `hazard: 10 %`, of a year, or `chance: 10 %`, over all"
                yield Finding(path, found, "a hazard or a chance", remedy)
            if event.hazard == 1.0:
                yield Finding(
                    (*path, "hazard"), "100 % happens at once", "less than 100 % a year", "write it as `chance`"
                )
        with as_far_as_known():
            shortest, longest = event.lasts, event.lasts_at_most
            if longest is not None and shortest is None:
                remedy = "add `lasts:`, how long it lasts at least"
                yield Finding((*path, "lasts_at_most"), "nothing says how long it lasts at least", "both ends", remedy)
            elif longest is not None and shortest is not None and longest.months < shortest.months:
                found = f"{longest} is less than {shortest}, which it lasts at least"
                yield Finding(
                    (*path, "lasts_at_most"), found, f"at least {shortest}", "swap them, if they are mixed up"
                )
        with as_far_as_known():
            first, last = event.first, event.last
            if first is not None and last is not None and last < first:
                found = f"the end {last} is before the start {first}"
                yield Finding((*path, "to"), found, "an end on or after the start", "")


def futures_begin_in_the_horizon(draft: Draft) -> Iterator[Finding]:
    """What varies from a month on, or begins in one, does so within the horizon."""
    if draft.calendar is None:
        return
    with as_far_as_known():
        start, end = draft.calendar.start, draft.calendar.end
        beginning: list[tuple[Path, Driver | Event]] = [*_drivers(draft), *_events(draft)]
        for path, one in beginning:
            with as_far_as_known():
                yield from _outside((*path, "from"), one.first, start, end)
            with as_far_as_known():
                yield from _outside((*path, "to"), getattr(one, "last", None), start, end)


def _outside(path: Path, month: Month | None, start: Month, end: Month) -> Iterator[Finding]:
    if month is not None and not start <= month < end:
        last = end.plus(-1)
        yield Finding(path, f"{month} is outside of the horizon", f"a month from {start} to {last}")


def correlations_can_be(draft: Draft) -> Iterator[Finding]:
    """Correlations are of two drivers each, and all of them together are those of some distribution."""
    futures = draft.futures
    if futures is None:
        return
    right = 0
    seen: dict[frozenset[str], int] = {}
    with as_far_as_known():
        for name in sorted(set(futures.drivers) & set(futures.events)):
            found = f"a driver is called '{name}' as well"
            yield Finding(("futures", "events", name), found, "a name of its own", "rename one")
        for number, one in enumerate(futures.correlations):
            with as_far_as_known():
                wrong = list(_of_a_pair(futures, number, one.between, seen))
                yield from wrong
                right += not wrong and -1 <= one.coefficient <= 1
        if futures.correlations and right == len(futures.correlations) and not _is_some(futures):
            found = "no drivers can have these correlations: the matrix is not positive semidefinite"
            remedy = "bring them nearer to zero; where two go with a third, they go with each other as well"
            yield Finding(("futures", "correlations"), found, "a correlation matrix", remedy)


def _of_a_pair(
    futures: Futures, number: int, between: tuple[str, ...], seen: dict[frozenset[str], int]
) -> Iterator[Finding]:
    path, pair = ("futures", "correlations", str(number), "between"), frozenset(between)
    if len(between) != 2 or len(pair) != 2:
        yield Finding(path, f"[{', '.join(between)}] are not two drivers", "two drivers or events, such as [fx, rents]")
        return
    for position, name in enumerate(between):
        if name not in futures.names:
            near = nearest(name, futures.names)
            allowed = listed(nearest_first(name, futures.names), most=6)
            hint = f"did you mean '{near}'?" if near else "describe it, or name another one"
            yield Finding((*path, str(position)), f"'{name}' is no driver and no event", allowed, hint)
    steps = {one.walk.step for name in between if (one := futures.drivers.get(name)) is not None and one.walk}
    if len(steps) > 1:
        found = f"{listed(between, 'and')} walk in steps of different lengths"
        yield Finding(path, found, "walks of one step, where they are correlated", "give both the same `step`")
    if pair in seen:
        found = f"the correlation of {listed(between, 'and')} stands twice"
        yield Finding(path, found, "every pair once", "remove one of them")
    seen.setdefault(pair, number)


def _is_some(futures: Futures) -> bool:
    """Whether there are variables with these correlations."""
    names = [name for name in futures.names if any(name in one.between for one in futures.correlations)]
    at = {name: position for position, name in enumerate(names)}
    matrix = [[float(row == column) for column in range(len(names))] for row in range(len(names))]
    for one in futures.correlations:
        row, column = (at[name] for name in one.between)
        matrix[row][column] = matrix[column][row] = one.coefficient
    return is_positive_semidefinite(matrix)


def _drivers(draft: Draft) -> list[tuple[Path, Driver]]:
    with as_far_as_known():
        if draft.futures is not None:
            return [(("futures", "drivers", name), driver) for name, driver in draft.futures.drivers.items()]
    return []


def _events(draft: Draft) -> list[tuple[Path, Event]]:
    with as_far_as_known():
        if draft.futures is not None:
            return [(("futures", "events", name), event) for name, event in draft.futures.events.items()]
    return []


def _effects(draft: Draft) -> Iterator[tuple[Path, Effect]]:
    for path, event in _events(draft):
        with as_far_as_known():
            for number, effect in enumerate(event.effects):
                yield (*path, "effects", str(number)), effect


def _measure(size: Size) -> str:
    return "time" if size.is_time else size.unit


def _amount(size: Size) -> float:
    return size.months if size.is_time else size.number
