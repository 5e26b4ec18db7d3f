"""The way to a cluster: whoever cannot serve is refused in clear words before anything begins, and nothing hangs."""

from __future__ import annotations

import logging
import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from planner.errors import EXIT_BAD_INPUT, PlannerError
from planner.studies.cluster.address import ClusterAddress
from planner.supervisor.supervisor import LOOK_SECONDS, signals_held_back

if TYPE_CHECKING:
    from planner.studies.cluster.cluster import Cluster

CONNECT_SECONDS = 10.0
"""How long a scheduler may take to answer."""
CHECK_SECONDS = 60.0
"""How long all workers may take to say who they are; each loads the program first."""
CLOSE_SECONDS = 5.0
_LARGEST_GREETING = 2**20
"""A scheduler begins with the length of its greeting; what is longer is none, such as the banner of another service."""


class ClusterError(PlannerError):
    """A cluster that cannot be used; nothing was begun."""

    exit_status = EXIT_BAD_INPUT


@contextmanager
def cluster_at(address: ClusterAddress, *, time_limit: float, told: Callable[[str], None]) -> Iterator[Cluster]:
    """The cluster at an address, for an ``Engine`` as its ``pool``. What was started for it ends with the block.

    Args:
        address: an existing scheduler, or how many processes are started here.
        time_limit: seconds after which a job is late.
        told: called with what is worked on.

    Raises:
        ClusterError: it cannot be reached, or a worker is another program; nothing was begun.
        SurroundingsError: nothing could be started here.
    """
    _require_dask()
    from planner.studies.cluster.here import cluster_here  # noqa: PLC0415

    with ExitStack() as stack:
        scheduler, certificates = address.scheduler, dict[str, str]()
        if not scheduler:
            told(f"starting {address.workers} processes" if address.workers > 1 else "starting a process")
            scheduler, certificates = stack.enter_context(cluster_here(address.workers))
        else:
            told(f"connecting with {scheduler}")
            _require_scheduler(address)
        client = _connected(scheduler, certificates)
        from planner.studies.cluster.cluster import Cluster  # noqa: PLC0415 - now Dask is loaded

        stack.callback(_closed, client)
        cluster = Cluster(client, scheduler, time_limit, told)
        if words := within(CHECK_SECONDS, cluster.stranger, f"not all workers of {scheduler} say who they are"):
            raise ClusterError(words)
        yield cluster


def within[T](seconds: float, ask: Callable[[], T], words: str) -> T:
    """What something gives that might never come back; meanwhile requests to end are heard.

    Raises:
        ClusterError: it took too long.
    """
    found: list[T] = []
    failed: list[Exception] = []

    def asked() -> None:
        try:
            found.append(ask())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=asked, daemon=True)
    thread.start()
    latest = time.monotonic() + seconds
    while thread.is_alive() and time.monotonic() < latest:
        thread.join(LOOK_SECONDS)
    if failed:
        raise failed[0]
    if not found:
        raise ClusterError(f"{words}: no answer after {seconds:g} s; nothing was begun")
    return found[0]


def _require_dask() -> None:
    missing = [name for name in ("dask", "distributed", "cryptography") if not find_spec(name)]
    if missing:
        raise ClusterError(
            f"--cluster needs Dask; what is not installed here: {', '.join(missing)}; nothing was begun.\n"
            "    fix: install the extra: pip install 'gpu-capacity-planner[cluster]', or uv sync --extra cluster"
        )


def _silence() -> None:
    """What matters of what Dask logs is said in words of our own."""
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).handlers[:] = [logging.NullHandler()]
            logging.getLogger(name).propagate = False


def _require_scheduler(address: ClusterAddress) -> None:
    """Refuses what does not greet as a scheduler does; Dask itself would wait for ever for a greeting."""
    fix = "check the address, and that the scheduler runs: `dask scheduler` prints its address as it starts"
    host, port = address.host_and_port
    try:
        with socket.create_connection((host, port), CONNECT_SECONDS) as line:
            line.settimeout(CONNECT_SECONDS)
            encrypted = address.scheduler.startswith("tls")
            greeting = b"" if encrypted else line.recv(8, socket.MSG_WAITALL)
    except TimeoutError:
        why = f"no answer after {CONNECT_SECONDS:g} s"
    except OSError as error:
        why = error.strerror or str(error)
    else:
        if encrypted or (len(greeting) == 8 and 0 < int.from_bytes(greeting, "little") < _LARGEST_GREETING):
            return
        why = "what answers there is no Dask scheduler for tcp"
    raise ClusterError(f"no scheduler can be reached at {address.scheduler}: {why}; nothing was begun.\n    fix: {fix}")


def _connected(scheduler: str, certificates: dict[str, str]) -> Any:  # noqa: ANN401 - Dask's own
    from distributed import Client, Security  # noqa: PLC0415
    from distributed.versions import VersionMismatchWarning  # noqa: PLC0415

    _silence()
    warnings.filterwarnings("ignore", category=VersionMismatchWarning)  # of Dask: no figure depends on it
    warnings.filterwarnings("ignore", message="Sending large graph")
    security = Security(require_encryption=True, **certificates) if certificates else Security()
    if scheduler.startswith("tls") and not security.get_connection_args("client").get("ssl_context"):
        raise ClusterError(
            f"{scheduler} wants certificates, and Dask's configuration here names none; nothing was begun.\n"
            "    fix: name them under distributed.comm.tls, as on the machines of the cluster"
        )
    words = f"no scheduler can be reached at {scheduler}"

    def connect() -> Any:  # noqa: ANN401 - see above
        return Client(scheduler, security=security, timeout=CONNECT_SECONDS, set_as_default=False)

    try:
        return within(2 * CONNECT_SECONDS, connect, words)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise ClusterError(f"{words}: {error}; nothing was begun") from error


def _closed(client: Any) -> None:  # noqa: ANN401 - see above
    with signals_held_back(), suppress(Exception):  # a scheduler that is gone is no trouble any more
        client.close(timeout=CLOSE_SECONDS)
