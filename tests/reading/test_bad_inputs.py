"""Bad input through the real command: exit 2, one message a fault, nothing written; and what is understood instead.

The cases stand in ``bad_inputs/``, as data.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from planner import cli
from planner.errors import EXIT_BAD_INPUT
from tests.reading.helpers import line_of, read_text, tiny_with

FOLDER = Path(__file__).parent / "bad_inputs"
VERBS = {"run": ("--output", "results"), "check": ()}
MOST_SECONDS = 5.0
EARLIER = "not of this run, but left from an earlier one: "


def cases(name: str) -> list[Any]:
    """The entries of a file of cases, as parameters of a test."""
    entries = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert len({entry["id"] for entry in entries}) == len(entries)
    return [pytest.param(entry, id=entry["id"]) for entry in entries]


def standing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, and every folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


class Command:
    """The command in this process, in a folder in which earlier results stand."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.monkeypatch, self.capsys = folder, monkeypatch, capsys
        (folder / "results").mkdir()
        (folder / "results" / "plan.xlsx").write_bytes(b"an earlier plan")
        monkeypatch.chdir(folder)

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit status, what was printed, and what was complained about."""
        self.monkeypatch.setattr(sys, "argv", ["plan", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = self.capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    def refuses(self, file: str, verb: str = "run") -> str:
        """What is said about a file that is refused, with nothing written and nothing printed."""
        before, start = standing(self.folder), time.process_time()
        status, out, err = self(verb, file, *VERBS[verb])
        assert (status, out) == (EXIT_BAD_INPUT, ""), err
        assert time.process_time() - start < MOST_SECONDS
        assert standing(self.folder) == before
        assert "Traceback" not in err
        # The results that stand in the folder are said to be of an earlier run; that is no message about the input.
        return "".join(line for line in err.splitlines(keepends=True) if not line.startswith(EARLIER))


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(tmp_path, monkeypatch, capsys)


def messages_of(err: str) -> list[str]:
    """The messages, one a fault, each with its indented lines."""
    head, *lines = err.rstrip("\n").split("\n")
    messages: list[str] = []
    for line in lines:
        if line.startswith("    "):
            messages[-1] += "\n" + line
        else:
            messages.append(line)
    assert head == f"{len(messages)} mistake{'s' * (len(messages) != 1)} in the input:"
    return messages


def told(err: str, place: str, words: list[str]) -> list[str]:
    """The messages about a place that hold all the words; there is one, and it says what would be right."""
    messages = messages_of(err)
    right = [text for text in messages if text.startswith(f"{place}: ") and all(word in text for word in words)]
    assert len(right) == 1, err
    assert "\n    allowed: " in right[0] or "\n    fix: " in right[0]
    return messages


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("case", cases("values"))
def test_a_wrong_value_is_one_message_with_its_line_and_field(case: dict[str, Any], verb: str, command: Command):
    changes = [(case["in"], case["put"])]
    if "also" in case:
        changes.append((case["also"]["in"], case["also"]["put"]))
    text = tiny_with(*changes)
    (command.folder / "case.yaml").write_text(text, encoding="utf-8")
    line = case.get("line") or line_of(text, case.get("at") or case["put"].split("\n")[0])
    messages = told(command.refuses("case.yaml", verb), f"case.yaml:{line}: {case['field']}", case["says"])
    expected = case.get("messages", 1)
    assert len(messages) == (case.get("checked", expected) if verb == "check" else expected), messages


@pytest.mark.parametrize("case", cases("files"))
def test_a_file_that_is_no_case_is_refused_in_plain_words(case: dict[str, Any], command: Command):
    content = b"x" * case["repeat"] if "repeat" in case else case["text"].encode(case.get("encoding", "utf-8"))
    (command.folder / "case.yaml").write_bytes(content)
    place = f"case.yaml:{case['line']}" if case["line"] else "case.yaml"
    messages = [
        text
        for text in messages_of(command.refuses("case.yaml"))
        if text.startswith(f"{place}: ") and all(word in text for word in case["says"])
    ]
    assert messages
    if case.get("messages") != "any":
        assert len(messages_of(command.refuses("case.yaml"))) == 1


@pytest.mark.parametrize("case", cases("understood"))
def test_what_is_understood_is_the_same_case(case: dict[str, Any], tmp_path: Path, command: Command):
    written, meant = tiny_with(), tiny_with()
    if "in" in case:
        written, meant = tiny_with((case["in"], case["put"])), tiny_with((case["in"], case["as"]))
    content = written.replace("\n", case.get("ends", "\n")).encode(case.get("encoding", "utf-8"))
    assert read_text(tmp_path, content).input_hash == read_text(tmp_path, meant).input_hash
    (tmp_path / "case.yaml").write_bytes(content)
    status, out, err = command("check", "case.yaml")
    assert (status, err) == (0, "")
    assert "no mistakes found" in out


def test_what_is_no_file_is_refused(command: Command):
    folder = command.folder
    (folder / "folder.yaml").mkdir()
    (folder / "link.yaml").symlink_to(folder / "nowhere.yaml")
    os.mkfifo(folder / "pipe.yaml")
    for file, words in {
        "missing.yaml": "file not found",
        "folder.yaml": "is a folder",
        "link.yaml": "file not found",
        "/dev/zero": "is not a regular file",
        "x" * 300: "cannot be opened",
    }.items():
        (message,) = messages_of(command.refuses(file))
        assert words in message
    (folder / "pipe.yaml").unlink()


def test_a_file_that_may_not_be_read_is_refused(command: Command, monkeypatch: pytest.MonkeyPatch):
    (command.folder / "case.yaml").write_text(tiny_with(), encoding="utf-8")
    refuse = PermissionError(13, "Permission denied")
    real = os.open

    def denied(path: Any, *arguments: Any, **options: Any) -> int:
        if str(path).endswith("case.yaml"):
            raise refuse
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", denied)
    (message,) = messages_of(command.refuses("case.yaml"))
    assert "permission denied" in message
    assert "fix: ask for read permission" in message


def test_many_mistakes_are_told_at_once(command: Command):
    text = tiny_with(
        ("name: tiny", "name: a/b"),
        ("start: 2024-04", "start: 令和6年4月"),
        ("opening_cash: 3 bn JPY", "opening_cash: 3 bn"),
        ("discount_rate: 5 %", "discount_rate: 5"),
        ("power: 10 kW  # name plate", "power: 10200 kW"),
        ("retention: 3 years", "retenton: 3 years"),
        ("site: north", "site: nord"),
        ("capex: 200 m JPY", "capex: 2 m EUR"),
    )
    (command.folder / "case.yaml").write_text(text, encoding="utf-8")
    messages = messages_of(command.refuses("case.yaml"))
    fields = [message.split(": ")[1] for message in messages]
    assert fields == [
        "name", "calendar.start", "finance.opening_cash", "finance.discount_rate", "systems.cube.installation.power",
        "expansions.hall.site", "expansions.hall.capex", "programmes.grant.retenton",
    ]  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_a_process_of_its_own_says_the_same(verb: str, tmp_path: Path):
    text = tiny_with(("opening_cash: 3 bn JPY", "opening_cash: 3 bn"), ("pue: 1.2", "pue: high"))
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    before = standing(tmp_path)
    command_line = [sys.executable, "-m", "planner.cli", verb, "case.yaml", *VERBS[verb]]
    ended = subprocess.run(command_line, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (EXIT_BAD_INPUT, "")
    assert standing(tmp_path) == before
    told(ended.stderr, f"case.yaml:{line_of(text, 'opening_cash')}: finance.opening_cash", ["has no currency"])
    told(ended.stderr, f"case.yaml:{line_of(text, 'pue')}: sites.north.pue", ["the text 'high'"])


def test_an_unreadable_scenario_or_a_wrong_option_is_usage(command: Command):
    (command.folder / "case.yaml").write_text(tiny_with(), encoding="utf-8")
    before = standing(command.folder)
    for arguments in (("run", "case.yaml", "--scenario", "no-grnt"), ("run", "case.yaml", "--gap", "2")):
        status, out, err = command(*arguments)
        assert (status, out) == (EXIT_BAD_INPUT, "")
        assert err
    assert standing(command.folder) == before
