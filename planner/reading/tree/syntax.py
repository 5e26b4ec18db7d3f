"""What is wrong with a text that is not YAML, with the likely fix."""

from __future__ import annotations

import re

import yaml

from planner.case.quantities import space_name

_HINTS = {
    "mapping values are not allowed": "put a text that holds a colon in quotes, or check the indentation",
    "could not find expected ':'": "write `field: value`",
    "expected key": "check the indentation of this line and of the one above",
    "expected <block end>": "check the indentation of this line and of the one above",
    "block end": "check the indentation of this line and of the one above",
    "cannot start any token": "put the text in quotes",
    "expected ',' or": "close the bracket, or put a comma between the entries",
    "quoted scalar": "close the quotes",
    "unexpected end of stream": "close the quotes",
    "directive": "remove the line that begins with %",
    "block sequence entries": "start the list on a line of its own, or write it as [first, second]",
}
_WIDE_COLON = re.compile(r"[\s-]*+[\w.][\w.-]*+\s*+：")
_SPACES = "\u3000\u00a0\u1680\u2000-\u200a\u202f\u205f"
_WIDE_SPACE = re.compile(rf" *+([{_SPACES}])[ {_SPACES}]*+(?:- *+)?[\w.][\w.-]*+\s*+[:：]")


def syntax_problem(error: yaml.YAMLError) -> tuple[int, str, str]:
    """The line, counted from 1, what the parser found there, and the likely fix."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 1, str(error), ""
    in_quotes = "quoted scalar" in (error.context or "")  # told where the quotes open, not where the file ends
    mark = error.context_mark if in_quotes else error.problem_mark or error.context_mark
    problem = error.problem or "it cannot be read"
    remedy = next((hint for words, hint in _HINTS.items() if words in problem), "")
    return mark.line + 1 if mark else 1, problem, remedy


def line_with_wide_colon(lines: list[str], last: int) -> int:
    """The line, counted from 1, on which a full-width colon stands behind a field, shortly before a mistake; or 0."""
    near = range(min(last, len(lines)), max(0, last - 4), -1)
    return next((number for number in near if _WIDE_COLON.match(lines[number - 1])), 0)


def lines_with_odd_spaces(lines: list[str]) -> list[tuple[int, str]]:
    """The lines, counted from 1, on which a field is indented with other spaces, and what these are called.

    YAML takes them for letters.
    """
    found = ((number, _WIDE_SPACE.match(line)) for number, line in enumerate(lines, 1) if not line.isascii())
    return [(number, space_name(match[1])) for number, match in found if match]


def lines_with_tabs(lines: list[str]) -> list[int]:
    """The lines, counted from 1, that are indented with a tab; YAML knows only spaces."""
    return [number for number, line in enumerate(lines, 1) if "\t" in line and re.match(r" *\t\s*[^\s#]", line)]
