"""The command as a user runs it: real processes, exit statuses, streams, and what stands on the disk afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from planner import cli
from planner.starter import examples, write_starter
from tests import loaded
from tests.places import INPUTS, TINY


def plan(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end."""
    return loaded.run(*arguments, cwd=cwd, COLUMNS="100", **environment)


def started(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, started as a user starts it: with libraries to load and hashes of its own."""
    return subprocess.run(
        [sys.executable, "-m", "planner.cli", *arguments],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "100", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def standing(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def test_a_budget_file_becomes_a_plan_in_the_terminal_a_workbook_and_a_summary(tiny: Path) -> None:
    result = started("tiny.yaml", cwd=tiny.parent)
    assert result.returncode == 0, result.stderr
    assert "net present value" in result.stdout
    assert "limits and every JPY rechecked" in " ".join(result.stdout.split())
    assert result.stderr == ""
    book = openpyxl.load_workbook(tiny.parent / "outputs/tiny/plan.xlsx")
    assert book.sheetnames[0] == "Cover"
    summary = json.loads((tiny.parent / "outputs/tiny/plan.json").read_text(encoding="utf-8"))
    assert summary["proof"]["limits_broken"] == 0
    assert summary["decisions"]["order"]


def test_the_same_input_gives_the_same_bytes(tiny: Path) -> None:
    for folder in ("one", "two"):
        assert started("tiny.yaml", "--output", folder, "--quiet", cwd=tiny.parent).returncode == 0
    for name in ("plan.xlsx", "plan.json", "plan.html"):
        assert (tiny.parent / "one" / name).read_bytes() == (tiny.parent / "two" / name).read_bytes()


def test_json_goes_to_stdout_and_nothing_else_does(tiny: Path) -> None:
    result = plan("tiny.yaml", "--json", cwd=tiny.parent)
    assert json.loads(result.stdout)["case"] == "tiny"
    written = (tiny.parent / "outputs/tiny/plan.json").read_text(encoding="utf-8")
    assert result.stdout == written


def test_quiet_prints_nothing(tiny: Path) -> None:
    result = plan("tiny.yaml", "--quiet", cwd=tiny.parent)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_no_color_is_respected(tiny: Path) -> None:
    plain = plan("tiny.yaml", cwd=tiny.parent, NO_COLOR="1", FORCE_COLOR="")
    assert "\x1b[3" not in plain.stdout
    assert "\x1b[3" in plan("tiny.yaml", cwd=tiny.parent, FORCE_COLOR="1", NO_COLOR="").stdout


def test_a_workbook_that_is_planned_again_stays_in_its_language(tiny: Path) -> None:
    def first_sheet(*arguments: str) -> str:
        assert plan(*arguments, "--gap", "50%", "--quiet", "--output", "out", cwd=tiny.parent).returncode == 0
        return str(openpyxl.load_workbook(tiny.parent / "out/plan.xlsx", read_only=True).sheetnames[0])

    japanese = first_sheet("tiny.yaml", "--language", "ja")
    assert first_sheet("out/plan.xlsx") == japanese != "Cover"
    assert first_sheet("out/plan.xlsx", "--language", "en") == "Cover"
    assert first_sheet("out/plan.xlsx") == "Cover"
    assert first_sheet("out/plan.xlsx", "--language", "ja") == japanese


def test_a_scenario_has_a_folder_of_its_own(tiny: Path) -> None:
    assert plan("tiny.yaml", "--scenario", "no-grant", "--quiet", cwd=tiny.parent).returncode == 0
    summary = json.loads((tiny.parent / "outputs/tiny/no-grant/plan.json").read_text(encoding="utf-8"))
    assert summary["scenario"] == "no-grant"
    assert summary["headline"]["grants"] == 0


def test_the_objective_of_the_command_is_the_objective_of_the_plan(tiny: Path) -> None:
    result = plan("tiny.yaml", "--objective", "compute", "--json", cwd=tiny.parent)
    proof = json.loads(result.stdout)["proof"]
    assert (proof["objective"], proof["unit"]) == ("compute", "PFLOPS-hours")


FIVE_MISTAKES = {
    "period: quarter": ("period: quartet", "quarter"),
    "opening_cash: 3 bn JPY  # balance sheet": ("opening_cash: 3000000000", "unit"),
    "    system: cube\n    supplier": ("    system: cubes\n    supplier", "'cube'"),
    "pue: 1.2": ("pue: 12", "3"),
    "rate: 50 %": ("rate: 50", "50 %"),
}
"""What is right, what is put there instead, and what the remedy must mention."""


def test_check_prints_all_five_mistakes_each_with_line_and_remedy(tiny: Path) -> None:
    text = tiny.read_text(encoding="utf-8")
    for right, (wrong, _) in FIVE_MISTAKES.items():
        assert right in text, right
        text = text.replace(right, wrong)
    tiny.write_text(text, encoding="utf-8")
    before = standing(tiny.parent)
    for verb in (["check"], []):
        result = plan(*verb, "tiny.yaml", cwd=tiny.parent)
        assert result.returncode == 2
        assert result.stdout == ""
        assert result.stderr.startswith("5 mistakes")
        lines = text.splitlines()
        for wrong, hint in FIVE_MISTAKES.values():
            number = next(n for n, line in enumerate(lines, start=1) if line.strip() == wrong.splitlines()[0].strip())
            message = next(part for part in result.stderr.split("tiny.yaml:") if part.startswith(f"{number}:"))
            assert hint in message, message
        assert standing(tiny.parent) == before


def test_check_says_what_a_good_file_holds(tiny: Path) -> None:
    result = plan("check", "tiny.yaml", cwd=tiny.parent)
    assert result.returncode == 0
    assert "no mistakes found" in result.stdout


def test_a_missing_file_is_one_message(tmp_path: Path) -> None:
    result = plan("nowhere.yaml", cwd=tmp_path)
    assert result.returncode == 2
    assert "nowhere.yaml" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_impossible_case_says_why_and_writes_nothing(tiny: Path) -> None:
    text = tiny.read_text(encoding="utf-8")
    tiny.write_text(text.replace("minimum_cash: 100 m JPY", "minimum_cash: 30 bn JPY"), encoding="utf-8")
    before = standing(tiny.parent)
    result = plan("tiny.yaml", cwd=tiny.parent)
    assert result.returncode == 1
    assert "No plan exists" in result.stderr
    line = next(n for n, words in enumerate(tiny.read_text(encoding="utf-8").splitlines(), 1) if "30 bn" in words)
    assert f"tiny.yaml:{line}: finance.minimum_cash: at least 30 bn JPY must be left" in result.stderr
    assert standing(tiny.parent) == before


def test_no_time_is_no_answer(tiny: Path) -> None:
    before = standing(tiny.parent)
    result = plan("tiny.yaml", "--time-limit", "0", cwd=tiny.parent)
    assert result.returncode == 3
    assert standing(tiny.parent) == before


def test_a_folder_that_cannot_be_written_is_said(tiny: Path) -> None:
    (tiny.parent / "taken").write_text("a file", encoding="utf-8")
    result = plan("tiny.yaml", "--output", "taken", cwd=tiny.parent)
    assert result.returncode == 4
    assert "taken" in result.stderr
    assert (tiny.parent / "taken").read_text(encoding="utf-8") == "a file"


def test_init_writes_a_case_that_plans(tmp_path: Path) -> None:
    assert plan("init", "mine", cwd=tmp_path).returncode == 0
    assert standing(tmp_path / "mine") == {"budget.yaml", "hardware.yaml", "case.schema.json"}
    assert plan("check", "mine/budget.yaml", cwd=tmp_path).returncode == 0
    result = plan("mine/budget.yaml", "--gap", "0.01", cwd=tmp_path)
    assert result.returncode == 0, result.stderr


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "budget.yaml").write_text("mine", encoding="utf-8")
    result = plan("init", ".", cwd=tmp_path)
    assert result.returncode == 2
    assert "budget.yaml" in result.stderr
    assert standing(tmp_path) == {"budget.yaml"}
    assert (tmp_path / "budget.yaml").read_text(encoding="utf-8") == "mine"


def test_every_reference_case_can_be_had_by_its_name_and_is_found_good(tmp_path: Path) -> None:
    known = examples()
    assert {"sakura-2024", "microsoft-japan", "meti-pool"} < set(known)
    for name in known:
        write_starter(tmp_path / "theirs", name)
    assert standing(tmp_path / "theirs") == {
        "hardware.yaml", "case.schema.json", "facts.csv", *(f"{name}.yaml" for name in known)
    }  # fmt: skip
    assert (tmp_path / "theirs" / "sakura-2024.yaml").read_bytes() == (INPUTS / "sakura-2024.yaml").read_bytes()
    assert plan("check", "theirs/sakura-2024.yaml", cwd=tmp_path).returncode == 0
    told = plan("init", "pool", "--example", "meti-pool", cwd=tmp_path).stdout.splitlines()
    assert told[-1].endswith(f"plan pool {Path('pool', 'meti-pool.yaml')}")
    assert plan("pool", "pool/meti-pool.yaml", "--check", cwd=tmp_path).returncode == 0


def test_an_example_that_is_not_there_or_stands_there_already_is_refused(tmp_path: Path) -> None:
    result = plan("init", "mine", "--example", "sakura-2042", cwd=tmp_path)
    assert result.returncode == 2
    assert "did you mean 'sakura-2024'?" in result.stderr
    assert "microsoft-japan" in result.stderr
    (tmp_path / "hardware.yaml").write_text("mine", encoding="utf-8")
    result = plan("init", ".", "--example", "sakura-2024", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.count("stands there already") == 1
    assert standing(tmp_path) == {"hardware.yaml"}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["plan", "com"], ["compare"]),
        (["plan", "budget.yaml", "--lang"], ["--language"]),
        (["plan", "budget.yaml", "--tables", ""], ["csv", "parquet"]),
        (["plan", "compare", "budget.yaml", "--cl"], ["--cluster"]),
        (["plan", "init", "mine", "--example", "sak"], ["sakura-2024"]),
        (["plan", "budg"], []),  # a file: the shell itself looks for it
    ],
)
def test_a_shell_completes_half_a_line(tmp_path: Path, words: list[str], offered: list[str]) -> None:
    asked = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1), "_PLAN_COMPLETE": "complete_bash"}
    result = started(cwd=tmp_path, **asked)
    assert (result.returncode, result.stdout.split(), result.stderr) == (0, offered, "")


LIBRARIES = (
    "highspy", "numpy", "openpyxl", "pandas", "pulp", "pydantic", "rich", "scipy", "xlsxwriter", "yaml",
)  # fmt: skip
CAPTURED = "import io; sys.stdout, sys.stderr = io.StringIO(), io.StringIO(); "
"""Who collects what is printed has the work done in his own process: there is no other one whose modules go unseen."""


@pytest.mark.parametrize(
    ("arguments", "before", "loaded"),
    [
        (["--help"], "", []),
        (["check", str(TINY)], "", ["pydantic", "yaml"]),
        # the process that watches: the command's own library reads options by pydantic; the worker, a fork, inherits it
        ([str(TINY), "--output", "here"], "", ["pydantic"]),
        (
            [str(TINY), "--output", "here"],
            CAPTURED,
            ["highspy", "numpy", "pulp", "pydantic", "rich", "xlsxwriter", "yaml"],
        ),
    ],
    ids=["help", "check", "watch", "work"],
)
def test_no_library_is_loaded_that_a_verb_does_not_need(
    tmp_path: Path, arguments: list[str], before: str, loaded: list[str]
) -> None:
    script = (
        f"import sys; sys.argv = ['plan', *{arguments}]; {before}\n"
        "try:\n import planner.cli; planner.cli.main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        f"print([name for name in {LIBRARIES} if name in sys.modules], file=sys.__stderr__)"
    )
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    assert result.stderr.splitlines()[-1] == str(loaded)


def test_a_reader_that_stops_reading_is_no_crash(tiny: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "planner.cli", "tiny.yaml", "--json"],
        cwd=tiny.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.wait(timeout=60)
    process.stderr.close()
    assert b"Traceback" not in errors


def test_a_defect_is_one_message_and_a_traceback_only_for_those_who_ask() -> None:
    script = (
        "import sys\nimport planner.reading.budget as module\n"
        "def broken(*_, **__): raise ZeroDivisionError('planted')\n"
        "module.read_case = broken\n"
        "sys.argv = ['plan', 'check', 'any.yaml', *sys.argv[1:]]\n"
        "import planner.cli; planner.cli.main()"
    )
    for arguments, traced in (([], False), (["--debug"], True)):
        command = [sys.executable, "-c", script, *arguments]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert result.returncode == 1
        assert "ZeroDivisionError: planted" in result.stderr
        assert ("Traceback" in result.stderr) == traced


WRONG_USAGE = {
    # what is typed: what is said, in this order
    "run --nonsense tiny.yaml": ["plan run: there is no option --nonsense", "--time-limit", "`plan run --help`"],
    "tiny.yaml --scenaro x": ["there is no option --scenaro", "did you mean '--scenario'?"],
    "tiny.yaml --scenario": ["--scenario: stands without a value", "write a value behind"],
    "check": ["plan check: BUDGET is missing", "A case file", "write `plan check BUDGET ...`"],
    "chek": ["'chek' is neither a verb nor a file", "run, check", "did you mean 'check'?"],
    "chek tiny.yaml": ["'chek' is neither a verb nor a file", "did you mean 'check'?"],
    "xyz": ["'xyz' is neither a verb nor a file", "check the path of the file"],
    "tiny.yaml no-grant": ["'no-grant' is too much", "write --scenario no-grant"],
    "tiny.yaml --gap 7": ["--gap: 7 is more than the whole", "a share between 0 and 1", "did you mean 7 %?"],
    "tiny.yaml --gap 1.5": ["--gap: 1.5 is more than the whole", "did you mean 1.5 %?"],
    "pool tiny.yaml --gap small": ["plan pool: --gap: 'small' is not a number", "between 0 % and 100 %"],
    "alternatives tiny.yaml --within 30": [
        "plan alternatives: --within: 30 is more than the whole",
        "did you mean 30 %?",
    ],
    "tiny.yaml --gap nan": ["--gap: nan is not a finite number"],
    "tiny.yaml --objective npvv": [
        "'npvv' is none of its values",
        "npv, equity, compute or cost",
        "did you mean 'npv'?",
    ],
    "tiny.yaml --language jp": ["'jp' is none of its values", "en or ja"],
    "tiny.yaml --time-limit 5min": ["'5min' is not a number", "Seconds", "write the number alone"],
    "tiny.yaml --time-limit -1": ["--time-limit: -1 is out of range", "0 or more"],
    "compare tiny.yaml --workers 1.5": ["'1.5' is not a whole number", "one a core"],
    "frontier tiny.yaml": ["--vary is missing", "Input by path", "write `plan frontier --vary ...`"],
}


@pytest.mark.parametrize("typed", WRONG_USAGE)
def test_wrong_usage_is_one_message_in_the_voice_of_all_others(
    typed: str, tiny: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tiny.parent)
    monkeypatch.setattr(sys, "argv", ["plan", *typed.split()])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capfd.readouterr()
    assert (ended.value.code, printed.out) == (2, "")
    head, *lines = printed.err.splitlines()
    assert head == "1 mistake in the command:"
    assert lines[0].startswith("plan")
    assert all(line.startswith(("    allowed: ", "    fix: ")) for line in lines[1:])
    where = [printed.err.find(words) for words in WRONG_USAGE[typed]]
    assert -1 not in where, printed.err
    assert where == sorted(where)
    assert standing(tiny.parent) == {"tiny.yaml"}


def test_wrong_usage_of_a_process_of_its_own_says_the_same(tmp_path: Path) -> None:
    result = started("chek", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("1 mistake in the command:\nplan: 'chek' is neither a verb nor a file")


def test_without_arguments_the_command_says_what_it_can_do(tmp_path: Path) -> None:
    result = plan(cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: plan ")


def test_a_share_is_written_as_in_a_case_file(tiny: Path) -> None:
    answers = [plan("tiny.yaml", "--json", "--gap", gap, cwd=tiny.parent) for gap in ("0.25", "25%", "1/4")]
    assert [one.returncode for one in answers] == [0, 0, 0]
    assert {json.loads(one.stdout)["options"]["gap"] for one in answers} == {"0.25"}


def test_any_code_page_will_do(tiny: Path) -> None:
    for encoding in ("cp932", "cp1252", "ascii"):
        result = subprocess.run(
            [sys.executable, "-m", "planner.cli", "tiny.yaml"],
            cwd=tiny.parent,
            env={**os.environ, "PYTHONIOENCODING": encoding},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        assert b"net present value" in result.stdout
