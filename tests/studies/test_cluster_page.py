"""The commands of docs/cluster.md that need no other machine are run as they stand, and give the same bytes."""

from __future__ import annotations

import ast
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cases.toy import programme
from tests.pages import blocks
from tests.studies.budgets import budget, command, environment
from tests.studies.clusters import DASK

PAGE = "cluster.md"
COMMANDS = blocks(PAGE, "sh")


@pytest.mark.skipif(os.name != "posix", reason="the commands are those of a POSIX shell")
def test_the_commands_give_the_same_bytes(tmp_path: Path) -> None:
    here, own, *elsewhere = COMMANDS
    assert len(elsewhere) == 3  # on SLURM and on Kubernetes
    assert here == "plan compare budget.yaml --cluster local:2\n"
    budget(tmp_path, {"third": {"programmes.half.rate": "1/3"}}, programmes={"half": programme(0.5)})
    (tmp_path / "toy.yaml").rename(tmp_path / "budget.yaml")
    assert command(tmp_path, "compare", "budget.yaml", "--workers", "1", "--output", "alone").returncode == 0
    run(tmp_path, here)
    run(tmp_path, on_one_machine(own))
    for name in ("compare.json", "compare.xlsx"):
        alone = (tmp_path / "alone" / name).read_bytes()
        assert (tmp_path / "outputs/toy/compare" / name).read_bytes() == alone
        assert (tmp_path / "studied" / name).read_bytes() == alone


def on_one_machine(lines: str) -> str:
    """Lines of a shell that are meant for several machines, for one: what serves does so beside the others."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    lines = lines.replace("node0", "127.0.0.1").replace("8786", port)
    (scheduler, worker, plan) = lines.splitlines()
    wait = f"until (exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null; do sleep 0.1; done"
    quiet = "--no-dashboard >/dev/null 2>&1 &"
    serving = [re.sub(r" +#.*$", "", line) for line in (scheduler, worker)]
    return "\n".join(
        [
            f"{serving[0]} {quiet}",
            wait,
            f"{serving[1]} {quiet}",
            f"{plan} && status=$? || status=$?",
            "kill %1 %2",
            "wait",
            "exit $status",
        ]
    )


def run(folder: Path, lines: str) -> None:
    define = f'plan() {{ "{sys.executable}" -m planner.cli "$@"; }}; dask() {{ exec "{DASK}" "$@"; }}\n'
    shell = ["bash", "-c", define + lines]
    result = subprocess.run(
        shell, cwd=folder, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_what_is_for_elsewhere_can_be_read() -> None:
    (script,) = blocks(PAGE, "python")
    ast.parse(script)
    (resource,) = blocks(PAGE, "yaml")
    spec = yaml.safe_load(resource)["spec"]
    assert spec["worker"]["spec"]["containers"][0]["args"][-2:] == ["--nthreads", "1"]
