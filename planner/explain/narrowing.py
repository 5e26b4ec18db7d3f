"""The smallest contradiction among statements of a case, sought in stages.

First in fractions, then with programmes whole, then blocks, then systems: the first ones are soon answered. Within a
stage first among whole statements, then among the steps and figures of those that matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from planner.errors import NoProofError
from planner.explain.elastic_model import ElasticModel
from planner.explain.figure import Path
from planner.solving.elastic import ElasticSolver
from planner.solving.infeasible_set import IrreducibleSet, deletion_filter

MOST_ROWS_IN_WHOLE = 1000
"""In larger models only the first contradiction is also sought in whole numbers, where each look takes long; whether a
change is enough is found out by planning anyway."""
Whole = Literal["", "joins", "blocks", "systems"]
"""What must be whole before there is no plan: nothing, programmes joined or not, blocks besides, all whole numbers."""


def branch_on(elastic: ElasticSolver, elastic_model: ElasticModel, stage: Whole) -> None:
    """Plans in fractions have these whole from now on, though not single systems."""
    joins = [one.index for one in elastic_model.columns if one.kind == "join" and stage in ("joins", "blocks")]
    blocks = [one.index for one in elastic_model.columns if one.kind == "built" and stage == "blocks"]
    elastic.branch_on(joins, blocks)


def is_large(elastic_model: ElasticModel) -> bool:
    """Whether each look in whole numbers takes long."""
    return len(elastic_model.rows) > MOST_ROWS_IN_WHOLE


@dataclass
class Narrowing:
    """A search for contradictions; each begins anew, and ends in the stage in which it is one."""

    elastic_model: ElasticModel
    elastic: ElasticSolver
    groups: Mapping[Path, Sequence[int]]
    """Numbers of the levers of each statement."""
    stage: Whole = ""
    """What is taken for whole while a contradiction is sought."""

    def narrowest(self, loose: set[int]) -> IrreducibleSet[Path] | None:
        """A smallest contradiction: first of whole statements, then of their steps and figures; None where none is.

        Args:
            loose: levers that are let go.

        Raises:
            NoProofError: it could not be found out whether there is one.
        """
        coarse = self._coarse(loose)
        if coarse is None:
            return None
        try:
            return self._in_detail(loose, coarse)
        except NoProofError:  # what is known of it stands, though it may say more than it needs to
            return replace(coarse, smallest=False)

    def _coarse(self, loose: set[int]) -> IrreducibleSet[Path] | None:
        """A smallest contradiction of whole statements, in the first stage that has one.

        Systems in whole numbers take long, and are seldom what is in the way.
        """
        groups = {name: numbers for name, numbers in self.groups.items() if not _is_end(name)}
        kinds = {column.kind for column in self.elastic_model.columns}
        stages: list[Whole] = [""]
        if "join" in kinds:
            stages.append("joins")
        if "built" in kinds:
            stages.append("blocks")
        for stage in stages:
            self._take_for_whole(stage)
            one = deletion_filter(self.elastic, groups, loose, list(groups), in_whole=False)
            if one is not None:
                return one
        self._take_for_whole("systems")
        in_whole = not is_large(self.elastic_model) or not loose
        return deletion_filter(self.elastic, groups, loose, list(groups), in_whole=in_whole)

    def _take_for_whole(self, stage: Whole) -> None:
        """From now on plans have this whole, and all else in fractions; systems are left to whoever asks for them."""
        branch_on(self.elastic, self.elastic_model, stage)
        self.stage = stage

    def _in_detail(self, loose: set[int], coarse: IrreducibleSet[Path]) -> IrreducibleSet[Path]:
        """The same with the ends of floors in it, and only the steps and figures of statements that matter."""
        coarse, held = self._with_ends(loose, coarse)
        fine: dict[tuple[Path, Path, str], list[int]] = {}
        for group in coarse.groups:
            for number in self.groups[group]:
                lever = self.elastic_model.levers[number]
                name = (group, lever.figure.path, lever.words) if lever.figure is not None else (group, (), "")
                fine.setdefault(name, []).append(number)
        away = loose | self._numbers(set(self.groups) - held - {*coarse.groups})
        narrow = deletion_filter(self.elastic, fine, away, list(fine))
        if narrow is None:
            return coarse
        groups = tuple(dict.fromkeys(group for group, *_ in narrow.groups))
        kept = narrow.slacks or frozenset(number for name in narrow.groups for number in fine[name])
        return IrreducibleSet(groups, kept, narrow.whole, coarse.smallest and narrow.smallest)

    def _with_ends(self, loose: set[int], one: IrreducibleSet[Path]) -> tuple[IrreducibleSet[Path], set[Path]]:
        """The contradiction with the ends of floors in it, and the dates of floors that are kept to find it.

        A floor whose beginning and end are both let go is no floor any more, and one of the two would be named whenever
        the floor is. So the end is sought only where the beginning is not in the way, and the beginning is then kept.
        """
        duties = [name[:-1] for name in one.groups if _is_of_floor(name, "floor")]
        duties = [duty for duty in duties if (*duty, "from") not in one.groups and (*duty, "to") in self.groups]
        held = {name for name in self.groups if _is_end(name)}
        if not duties:
            return one, held
        ends = [(*duty, "to") for duty in duties]
        held = held - {*ends} | {(*duty, "from") for duty in duties}
        names = [*ends, *one.groups]
        away = loose | self._numbers(set(self.groups) - held - {*names})
        again = deletion_filter(self.elastic, {name: self.groups[name] for name in names}, away, names)
        return again or one, held

    def _numbers(self, groups: set[Path]) -> set[int]:
        return {number for group in groups for number in self.groups[group]}


def _is_end(group: Path) -> bool:
    """Whether a statement is about the last month of a floor."""
    return _is_of_floor(group, "to")


def _is_of_floor(group: Path, field: str) -> bool:
    """Whether a statement is a field of what a programme asks for: programmes, its name, obligations, number, field."""
    return group[0] == "programmes" and group[2:3] == ("obligations",) and group[-1] == field
