"""Where jobs are done, as ``--cluster`` says it: an existing scheduler, or processes that are started here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.case.words import spelling_hint
from planner.errors import Fault, InputError, Place

MOST_WORKERS = 512
"""Of a cluster on one machine; what asks for more is a port, or a slip."""
ALLOWED = "tcp://HOST:PORT or tls://HOST:PORT of a Dask scheduler, or local:N for N processes here"
LOCAL = "local"
SCHEMES = ("tcp", "tls", LOCAL)

_SCHEDULER = re.compile(r"(tcp|tls)://(\[[0-9A-Fa-f:.%]+\]|[\w.-]+):([0-9]{1,5})/?", re.ASCII)


@dataclass(frozen=True)
class ClusterAddress:
    """An existing scheduler, or how many processes are to be started here."""

    scheduler: str = ""
    """Such as 'tcp://10.0.0.7:8786'; empty where the cluster is one of its own here."""
    workers: int = 0
    """Processes to start here."""

    @property
    def host_and_port(self) -> tuple[str, int]:
        """Of the scheduler."""
        found = _SCHEDULER.fullmatch(self.scheduler)
        assert found is not None, self.scheduler
        return found[2].strip("[]"), int(found[3])


def address_of(text: str, option: str = "--cluster") -> ClusterAddress:
    """What an address says.

    Raises:
        InputError: it says nothing that can be meant.

    >>> address_of("tcp://node7:8786").host_and_port, address_of("local:4").workers
    (('node7', 8786), 4)
    """
    scheme, colon, rest = text.strip().partition(":")
    if scheme == LOCAL:
        if rest.isascii() and rest.isdigit() and 1 <= int(rest) <= MOST_WORKERS:
            return ClusterAddress(workers=int(rest))
        allowed = f"local:N with a whole number N from 1 to {MOST_WORKERS}"
        raise _refused(option, text, allowed, "write how many processes are to work here, such as local:4")
    found = _SCHEDULER.fullmatch(text.strip())
    if found is not None and 1 <= int(found[3]) <= 65535:
        return ClusterAddress(scheduler=text.strip().rstrip("/"))
    remedy = "a scheduler prints its address as it starts: `dask scheduler`"
    if scheme in SCHEMES:
        remedy = f"write it with its host and port, such as {scheme}://node7:8786; {remedy}"
    elif colon:
        remedy = spelling_hint(scheme, SCHEMES) or remedy
    raise _refused(option, text, ALLOWED, remedy)


def _refused(option: str, text: str, allowed: str, remedy: str) -> InputError:
    return InputError([Fault(Place("plan"), option, f"'{text}' is no address of a cluster", allowed, remedy)])
