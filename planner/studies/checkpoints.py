"""The checkpoint store of a study, its folder ``journal``: a file for each finished job; a stopped study goes on there.

A file holds the record that answers a question. Everything else is worked out from it whenever it is read, in a first
run as well as after an interruption: that is why both give the same bytes.

Nobody can tell from a record alone that it is the answer. The audit can tell whether decisions are a plan and what they
are worth, but not that nothing better exists, nor that there is no plan at all. So every file carries a seal over its
bytes and its question, made with a secret of this user that never stands in a folder of results. What has no such seal
is not even parsed: its job is done again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from planner import version
from planner.errors import AuditError, InputError
from planner.reading.files import read_bytes
from planner.studies.jobs import Job, Record, kind_of
from planner.studies.tasks import Engine

FORMAT = 6
"""Version of the layout of a file; part of its key."""
LARGEST_BYTES = 10_000_000
"""Of one file; a plan of 20 sites and 40 quarters has a tenth of it. What is larger is another file, or an attack."""

_SEALED = b'{"seal": "%s", %s'
_SEAL = re.compile(rb'\{"seal": "([0-9a-f]{64})", ')


def fingerprint(job: Job, engine: Engine) -> str:
    """Fingerprint of all that an answer depends on: the question, the program, the versions."""
    said = {
        "format": FORMAT,
        "kind": kind_of(job),
        "question": job.question(),
        "versions": dict(sorted(engine.versions.items())),
        "program": program(),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def program() -> str:
    """Fingerprint of the program itself, since a version in the making changes without another number."""
    root = Path(version.__file__).parent
    found = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def file_of(job: Job, engine: Engine) -> Path | None:
    """The file of a job in the journal; a readable name, told apart by its key."""
    return None if engine.journal is None else _place(job.name, fingerprint(job, engine), engine.journal)


def _place(name: str, key: str, journal: Path) -> Path:
    readable = re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII)[:60]
    return journal / f"{readable}-{key[:24]}.json"


def kept[T](job: Job, engine: Engine, opened: Callable[[Record], T | None]) -> T | None:
    """What a finished job of the journal comes to.

    Nothing where there is none that this user's own program has made, or where ``opened`` does not believe its record.
    """
    if engine.journal is None:
        return None
    key = fingerprint(job, engine)
    path = _place(job.name, key, engine.journal)
    if not path.is_file():  # what is no plain file may never end
        return None
    found = _sealed(path, key, engine, opened)
    (engine.unconfirmed if found is None else engine.finished).add(path)
    return found


def keep(job: Job, record: Record, engine: Engine) -> None:
    """Writes the record of a finished job into the journal, sealed; without a secret nothing is kept.

    Raises:
        WriteError: the file could not be written.
    """
    if engine.journal is None or not engine.secret:
        return
    key = fingerprint(job, engine)
    path = _place(job.name, key, engine.journal)
    body = (json.dumps(record, ensure_ascii=False, allow_nan=True) + "\n").encode()
    engine.finished.add(path)
    engine.put(path, _SEALED % (_seal(body, key, engine).encode(), body[1:]))


def _sealed[T](path: Path, key: str, engine: Engine, opened: Callable[[Record], T | None]) -> T | None:
    """What is in a file; nothing where its seal does not fit, or what it holds is of other rules."""
    try:
        content = read_bytes(path, LARGEST_BYTES)
    except InputError:
        return None
    found = _SEAL.match(content)
    if found is None or not engine.secret:
        return None
    body = b"{" + content[found.end() :]
    if not hmac.compare_digest(found[1].decode(), _seal(body, key, engine)):
        return None
    try:
        return opened(json.loads(body))
    except (RecursionError, ValueError, TypeError, KeyError, AttributeError, AuditError):
        return None  # of other rules: done again


def _seal(body: bytes, key: str, engine: Engine) -> str:
    """Seal of a content as the answer to the question of a job: the content of another one does not fit."""
    return hmac.new(engine.secret, key.encode() + b"\0" + body, hashlib.sha256).hexdigest()
