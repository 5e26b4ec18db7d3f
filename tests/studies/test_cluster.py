"""Runs on a real cluster: the same bytes as in one process, whoever dies or is stopped; strangers are refused."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from planner.errors import AuditError, InputError
from planner.studies.cluster import cluster as client_side
from planner.studies.cluster import connection
from planner.studies.cluster.address import ClusterAddress, address_of
from planner.studies.cluster.cluster import Cluster
from planner.studies.cluster.connection import ClusterError, cluster_at
from planner.studies.cluster.identity import Identity, identity
from planner.studies.cluster.worker import Stranger, refusal
from planner.studies.jobs import Job, RunFailedError
from planner.studies.runs import all_records, records_of, run_all
from planner.studies.tasks import Engine
from tests.cases.toy import programme
from tests.pool.pools import written
from tests.pool.test_command import toys
from tests.studies.budgets import budget, command, environment
from tests.studies.changed import engine
from tests.studies.clusters import OwnCluster, end, is_running, own_cluster, until
from tests.studies.numbers import AlwaysDies, Broken, DiesOnce, Refused, Slow, Square, Stuck
from tests.studies.test_checkpoints import tasks
from tests.studies.test_stress import FUTURES

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are started and killed as POSIX has it")

RATES = {f"rate-{percent}": {"programmes.half.rate": f"{percent} %"} for percent in range(10, 60, 10)}
MANY = {f"rate-{percent}": {"programmes.half.rate": f"{percent} %"} for percent in range(10, 60, 3)}
"""So many that a study is still at work when it is stopped after the first of them, however fast the machine is."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnCluster]:
    with own_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def opened(own: OwnCluster) -> Iterator[Cluster]:
    with cluster_at(ClusterAddress(own.address), time_limit=60, told=lambda _: None) as cluster:
        until(lambda: number_of_workers(cluster) == 2)
        yield cluster


def number_of_workers(cluster: Cluster) -> int:
    return len(workers_of(cluster))


def workers_of(cluster: Cluster) -> set[str]:
    """Their addresses."""
    return {*cluster._client.nthreads()}


def on(cluster: Cluster, **terms: Any) -> Engine:
    return engine(pool=cluster, apart=True, **terms)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tpc://node7:8786", "fix: did you mean 'tcp'"),
        ("node7:8786", "prints its address as it starts"),
        ("tcp://node7", "such as tcp://node7:8786"),
        ("tcp://node7:99999", "such as tcp://node7:8786"),
        ("tcp://:8786", "such as tcp://node7:8786"),
        ("http://node7:8786", "allowed: tcp://HOST:PORT or tls://HOST:PORT"),
        ("local:0", "a whole number N from 1 to 512"),
        ("local:many", "such as local:4"),
        ("local:8786", "from 1 to 512"),
        ("local", "such as local:4"),
        ("local:²", "such as local:4"),
        ("", "is no address of a cluster"),
    ],
)
def test_a_bad_address_is_refused_with_what_is_allowed(text: str, words: str) -> None:
    with pytest.raises(InputError, match="plan: --cluster: ") as refused:
        address_of(text)
    assert words in str(refused.value)


def test_addresses_that_can_be_meant() -> None:
    assert address_of(" local:12 ") == ClusterAddress(workers=12)
    assert address_of("tcp://[::1]:8786/").host_and_port == ("::1", 8786)
    assert address_of("tls://node-7.example.org:443").scheduler == "tls://node-7.example.org:443"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--cluster", "tpc://x:1"), "plan: --cluster: 'tpc://x:1' is no address of a cluster"),
        (("--cluster", "local:2", "--workers", "2"), "plan: --workers: stands beside --cluster"),
        (("--cluster", "tcp://127.0.0.1:1"), "no scheduler can be reached at tcp://127.0.0.1:1: Connection refused"),
    ],
)
def test_the_command_refuses_and_writes_nothing(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    budget(tmp_path, RATES, programmes={"half": programme(0.5)})
    result = command(tmp_path, "compare", "toy.yaml", *options)
    assert (result.returncode, result.stdout) == (2, "")
    assert words in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["toy.yaml"]


@pytest.mark.parametrize("banner", [b"", b"SSH-2.0-OpenSSH_9.9\r\n"], ids=["silent", "another service"])
def test_what_is_no_scheduler_is_refused_in_time(monkeypatch: pytest.MonkeyPatch, banner: bytes) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def serve() -> None:
            line, _ = server.accept()
            line.sendall(banner)
            time.sleep(0.5)
            line.close()

        serving = threading.Thread(target=serve)
        serving.start()
        with pytest.raises(ClusterError, match=f"at tcp://127.0.0.1:{port}: (no answer after|what answers)"):
            opened_at(f"tcp://127.0.0.1:{port}")
        serving.join()


def opened_at(address: str) -> None:
    with cluster_at(address_of(address), time_limit=1, told=lambda _: None):
        raise AssertionError


def test_without_the_extra_there_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"here: distributed; nothing was begun.\n.*planner\[cluster\]") as refused:
        opened_at("local:1")
    assert refused.value.exit_status == 2


