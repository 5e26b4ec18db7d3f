"""YAML text becomes a tree of nodes that know their line and their source; nothing is ever constructed from it.

The parser's events are read one by one, so that whatever a case file has no use for (aliases, tags, deep nesting) is
refused on sight, long before it could grow.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from typing import Any, NoReturn

import yaml

from planner.case.quantities import LONGEST_TEXT, shown
from planner.errors import Fault, InputError, Place
from planner.reading.files import INVISIBLE
from planner.reading.tree.nodes import Node, Scalar, letters_of_list, path_text
from planner.reading.tree.open_group import OpenGroup
from planner.reading.tree.scalars import comment, resolve
from planner.reading.tree.syntax import line_with_wide_colon, lines_with_odd_spaces, lines_with_tabs, syntax_problem

DEEPEST = 20
"""Levels of nesting; a case file needs seven."""
MOST_NODES = 40_000
"""Values in one file; a case file has some thousand."""
MOST_FAULTS = 100
"""Faults after which the rest of the file is not looked at."""
MOST_LETTERS_OF_A_LIST = 30_000
"""Letters of a list of plain values, which stands in one cell of the workbook."""
_OPENER = re.compile(r"[\[{]")
EMPTY_FIELD = "write a value, or remove the field"
"""The fix of a field with nothing behind it, as long as nobody knows what could stand there."""
_READ_AS = (1, 2)
"""The version of YAML by which words are told apart from numbers; a file may say it, and no other."""

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def parse_tree(text: str, file: str) -> tuple[Node, list[Fault]]:
    """The tree of one document whose top level is a group, and the faults that did not end the reading.

    Raises InputError where the text cannot be read to its end.
    """
    builder = _Builder(text, file)
    root = builder.read()
    if root.value is None:
        builder.stop(1, "the file is empty", "a case file")
    if not isinstance(root.value, dict):
        if wide := line_with_wide_colon(builder.lines, root.place.line):
            builder.stop(
                wide, "a full-width colon stands behind the field", "", "write `field: value` with : and a space"
            )
        found = "a list" if isinstance(root.value, list) else "a single value"
        builder.stop(root.place.line, f"expected fields at the top level, got {found}", "fields such as `name: plan`")
    return root, builder.faults


def parse_value(text: str, file: str) -> Node:
    """The tree of one value that stands by itself, such as the new value of an override."""
    if not text.strip():
        raise InputError([Fault(Place(file), "", "value missing", "a value, or null to remove the field")])
    if hidden := INVISIBLE.search(text):
        found = f"invisible character U+{ord(hidden.group()):04X}"
        raise InputError([Fault(Place(file), "", found, "visible text", "remove the character")])
    builder = _Builder(text, file)
    node = builder.read()
    if builder.faults:
        raise InputError(builder.faults)
    return node


class _Builder:
    """Turns events into nodes, with a stack of its own instead of recursion. Lines count from 1."""

    def __init__(self, text: str, file: str) -> None:
        self.text = unicodedata.normalize("NFC", text)  # a letter is one letter, however an editor composes it
        self.file = file
        self.lines = self.text.split("\n")
        self.taken = 0  # letters up to the end of the last event
        self.faults: list[Fault] = []
        self.stack: list[OpenGroup] = []
        self.root: Node | None = None
        self.count = 0
        self.last_line: list[tuple[Node, int]] = []  # each node with the line on which its comment stands
        self.last_column: dict[int, int] = {}  # by line, where its last token ends

    def read(self) -> Node:
        """The root of the one document."""
        indented_wrongly = self._wrong_indentation()
        try:
            self._take_all()
        except yaml.YAMLError as error:
            if indented_wrongly:  # what follows is not worth reading
                raise InputError(self.faults) from error
            self._refuse_depth(error)
            line, problem, remedy = syntax_problem(error)
            if wide := line_with_wide_colon(self.lines, line):
                self.stop(
                    wide, "a full-width colon stands behind the field", "", "write `field: value` with : and a space"
                )
            self.stop(line, f"not valid YAML: {problem}", "", remedy)
        if self.root is None:
            self.stop(1, "the file is empty", "a case file")
        self.lines.append("")  # where a text without an end of line ends
        for node, line in self.last_line:
            node.source = comment(self.lines[line - 1][self.last_column.get(line, 0) :])
        self._refuse_long(self.last_line)
        return self.root

    def _refuse_long(self, nodes: list[tuple[Node, int]]) -> None:
        """Refuses comments and lists for which no cell of the workbook has room, before anything is planned."""
        told: set[int] = set()
        for node, line in nodes:
            if len(node.source) > LONGEST_TEXT and line not in told:
                told.add(line)
                found = f"the comment has {len(node.source):,} letters, more than {LONGEST_TEXT:,}"
                self.fault(line, found, "shorten it, or keep it on lines of its own")
            if isinstance(node.value, list) and (letters := letters_of_list(node)) > MOST_LETTERS_OF_A_LIST:
                found = f"the list has {letters:,} letters, more than {MOST_LETTERS_OF_A_LIST:,}"
                self.fault(line, found, "is it the right list? No list of names is as long")

    def _wrong_indentation(self) -> bool:
        """Whether some line is indented with what is no space; each such line is a fault."""
        tabs, wide = lines_with_tabs(self.lines), lines_with_odd_spaces(self.lines)
        for line in tabs:
            self.fault(line, f"tab in indentation at line {line}", "put spaces in its place")
        for line, name in wide:
            self.fault(line, f"{name} in indentation at line {line}", "put ordinary spaces in its place")
        return bool(tabs or wide)

    def fault(self, line: int, found: str, remedy: str, path: str = "") -> None:
        """Notes a fault and goes on reading."""
        self.faults.append(Fault(Place(self.file, line), path, found, "", remedy))
        if len(self.faults) >= MOST_FAULTS:
            raise InputError(self.faults)

    def stop(self, line: int, found: str, allowed: str, remedy: str = "") -> NoReturn:
        """Ends the reading with all faults so far."""
        raise InputError([*self.faults, Fault(Place(self.file, line), "", found, allowed, remedy)])

    def _take_all(self) -> None:
        event: Any
        for event in yaml.parse(self.text, Loader=_LOADER):
            self._take(event)
            self.taken = event.end_mark.index

    def _refuse_depth(self, error: yaml.YAMLError) -> None:
        """Refuses nesting that the parser refused by itself, in words of its own and before its events told of it.

        It looks some brackets ahead. What stands in front of the one that is too many is read once more, and then the
        events tell whether the brackets were such, and no letters of a text.
        """
        mark = getattr(error, "problem_mark", None)
        ahead = [found.end() for found in _OPENER.finditer(self.text, self.taken, mark.index if mark else self.taken)]
        if len(ahead) > DEEPEST:
            with suppress(yaml.YAMLError):
                _Builder(self.text[: ahead[DEEPEST]], self.file)._take_all()

    def _take(self, event: Any) -> None:  # noqa: ANN401
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event, line)
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_extras(event, line)
            self._note_end(event)
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._note_end(event)
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.fault(
                line,
                f"aliases are not supported: *{shown(event.anchor)[1:-1]}",
                "write the value out",
                self._next_path(),
            )
            self._scalar_value(None, line, line)
        elif isinstance(event, yaml.DocumentStartEvent):
            if self.root is not None:
                self.stop(line, "a second document starts here", "only one document", "remove the line `---`")
            self._refuse_directives(event, line)

    def _refuse_directives(self, event: Any, line: int) -> None:  # noqa: ANN401
        """Lines with % in front: another version of YAML would take other words for numbers."""
        if event.version not in (None, _READ_AS):
            version = ".".join(str(part) for part in event.version)
            self.fault(line, f"asks to be read as YAML {version}; it is read as YAML 1.2", "remove the line `%YAML`")
        if event.tags:
            self.fault(line, "tags are not allowed: %TAG", "remove the line `%TAG`")

    def _scalar(self, event: Any, line: int) -> None:  # noqa: ANN401
        self._note_end(event)
        is_plain = not event.style
        if self.stack and self.stack[-1].wants_key:
            self._key(self.stack[-1], event.value, line)
            return
        if is_plain and not event.value and self.stack:
            self.fault(line, "value missing", EMPTY_FIELD, self._next_path())
        if event.style in ("|", ">"):  # the line break at the end of a block of text is none of its text
            self._scalar_value(event.value.rstrip("\n"), line, line)
            return
        value = resolve(event.value) if is_plain else event.value
        self._scalar_value(value, line, event.end_mark.line + 1)

    def _scalar_value(self, value: Scalar, line: int, last_line: int) -> None:
        if self.stack and self.stack[-1].wants_key:
            self.stop(line, "an alias cannot be a key", "a name or a month as key")
        node = self._add(value, line)
        self.last_line.append((node, last_line))

    def _key(self, parent: OpenGroup, key: str, line: int) -> None:
        known = key.strip()
        if known == "<<":
            self.fault(line, "merge keys are not supported: <<", "write the fields out", parent.path)
        if not known:
            self.fault(line, "a field without a name", "write `field: value`", parent.path)
        if known in parent.lines:
            found = f"duplicate key {shown(known)} at lines {parent.lines[known]} and {line}"
            self.fault(line, found, "keep one of them", f"{parent.path}.{path_text((key,))}".lstrip("."))
        parent.lines.setdefault(known, line)
        parent.key = key

    def _open(self, value: dict[str, Node] | list[Node], line: int) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent and parent.wants_key:
            self.stop(line, "a group or a list cannot be a key", "a name or a month as key")
        if len(self.stack) >= DEEPEST:
            self.stop(line, f"more than {DEEPEST} levels of nesting", f"at most {DEEPEST} levels")
        path = self._next_path()
        if parent and parent.key is not None:
            line = parent.lines[parent.key.strip()]
        node = self._add(value, line)
        self.last_line.append((node, line))
        self.stack.append(OpenGroup(node, path))

    def _add(self, value: dict[str, Node] | list[Node] | Scalar, line: int) -> Node:
        """Puts a new node where the open group or list expects one."""
        self.count += 1
        if self.count > MOST_NODES:
            self.stop(line, f"more than {MOST_NODES:,} values", f"at most {MOST_NODES:,} values in one file")
        node = Node(value, Place(self.file, line))
        if self.stack:
            self.stack[-1].put(node)
        else:
            self.root = node
        return node

    def _next_path(self) -> str:
        return self.stack[-1].path_of_next if self.stack else ""

    def _note_end(self, event: Any) -> None:  # noqa: ANN401
        line, column = event.end_mark.line + 1, event.end_mark.column
        self.last_column[line] = max(self.last_column.get(line, 0), column)

    def _refuse_extras(self, event: Any, line: int) -> None:  # noqa: ANN401
        if event.anchor is not None:
            self.fault(
                line, f"anchors and aliases are not supported: &{shown(event.anchor)[1:-1]}", "remove the anchor"
            )
        if event.tag is not None:
            self.fault(line, f"tags are not allowed: {shown(event.tag)[1:-1]}", "remove the tag")
