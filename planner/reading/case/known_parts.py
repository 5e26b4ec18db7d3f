"""The right parts of a wrong case, so that they are held against each other in the first round already.

Whatever is wrong, missing, or told as a mistake by an earlier reader stands as ``UNKNOWN`` in its place: a check that
needs it says nothing, and every other check of the same entry speaks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from planner.case.case import Case
from planner.case.consistency import Draft
from planner.case.consistency.unknown import UNKNOWN, UnknownError
from planner.case.quantities import FiscalYear, Month, narrowed
from planner.case.timeline import Timeline
from planner.case.words import spelling_hint
from planner.reading.case.fields import Type, bare, fields_of, is_group, is_timeline, origin_of

_KEY = "[key]"
"""The last step of an error that is about a key."""
_MOST_STRANGERS = 100
"""Unknown fields of one group that are compared with the known ones; whoever has more means another file."""
_CONSTANT, _STEPS = "one", "steps"
"""How errors name the two ways in which a figure may be written that changes with time."""


@dataclass
class Wrong:
    """What is wrong in a value: all of it, or something below some of its keys."""

    all: bool = False
    below: dict[str, Wrong] = field(default_factory=dict)

    def add(self, path: Iterable[object]) -> None:
        """Notes that what stands at a path is wrong."""
        here = self
        for step in path:
            here = here.below.setdefault(str(step), Wrong())
        here.all = True

    @property
    def has_wrong_key(self) -> bool:
        """Whether some key is none that can stand there."""
        return any(_KEY in one.below for one in self.below.values())


def known_parts(raw: Mapping[str, Any], wrong: Wrong) -> Draft:
    """What a file says as far as it is right by itself; ``raw`` is all of it as plain values."""
    meant = _meant(wrong.below.keys() - Case.model_fields.keys(), Case)
    parts: dict[str, Any] = {}
    for section in Draft.sections():
        below = wrong.below.get(section)
        if below is None and section not in raw:
            parts |= {section: UNKNOWN} if section in meant else {}
        else:
            parts[section] = _part(Case.model_fields[section], raw.get(section), below)
    return Draft(**parts)


def _part(info: FieldInfo, raw: object, wrong: Wrong | None) -> Any:  # noqa: ANN401 - whatever the field holds
    annotation: Any = info.annotation
    if info.metadata:
        annotation = Annotated[annotation, *info.metadata]
    return _known(annotation, raw, wrong)


def _known(annotation: Type, raw: Any, wrong: Wrong | None) -> Any:  # noqa: ANN401 - a value of the annotation
    """A value as far as it is right, of which something may be unknown."""
    if wrong is not None:
        return UNKNOWN if wrong.all else _partly(bare(annotation), raw, wrong)
    with suppress(ValidationError):
        return _adapter(annotation).validate_python(raw, by_alias=True, by_name=False)
    return UNKNOWN


def _partly(inner: Type, raw: Any, wrong: Wrong) -> Any:  # noqa: ANN401 - a value of the type
    """A value of several parts, some of which are wrong."""
    if is_group(inner) and isinstance(raw, dict):
        return _noun(inner, raw, wrong)
    if is_timeline(inner) and isinstance(raw, dict):
        return _timeline(inner, raw, wrong.below.get(_STEPS, wrong))
    if origin_of(inner) is dict and isinstance(raw, dict):
        return _dict(inner, raw, wrong)
    if origin_of(inner) is tuple and isinstance(raw, list):
        item = get_args(inner)[0]
        return tuple(_known(item, one, wrong.below.get(str(number))) for number, one in enumerate(raw))
    return UNKNOWN


@cache
def _adapter(annotation: Type) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)


def _noun(noun: Type, raw: dict[str, Any], wrong: Wrong) -> Any:  # noqa: ANN401 - the noun
    """A noun with unknown fields. One with a field that nobody knows, and that is near to none, is unknown itself."""
    known = fields_of(noun)
    strangers = wrong.below.keys() - known.keys()
    meant = _meant(strangers, noun)
    if None in meant:
        return UNKNOWN
    values: dict[str, Any] = {}
    for name, info in noun.model_fields.items():
        key = info.alias or name
        if key in raw or key in wrong.below:
            values[name] = _part(info, raw.get(key), wrong.below.get(key))
        elif key in meant:
            values[name] = UNKNOWN
    with suppress(UnknownError):  # a noun that looks at its own fields
        return noun.model_construct(**values)
    return UNKNOWN


def _meant(strangers: Collection[str], noun: Type) -> set[str | None]:
    """The fields that misspelt ones may have been meant for; None for one that is near to no field."""
    fields = fields_of(noun)
    if len(strangers) > _MOST_STRANGERS:
        return {*fields, None}
    hints = {spelling_hint(narrowed(stranger).strip(), fields) for stranger in strangers}
    return {next((name for name in fields if f"'{name}'" in hint), None) for hint in hints}


def _timeline(inner: Type, raw: dict[str, Any], wrong: Wrong) -> Any:  # noqa: ANN401 - a figure by month
    """A figure by month with unknown steps; unknown as a whole where a month cannot be read."""
    if wrong.all or _CONSTANT in wrong.below or wrong.has_wrong_key:
        return UNKNOWN
    (item,) = get_args(inner)
    return Timeline({Month.parse(month): _known(item, one, wrong.below.get(month)) for month, one in raw.items()})


def _dict(inner: Type, raw: dict[str, Any], wrong: Wrong) -> Any:  # noqa: ANN401 - a dict
    """Entries by key. What stands under a wrong key is left out, where the others do not mean less without it."""
    keys, values = get_args(inner)
    if wrong.has_wrong_key and not (keys in (Month, FiscalYear) or is_group(bare(values))):
        return UNKNOWN
    below = {key: wrong.below.get(key) for key in raw}
    right = {key: one for key, one in below.items() if one is None or _KEY not in one.below}
    return {_adapter(keys).validate_python(key): _known(values, raw[key], one) for key, one in right.items()}
