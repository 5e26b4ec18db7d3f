"""The start of the command: whoever stops it while its libraries still load sees no traceback."""

from __future__ import annotations

import signal


def main() -> None:
    """Ends in silence when it is stopped now; from ``planner.cli.main`` on a request to end is answered."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from planner.cli import main as run  # noqa: PLC0415 - this is what takes its time

    run()


if __name__ == "__main__":
    main()
