"""The checkpoint store of a study, its folder ``journal``: a file for each finished run; a stopped study goes on there.

A file holds the decisions and their proof. Everything else is worked out from them by the audit whenever they are read,
in a first run as well as after an interruption: that is why both give the same bytes.

The audit can tell whether decisions are a plan and what they are worth; it cannot tell that nothing better exists, nor
that there is no plan at all. So every file carries a seal over its bytes and its question, made with a secret of this
user that never stands in a folder of results. What has no such seal is not even parsed: it is planned again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from planner import version
from planner.audit import audit
from planner.case.case import Case
from planner.case.doing_nothing import doing_nothing
from planner.decisions import Decisions
from planner.errors import AuditError, InputError
from planner.outcome import Branch, DoingNothing, Outcome, Proof, WarmStart
from planner.reading.files import read_bytes
from planner.reading.stored_decisions import typed
from planner.studies.tasks import Engine, Run, Task
from planner.vocabulary.decisions import STORED, Decision
from planner.vocabulary.keys import flat, key_of

FORMAT = 5
"""Version of the layout of a file; part of its key."""
LARGEST_BYTES = 10_000_000
"""Of one file; a plan of 20 sites and 40 quarters has a tenth of it. What is larger is another file, or an attack."""
NEAR = 1e-9
"""How far the audit's objective may be from the one that was written, as a share, for the entry to be believed."""

_SEALED = b'{"seal": "%s", %s'
_SEAL = re.compile(rb'\{"seal": "([0-9a-f]{64})", ')

Record = dict[str, Any]
"""A finished run as plain values."""