def test_records_are_those_of_one_process_and_errors_too(opened: Cluster, tmp_path: Path) -> None:
    jobs: list[Job] = [Square(number, tmp_path) for number in (0.1, 1e-9, 1 / 3, *range(2, 30))]
    told: list[tuple[int, int, str]] = []
    found = all_records(jobs, on(opened, told=lambda *said: told.append(said)))
    assert found == all_records(jobs, engine())
    assert [(done, of) for done, of, _ in told] == [(done, len(jobs)) for done in range(len(jobs) + 1)]
    with pytest.raises(RunFailedError, match="square of 1: the figures do not agree") as failure:
        all_records([Refused(1.0, tmp_path), *jobs], on(opened))
    assert failure.value.exit_status == AuditError.exit_status
    with pytest.raises(RuntimeError, match="a defect"):
        all_records([Broken(1.0, tmp_path)], on(opened))


def test_plans_are_those_of_one_process(opened: Cluster) -> None:
    assert run_all(tasks(), on(opened)) == run_all(tasks(), engine())


def test_a_worker_that_is_killed_has_its_jobs_done_again(opened: Cluster, tmp_path: Path) -> None:
    jobs = [Slow(float(number), tmp_path) for number in range(8)]
    found = {}
    with closing(records_of(jobs, on(opened))) as records:
        for number, record in records:
            if not found:  # whoever is at work now is killed in the middle of it
                latest = max(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)
                os.kill(int(latest.name.rpartition("-")[2]), signal.SIGKILL)
            found[number] = record
    assert [found[number]["square"] for number in range(8)] == [number**2 for number in range(8)]
    assert sum(job.times for job in jobs) > len(jobs)


def test_a_job_that_kills_its_worker_is_tried_again(opened: Cluster, tmp_path: Path) -> None:
    others = [Square(float(number), tmp_path) for number in range(4, 34)]  # some are done, and lost with the worker
    found = all_records([*others, DiesOnce(2.0, tmp_path), Slow(3.0, tmp_path)], on(opened))
    assert [record["square"] for record in found] == [*(number**2 for number in range(4, 34)), 4.0, 9.0]


def test_a_job_that_always_kills_its_worker_is_an_error_and_no_other_is_blamed(opened: Cluster, tmp_path: Path) -> None:
    jobs = [Slow(1.0, tmp_path), AlwaysDies(2.0, tmp_path), Slow(3.0, tmp_path), Slow(4.0, tmp_path)]
    with pytest.raises(RunFailedError, match=r"^square of 2: every worker of .* died, perhaps for want of memory$"):
        all_records(jobs, on(opened))


def test_a_job_that_heeds_no_limit_is_ended_with_its_worker(
    opened: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_side, "GRACE_SECONDS", 0.3)
    monkeypatch.setattr(opened, "_time_limit", 0.2)
    before = workers_of(opened)
    (record, other) = all_records([Stuck(1.0, tmp_path), Square(2.0, tmp_path)], on(opened))
    assert record["proven"] is False
    assert "did not end at its time limit of 0.2 s" in record["message"]
    assert other["square"] == 4.0
    until(lambda: len(workers_of(opened)) == len(before) and workers_of(opened) != before)  # another took its place


def test_a_job_that_nobody_wants_any_more_is_ended(opened: Cluster, tmp_path: Path) -> None:
    with closing(records_of([Stuck(1.0, tmp_path), Square(2.0, tmp_path)], on(opened))) as records:
        assert next(records)[0] == 1
        until(lambda: [*tmp_path.glob("1-*")])
    (mark,) = tmp_path.glob("1-*")
    until(lambda: not psutil.pid_exists(int(mark.name.rpartition("-")[2])), 20)
    assert all_records([Slow(float(number), tmp_path) for number in range(3, 6)], on(opened))


def test_another_program_is_refused_by_name_with_both_versions(
    own: OwnCluster, opened: Cluster, tmp_path: Path
) -> None:
    preload = tmp_path / "older.py"
    preload.write_text(
        "from planner.studies.cluster import identity, worker\n"
        "mine = worker._here()\n"
        "older = identity.Identity('0' * 64, {**mine.versions, 'highspy': '1.14.0'})\n"
        "worker._here = lambda: older\n"
    )
    older = own.worker("--nthreads", "1", "--name", "older", "--preload", str(preload))
    try:
        until(lambda: number_of_workers(opened) == 3)
        words = refused_by(own.address)
        here = identity().versions["highspy"]
        assert "the worker older at tcp://127.0.0.1:" in words
        assert f"highspy 1.14.0 there and {here} here" in words
        assert "of other files, 00000000 there and" in words
    finally:
        end(older)
    until(lambda: number_of_workers(opened) == 2)


def refused_by(address: str) -> str:
    try:
        with cluster_at(ClusterAddress(address), time_limit=1, told=lambda _: None):
            return ""
    except ClusterError as error:
        return str(error)


