"""A process that dies, and memory that runs out: it is said, and a plan that was found is brought home."""

from __future__ import annotations

from pathlib import Path

from tests.faults.faulty import RELAXED, SETTLE, Faulty, holds_a_whole_plan, posix_only


@posix_only
def test_a_killed_worker_is_said_to_be_and_nothing_is_written(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out/plan.xlsx").write_text("an earlier plan")
    status, out, err = Faulty(folder, {RELAXED: "kill"}).ended()
    assert (status, out) == (3, "")
    assert "most likely for want of memory" in err
    assert f"left from an earlier one: {Path('out/plan.xlsx')}" in err
    assert (folder / "out/plan.xlsx").read_text() == "an earlier plan"


@posix_only
def test_the_plan_of_a_killed_worker_is_brought_home(folder: Path) -> None:
    status, out, err = Faulty(folder, {SETTLE: "kill"}).ended()
    assert status == 3
    assert "most likely for want of memory" in err
    assert "net present value" in out
    assert holds_a_whole_plan(folder)


def test_memory_that_runs_out_is_no_defect(folder: Path) -> None:
    status, out, err = Faulty(folder, {"planner.planning:build": "memory"}).ended()
    assert (status, out) == (3, "")
    assert err == (
        "there is too little memory for this (close other programs, plan on a larger machine, or take longer periods); "
        "no plan had been found, and nothing was written\n"
    )


def test_the_plan_of_a_worker_that_has_no_more_memory_is_brought_home(folder: Path) -> None:
    status, out, err = Faulty(folder, {SETTLE: "memory"}).ended()
    assert status == 3
    assert err.startswith("there is too little memory for this (")
    assert "; the best plan found until then:" in err
    assert "net present value" in out
    assert holds_a_whole_plan(folder)
