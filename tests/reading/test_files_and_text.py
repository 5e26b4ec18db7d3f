"""What is wrong with a file as a file, and with its text as YAML."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.reading.budget import read_case
from planner.reading.tree.nodes import plain
from planner.reading.tree.parse import parse_tree
from tests.places import TINY
from tests.reading.helpers import faults_of, read_text, said

TEXTS = [
    # what the file holds, the line that is named, words of the message
    ("", 1, ["the file is empty"]),
    ("# only a comment\n", 1, ["the file is empty"]),
    ("- a\n- b\n", 1, ["expected fields", "got a list"]),
    ("just text\n", 1, ["expected fields", "got a single value"]),
    ("a: 1\n---\nb: 2\n", 2, ["second document", "only one document"]),
    ("a: &x {b: 1}\nc: *x\n", 1, ["aliases are not supported", "remove the anchor"]),
    ("a: *x\n", 1, ["aliases are not supported", "write the value out"]),
    ("a: {b: 1}\nc:\n  <<: {d: 1}\n", 3, ["merge keys are not supported"]),
    ("a: !!python/object:os.system x\n", 1, ["tags are not allowed"]),
    ("a: ! x\n", 1, ["tags are not allowed"]),
    ("a:\n  b: 1\n\n\tc: 2\n", 4, ["tab in indentation at line 4", "spaces"]),
    ("a:\n\u3000b: 1\n", 2, ["full-width space in indentation at line 2"]),
    ("a：1\n", 1, ["full-width colon", "write `field: value`"]),
    ("a: 1\nb：2\nc: 3\n", 2, ["full-width colon"]),
    ("a: 1\nb: 2\na: 3\n", 3, ["duplicate key 'a' at lines 1 and 3"]),
    ("a: " + "[" * 100_000, 1, ["levels of nesting"]),
    ("a: " + "{b: " * 100_000, 1, ["levels of nesting"]),
    ("[a, b]: 1\n", 1, ["cannot be a key"]),
    ("a: b: c\n", 1, ["not valid YAML", "colon", "quotes"]),
    ("a:\n    b: 1\n  c: 2\n", 3, ["not valid YAML", "indentation"]),
    ("a: 'open\n", 1, ["not valid YAML", "close the quotes"]),
    ("a: [1, 2\n", 2, ["not valid YAML", "close the bracket"]),
    ("a: @b\n", 1, ["not valid YAML", "in quotes"]),
    ("a: x\u2028y\n", 1, ["invisible character U+2028"]),
    ("a: 1\nb: \x00\n", 2, ["invisible character U+0000"]),
    ("a:\n" + "".join(f"- {n}\n" for n in range(40_001)), 40_000, ["more than 40,000 values"]),
]


@pytest.mark.parametrize(("text", "line", "words"), TEXTS, ids=range(len(TEXTS)))
def test_text_is_refused_with_its_line(tmp_path: Path, text: str, line: int, words: list[str]):
    faults = faults_of(tmp_path, text)
    assert any(fault.place.line == line and all(word in said(fault) for word in words) for fault in faults), faults


def test_an_alias_bomb_is_refused_as_aliases_and_never_grows(tmp_path: Path):
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    faults = faults_of(tmp_path, "a0: &a0 [x]\n" + "\n".join(levels) + "\n")
    told = {fault.place.line for fault in faults if "aliases are not supported" in fault.found}
    assert told == set(range(1, 11))
    assert len(faults) < 200


def test_scalars_follow_yaml_1_2():
    text = "{a: yes, b: NO, c: on, d: 0777, e: 1:30, f: 2027-04-01, g: '1', h: 1_0, i: true, k: 1e3, l: 0x1F, m: .5}"
    root, faults = parse_tree(text, "x")
    assert faults == []
    assert plain(root) == {
        "a": "yes", "b": "NO", "c": "on", "d": "0777", "e": "1:30", "f": "2027-04-01",
        "g": "1", "h": "1_0", "i": True, "k": 1000.0, "l": "0x1F", "m": 0.5,
    }  # fmt: skip


def test_comments_become_sources_of_their_own_line_only():
    text = 'a: "x # y"  # one\nb:  # two\n  c: 日本  # three # four\nd: [1, 2]  # five\ne: 6#7\nf: |\n  # text\n'
    root, _ = parse_tree(text, "x")
    sources = {key: node.source for key, node in root.children()}
    assert sources == {"a": "one", "b": "two", "d": "five", "e": "", "f": ""}
    assert root.group["b"].group["c"].source == "three # four"
    assert [item.source for _, item in root.group["d"].children()] == ["five", "five"]


def test_a_group_stands_on_the_line_of_its_key():
    root, _ = parse_tree("a:\n\n  # more\n  b: 1\nc:\n- d: 2\n", "x")
    assert root.group["a"].place.line == 1
    assert root.group["a"].group["b"].place.line == 4
    assert root.group["c"].place.line == 5


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name: 計画\n".encode("cp932"), "Shift_JIS (cp932)"),
        ("name: 計画\n".encode("utf-32"), "UTF-32"),
        ("name: 計画\n".encode("utf-16")[:-1], "UTF-16, and damaged"),
        ("name: plan\n".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        ("name: 計画と東京\u3001半角\n".encode("euc_jp"), "not UTF-8 text; it may be EUC-JP"),
        ("name: plané\n".encode("latin-1"), "not UTF-8 text"),
        (b"name: \xff\xff\xff\n", "not UTF-8 text"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_bytes_that_are_no_case_file(tmp_path: Path, content: bytes, words: str):
    (fault,) = faults_of(tmp_path, content)
    assert words in fault.found


@pytest.mark.skipif(shutil.which("iconv") is None, reason="there is no iconv here")
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_the_remedy_for_another_encoding_is_a_command_that_works(tmp_path: Path, encoding: str):
    text = TINY.read_text(encoding="utf-8").replace("One of everything", "計画と東京、半角ではない表記")
    (fault,) = faults_of(tmp_path, text.encode(encoding))
    commands = [command for command in re.split("; or: |or run: ", fault.remedy) if command.startswith("iconv")]
    outcomes = []
    for command in commands:
        converted = subprocess.run(command, shell=True, cwd=tmp_path, check=False, capture_output=True)
        outcomes.append(converted.returncode == 0 and (tmp_path / "case-utf8.yaml").read_text(encoding="utf-8") == text)
    assert any(outcomes), fault


def test_a_folder_that_plan_init_made_names_the_case_in_it(tmp_path: Path) -> None:
    (tmp_path / "budget.yaml").write_text("name: mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"is a folder\n.*\n    fix: did you mean .*budget.yaml\?"):
        read_case(tmp_path)


@pytest.mark.parametrize(
    ("name", "words"), [("missing.yaml", "file not found"), (".", "is a folder"), ("/dev/zero", "not a regular file")]
)
def test_paths_that_are_no_file(tmp_path: Path, name: str, words: str):
    with pytest.raises(InputError, match=words):
        read_case(tmp_path / name)


def test_a_dangling_link_and_a_pipe_are_no_file(tmp_path: Path):
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(InputError, match="file not found"):
        read_case(tmp_path / "link.yaml")
    with pytest.raises(InputError, match="not a regular file"):
        read_case(tmp_path / "pipe.yaml")


def test_permission_denied_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def denied(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(InputError, match="permission denied"):
        read_case(tmp_path / "case.yaml")


def test_byte_order_mark_and_line_ends_do_not_change_the_hash(tmp_path: Path):
    text = TINY.read_text(encoding="utf-8")
    expected = read_text(tmp_path, text).input_hash
    for variant in (
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        b"\xfe\xff" + text.encode("utf-16-be"),
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
    ):
        assert read_text(tmp_path, variant).input_hash == expected