def test_a_worker_that_joins_later_is_looked_at_as_well(
    opened: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = replace(identity(), versions={**identity().versions, "python": "3.99"})
    monkeypatch.setattr(opened, "_identity", another)
    with pytest.raises(RunFailedError, match=r"the worker tcp://\S+ has another program: python .* here"):
        all_records([Square(1.0, tmp_path)], on(opened))
    assert not [*tmp_path.iterdir()]


def test_a_worker_with_several_threads_is_refused() -> None:
    mine = Identity("1" * 64, {"planner": "1"})
    assert refusal(Stranger("w", mine, 1), mine) == ""
    assert "--nworkers 4 --nthreads 1" in refusal(Stranger("w", mine, 4), mine)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What one process writes without being disturbed."""
    folder = tmp_path_factory.mktemp("alone")
    budget(folder, MANY, programmes={"half": programme(0.5)})
    result = command(folder, "compare", "toy.yaml", "--workers", "1", "--output", "alone")
    assert result.returncode == 0, result.stderr
    return (folder / "alone/compare.json").read_bytes()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_stopped_study_goes_on_to_the_same_bytes(
    own: OwnCluster, alone: bytes, tmp_path: Path, number: signal.Signals
) -> None:
    budget(tmp_path, MANY, programmes={"half": programme(0.5)})
    where = ["--cluster", own.address] if number == signal.SIGINT else ["--cluster", "local:1"]
    process = started(tmp_path, *where)
    journal = tmp_path / "out/journal"
    until(lambda: journal.exists() and [*journal.glob("[!.]*.json")])
    family = psutil.Process(process.pid).children(recursive=True)
    assert bool(family) == (number == signal.SIGTERM)
    os.killpg(process.pid, number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (128 + number, "")
    assert "kept in out/journal: the same command goes on from there" in err
    until(lambda: not any(is_running(one) for one in family), 10)
    kept = {path: path.read_bytes() for path in journal.glob("[!.]*.json")}
    again = command(tmp_path, "compare", "toy.yaml", "--cluster", own.address, "--output", "out")
    assert (again.returncode, again.stderr) == (0, "")
    assert (tmp_path / "out/compare.json").read_bytes() == alone
    assert {path: path.read_bytes() for path in kept} == kept


FRONTIER = ["frontier", "toy.yaml", "--vary", "programmes.half.rate", "--from", "0", "--to", "90%", "--points", "3"]


STRESS = ["stress", "toy.yaml", "--samples", "8", "--replan"]


@pytest.mark.parametrize("study", [FRONTIER, STRESS, ["pool", "pool.yaml"]], ids=lambda study: study[0])
def test_other_studies_write_the_same_bytes(own: OwnCluster, tmp_path: Path, study: list[str]) -> None:
    budget(tmp_path, programmes={"half": programme(0.5)}, futures=FUTURES)
    written(tmp_path, toys())
    results = [
        command(tmp_path, *study, *where, "--output", folder)
        for folder, where in (("alone", []), ("out", ["--cluster", own.address]))
    ]
    assert [result.returncode for result in results] == [0, 0], results[1].stderr
    files = sorted(path.relative_to(tmp_path / "alone") for path in (tmp_path / "alone").rglob("*.*"))
    assert len(files) >= 2
    for file in files:
        if "journal" not in file.parts:
            assert (tmp_path / "alone" / file).read_bytes() == (tmp_path / "out" / file).read_bytes(), file


def started(folder: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "planner.cli", "compare", "toy.yaml", "--output", "out", *options],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_a_local_cluster_goes_with_whoever_is_killed(tmp_path: Path) -> None:
    budget(tmp_path, RATES, programmes={"half": programme(0.5)})
    process = started(tmp_path, "--cluster", "local:1")
    until((tmp_path / "out/journal").exists)  # now all of it is there
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    until(lambda: not any(is_running(one) for one in family), 20)


def test_a_record_that_is_lost_for_good_is_not_waited_for(
    opened: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        time.sleep(0.1)
        raise TimeoutError

    monkeypatch.setattr(client_side, "WITHOUT_WORKERS_SECONDS", 0.3)
    monkeypatch.setattr(opened, "_answer", lost)
    monkeypatch.setattr(opened, "_workers", lambda: 0)
    with pytest.raises(RunFailedError, match="has had no worker"):
        all_records([Square(1.0, tmp_path)], on(opened))


def test_a_scheduler_that_goes_away_is_told_and_a_cluster_without_workers_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_side, "WITHOUT_WORKERS_SECONDS", 0.5)
    monkeypatch.setattr(client_side, "COUNT_SECONDS", 0.2)
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 2.0)  # also what Dask takes to give a scheduler up
    cluster = OwnCluster(tmp_path)
    try:
        with cluster_at(ClusterAddress(cluster.address), time_limit=1, told=lambda _: None) as opened:
            with pytest.raises(RunFailedError, match=r"no worker for 0.5 s(.|\n)*--nthreads 1") as failed:
                all_records([AlwaysDies(1.0, tmp_path)], on(opened))
            assert failed.value.exit_status == 3
            cluster.end()
            monkeypatch.setattr(client_side, "WITHOUT_WORKERS_SECONDS", 60.0)
            with pytest.raises(RunFailedError, match="is gone; the same command goes on"):
                all_records([AlwaysDies(1.0, tmp_path)], on(opened))
    finally:
        cluster.end()