def fingerprint(task: Task, engine: Engine) -> str:
    """Fingerprint of all that a run depends on: the case, its name, the options, the versions."""
    said = {
        "format": FORMAT,
        "input": task.input_hash,
        "name": task.name,
        "gap": engine.gap,
        "time limit": engine.time_limit,
        "versions": dict(sorted(engine.versions.items())),
        "program": _program(),
        "start": None if task.start is None else _said_start(task.start),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def _program() -> str:
    """Fingerprint of the program itself, since a version in the making changes without another number."""
    root = Path(version.__file__).parent
    found = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def file_of(task: Task, engine: Engine) -> Path | None:
    """The file of a run in the journal; a readable name, told apart by its key."""
    if engine.journal is None:
        return None
    readable = re.sub(r"[^\w.-]+", "-", task.name, flags=re.ASCII)[:60]
    return engine.journal / f"{readable}-{fingerprint(task, engine)[:24]}.json"


def record_of(outcome: Outcome) -> Record:
    """A plan as plain values. Wall time is left out, since it differs from one run to the next."""
    nothing = outcome.doing_nothing
    return {
        **_said_proven(outcome.decisions, outcome.proof),
        "options": outcome.options,
        "branches": _said_branches(outcome.branches),
        "doing_nothing": None if nothing is None else _said_proven(nothing.decisions, nothing.proof),
        "no_doing_nothing": outcome.no_doing_nothing,
    }


def _said_proven(decisions: Decisions, proof: Proof) -> Record:
    return {
        "decisions": _said_plan(decisions),
        "proof": dataclasses.asdict(dataclasses.replace(proof, seconds=0.0)),
    }


def _proven(record: Record) -> tuple[Decisions, Proof]:
    """What ``_said_proven`` says."""
    tables: dict[str, Any] = {
        kind: {_key(STORED[kind], said): value for said, value in entries}
        for kind, entries in record["decisions"].items()
    }
    return Decisions(**tables), Proof(**record["proof"])


def _said_plan(decisions: Decisions) -> Record:
    return {
        kind: [[_said(key), value] for key, value in entries.items()]
        for kind in STORED
        if (entries := getattr(decisions, kind))
    }


def _said_branches(branches: Sequence[Branch]) -> list[list[Any]]:
    return [[[kind, _said(key), *bounds] for (kind, key), bounds in branch.items()] for branch in branches]


def _said_start(start: WarmStart) -> list[Any]:
    return [[_said_plan(plan) for plan in start.plans], _said_branches(start.branches)]


def _said(key: object) -> list[str | int]:
    """A key as plain values."""
    return [part if isinstance(part, int) else str(part) for part in flat((key,))]


def _key(one: Decision, said: list[str | int]) -> object:
    return key_of(one.key, [typed(field, part) for field, part in zip(one.fields, said, strict=True)])


def record_of_none(message: str, proven: bool) -> Record:
    """The answer that there is no plan, as plain values."""
    return {"message": message, "proven": proven}


def run_of(task: Task, record: Record, engine: Engine) -> Run:
    """The run behind a record, its money and limits worked out again.

    Raises:
        AuditError: the decisions do not fit the case.
    """
    if "decisions" not in record:
        return Run(task, None, record["message"], record["proven"])
    decisions, proof = _proven(record)
    outcome = Outcome(
        case=task.case,
        scenario=task.name,
        input_hash=task.input_hash,
        provenance=task.provenance,
        decisions=decisions,
        proof=proof,
        audit=audit(task.case, decisions),
        versions=dict(engine.versions),
        options=record["options"],
        doing_nothing=None if record["doing_nothing"] is None else _nothing(task.case, record["doing_nothing"]),
        no_doing_nothing=record["no_doing_nothing"],
        branches=tuple(
            {(kind, tuple(key)): (low, high) for kind, key, low, high in branch} for branch in record["branches"]
        ),
    )
    return Run(task, outcome)


def _nothing(case: Case, record: Record) -> DoingNothing:
    idle = doing_nothing(case)
    decisions, proof = _proven(record)
    return DoingNothing(idle, decisions, proof, audit(idle, decisions))


def kept(task: Task, engine: Engine) -> Run | None:
    """A finished run of the journal; nothing where there is none that this user's own program has proven."""
    path = file_of(task, engine)
    if path is None or not path.is_file():  # what is no plain file may never end
        return None
    run = _confirmed(path, task, engine)
    (engine.unconfirmed if run is None else engine.finished).add(path)
    return run


def keep(task: Task, record: Record, engine: Engine) -> None:
    """Writes a finished run into the journal, sealed; without a secret nothing is kept.

    Raises:
        WriteError: the file could not be written.
    """
    path = file_of(task, engine)
    if path is not None and engine.secret:
        body = (json.dumps(record, ensure_ascii=False, allow_nan=True) + "\n").encode()
        engine.finished.add(path)
        engine.put(path, _SEALED % (_seal(body, task, engine).encode(), body[1:]))


def _confirmed(path: Path, task: Task, engine: Engine) -> Run | None:
    """The run in a file; nothing where its seal or the audit does not confirm it."""
    try:
        content = read_bytes(path, LARGEST_BYTES)
    except InputError:
        return None
    found = _SEAL.match(content)
    if found is None or not engine.secret:
        return None
    body = b"{" + content[found.end() :]
    if not hmac.compare_digest(found[1].decode(), _seal(body, task, engine)):
        return None
    try:
        run = run_of(task, json.loads(body), engine)
    except (RecursionError, ValueError, TypeError, KeyError, AttributeError, AuditError):
        return None  # of other rules: planned again
    return run if run.outcome is None or _is_confirmed(run.outcome) else None


def _seal(body: bytes, task: Task, engine: Engine) -> str:
    """Seal of a content as the answer to the question of a task: the content of another one does not fit."""
    return hmac.new(engine.secret, fingerprint(task, engine).encode() + b"\0" + body, hashlib.sha256).hexdigest()


def _is_confirmed(outcome: Outcome) -> bool:
    off = abs(outcome.audit.objective - outcome.proof.objective)
    return not outcome.audit.broken and off <= NEAR * max(1.0, abs(outcome.proof.objective))
