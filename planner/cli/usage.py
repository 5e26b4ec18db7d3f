"""Wrong usage in the voice of all other messages: what was wrong, what is allowed, the likely fix."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any

from typer.exceptions import TyperException

from planner.case.words import listed, nearest_first, spelling_hint
from planner.errors import EXIT_BAD_INPUT, Fault, Place, PlannerError

_NUMBERS = {"float_parsing": "a number", "int_parsing": "a whole number", "int_from_float": "a whole number"}
_WITH_UNIT = re.compile(r"[\d.]+\s*[^\d\s]+")


class WrongUsageError(PlannerError):
    """A command line that cannot be meant."""

    exit_status = EXIT_BAD_INPUT

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"1 mistake in the command:\n{fault}")


def wrong_usage(error: TyperException) -> WrongUsageError:
    """What the library of the command found wrong."""
    return WrongUsageError(_fault(error, getattr(error, "ctx", None)))


def refuse_what_is_no_verb(word: str, verbs: Sequence[str]) -> None:
    """Refuses a first word that is neither a verb nor a file.

    A word with a dot or a slash in it is the name of a file, of which the reader says that it is not there.

    Raises:
        WrongUsageError: the word is a misspelt verb.
    """
    if word.startswith("-") or re.search(r"[./\\]", word) or os.path.lexists(word):
        return
    found, allowed = f"'{word}' is neither a verb nor a file", f"the path of a case file, or {listed(verbs)}"
    remedy = spelling_hint(word, verbs) or "check the path of the file; `plan --help` says what each verb does"
    raise WrongUsageError(Fault(Place("plan"), "", found, allowed, remedy))


def _fault(error: Any, context: Any) -> Fault:  # noqa: ANN401 - the library's own, of no public type
    place = Place(str(context.command_path)) if context is not None else Place("plan")
    see = f"`{place} --help` lists what there is"
    options = _options(context)
    if hasattr(error, "possibilities"):
        name = str(error.option_name)
        hint = spelling_hint(name, options)
        allowed = listed(nearest_first(name, options), most=6) if hint else listed(options)
        return Fault(place, "", f"there is no option {name}", allowed, hint or see)
    if hasattr(error, "option_name"):
        name = str(error.option_name)
        return Fault(place, name, "stands without a value", options.get(name, ""), f"write a value behind {name}")
    parameter = getattr(error, "param", None)
    if parameter is None:
        return _other(error, place, options, see)
    name = _name(parameter)
    if hasattr(error, "param_type"):
        return Fault(place, "", f"{name} is missing", _help(parameter), f"write `{place} {name} ...`")
    return Fault(place, name, *_bad_value(error, parameter))


def _bad_value(error: Any, parameter: Any) -> tuple[str, str, str]:  # noqa: ANN401 - see above
    """What is said of a value that an option cannot have."""
    told: list[Any] = getattr(error.__cause__, "errors", list)()
    if not told:
        return str(error.message), _help(parameter), ""
    kind, value, context = told[0]["type"], told[0]["input"], told[0].get("ctx", {})
    if kind == "quantity":
        return context["found"], context["allowed"], context["remedy"]
    if kind in _NUMBERS:
        remedy = "write the number alone" if _WITH_UNIT.fullmatch(str(value)) else ""
        return f"'{value}' is not {_NUMBERS[kind]}", _help(parameter), remedy
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        return f"{value} is out of range", f"{limit:g} or {'more' if 'ge' in context else 'less'}", ""
    if kind == "value_error" and (choices := re.findall(r"'([^']*)'", told[0]["msg"].partition(" is not one of ")[2])):
        return f"'{value}' is none of its values", listed(choices), spelling_hint(str(value), choices)
    return str(told[0]["msg"]), _help(parameter), ""


def _other(error: Any, place: Place, options: dict[str, str], see: str) -> Fault:  # noqa: ANN401 - see above
    """A word too many, or whatever else the library may find."""
    extra = re.fullmatch(r"Got unexpected extra argument\S* \((?P<words>.*)\)", str(error.message), re.DOTALL)
    if extra is None:
        return Fault(place, "", str(error.message), "", see)
    allowed = f"`{place}` takes no more words; a name with spaces stands in quotes"
    remedy = f"is it a scenario? write --scenario {extra['words']}" if "--scenario" in options else see
    return Fault(place, "", f"'{extra['words']}' is too much", allowed, remedy)


def _options(context: Any) -> dict[str, str]:  # noqa: ANN401 - see above
    """The options of a verb, each with what it is for."""
    parameters = context.command.get_params(context) if context is not None else []
    return {name: _help(one) for one in parameters for name in one.opts if name.startswith("--")}


def _name(parameter: Any) -> str:  # noqa: ANN401 - see above
    """How the help calls an option or an argument."""
    long = [name for name in parameter.opts if name.startswith("--")]
    return long[0] if long else str(parameter.metavar or parameter.name)


def _help(parameter: Any) -> str:  # noqa: ANN401 - see above
    return str(getattr(parameter, "help", "") or "").rstrip(".")
