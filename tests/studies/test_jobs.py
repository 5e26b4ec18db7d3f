"""Jobs of any kind: the same records wherever they are done, kept under their question, and done once."""

from __future__ import annotations

import json
import multiprocessing
from contextlib import closing
from pathlib import Path

import pytest

from planner.errors import AuditError
from planner.studies.checkpoints import file_of, fingerprint
from planner.studies.jobs import Job, RunFailedError
from planner.studies.runs import all_records, records_of
from tests.studies.changed import engine
from tests.studies.numbers import Cube, DiesOnce, Refused, Slow, Square, Stuck, Unfound

NUMBERS = (0.1, 2.0, 1e-9, 7.0, 1 / 3)


def test_records_are_the_same_in_one_process_in_several_and_from_the_journal(tmp_path: Path) -> None:
    marks, journal = tmp_path / "marks", tmp_path / "journal"
    marks.mkdir(), journal.mkdir()
    jobs = [Square(number, marks) for number in NUMBERS]
    alone = all_records(jobs, engine())
    assert [record["square"] for record in alone] == [number**2 for number in NUMBERS]
    assert all_records(jobs, engine(workers=2)) == alone
    assert all_records(jobs, engine(journal=journal)) == alone
    assert {job.times for job in jobs} == {3}
    assert all_records(jobs, engine(journal=journal, workers=2)) == alone
    assert {job.times for job in jobs} == {3}
    assert alone[0]["pair"] == [0.1, {"negative": -0.1}]  # values that JSON has, from the first time on


def test_the_key_is_the_question_and_the_kind(tmp_path: Path) -> None:
    usual = engine(journal=tmp_path)
    jobs: list[Job] = [Square(1.0, tmp_path), Square(2.0, tmp_path), Cube(1.0, tmp_path)]
    assert len({fingerprint(job, usual) for job in jobs}) == 3
    assert fingerprint(jobs[0], usual) == fingerprint(Square(1.0, tmp_path / "elsewhere"), usual)
    assert fingerprint(jobs[0], usual) != fingerprint(jobs[0], engine(journal=tmp_path, versions={"planner": "next"}))
    assert len({file_of(job, usual) for job in jobs}) == 3


def test_a_file_that_was_changed_is_told_and_done_again(tmp_path: Path) -> None:
    job, keeper = Square(3.0, tmp_path), engine(journal=tmp_path)
    (first,) = all_records([job], keeper)
    path = file_of(job, keeper)
    assert path is not None
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"square": 9.0', b'"square": 8.0'))
    again = engine(journal=tmp_path)
    assert all_records([job], again) == [first]
    assert (again.unconfirmed, path.read_bytes()) == ({path}, whole)
    assert json.loads(whole)["square"] == 9.0
    all_records([job], engine(journal=tmp_path, secret=b"of another"))
    assert job.times == 3


def test_what_was_not_found_in_time_is_given_and_not_kept(tmp_path: Path) -> None:
    job = Unfound(1.0, tmp_path / "marks")
    job.marks.mkdir()
    journal = tmp_path / "journal"
    journal.mkdir()
    for times in (1, 2):
        (record,) = all_records([job], engine(journal=journal))
        assert (record["proven"], job.times, [*journal.iterdir()]) == (False, times, [])


def test_records_come_as_they_finish_and_each_is_kept_before_it_is_given(tmp_path: Path) -> None:
    marks, journal = tmp_path / "marks", tmp_path / "journal"
    marks.mkdir(), journal.mkdir()
    jobs: list[Job] = [Stuck(1.0, marks), Square(2.0, marks), Square(3.0, marks)]
    told: list[tuple[int, int, str]] = []
    keeper = engine(journal=journal, workers=2, told=lambda *said: told.append(said))
    with closing(records_of(jobs, keeper)) as records:
        for count, number in enumerate([1, 2], 1):
            assert next(records)[0] == number
            assert len([*journal.glob("[!.]*.json")]) == count
    assert not multiprocessing.active_children()  # that one was left before its end
    assert told == [(0, 3, ""), (1, 3, "square of 2"), (2, 3, "square of 3")]


def test_a_process_that_dies_takes_only_its_own_job(tmp_path: Path) -> None:
    jobs = [Slow(1.0, tmp_path), DiesOnce(2.0, tmp_path), Slow(3.0, tmp_path)]
    found = all_records(jobs, engine(workers=2))
    assert [record["square"] for record in found] == [1.0, 4.0, 9.0]
    assert [job.times for job in jobs] == [1, 2, 1]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_is_that_of_the_study_with_its_status(tmp_path: Path, workers: int) -> None:
    with pytest.raises(RunFailedError, match="square of 1: the figures do not agree") as failure:
        all_records([Refused(1.0, tmp_path), Square(2.0, tmp_path)], engine(workers=workers))
    assert failure.value.exit_status == AuditError.exit_status


def test_no_jobs_are_no_trouble() -> None:
    assert all_records([], engine(workers=2)) == []
