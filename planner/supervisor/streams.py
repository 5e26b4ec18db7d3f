"""Standard streams that outlive their readers, are there even where they were closed, and obey no text.

Whatever is said passes here, and much of it was read from files: names, titles, sources, messages, paths. A terminal
obeys some characters, and shows others in another order than they stand in; on their way out they become escapes.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import sys
from typing import Any

_READER_GONE = (errno.EPIPE, errno.ESHUTDOWN, errno.EIO, *((errno.EINVAL,) if os.name == "nt" else ()))
"""What writing comes to when nobody reads any more; Windows calls a closed pipe an invalid argument."""

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, escape codes among them, but for tabs and ends of lines
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of text
    "\u2028\u2029\u200b\ufeff\ud800-\udfff\U000e0000-\U000e007f]"  # ends of lines and marks that nobody sees
)


def harmless(text: str) -> str:
    """A text with escapes for what a terminal would obey, or show elsewhere; those of JSON, so that JSON stays JSON.

    >>> harmless("plan \\x1b[2J of\\u202etwo\\n")
    'plan \\\\u001b[2J of\\\\u202etwo\\n'
    """
    return _HARMFUL.sub(lambda found: _escaped(found[0]), text)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def put_out(text: str) -> None:
    """Prints a text for other programs: in UTF-8 whatever the code page, with the ends of lines that it has."""
    sys.stdout.flush()
    sys.stdout.buffer.write(harmless(text).encode())


def of_the_program(stream: Any) -> Any:  # noqa: ANN401 - a text stream
    """The same stream for what the program itself has to say to the terminal, such as that a line be erased."""
    return getattr(stream, "rich_proxied_file", stream)


class _Door(io.TextIOWrapper):
    """The only way to the screen: text goes out harmless."""

    def write(self, text: str) -> int:
        super().write(harmless(text))
        return len(text)

    @property
    def rich_proxied_file(self) -> _Own:
        """Where the library of the screen writes, whose colours are meant; it is handed harmless text."""
        return _Own(self)


class _Own:
    """A stream that writes as it is told."""

    def __init__(self, door: _Door) -> None:
        self._door = door

    def write(self, text: str) -> int:
        return io.TextIOWrapper.write(self._door, text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a stream has
        return getattr(self._door, name)


class _Patient(io.RawIOBase):
    """Hands on what is written as long as there is a reader. That one stops reading is no error: files are written."""

    def __init__(self, raw: Any, *, forgive_all: bool) -> None:  # noqa: ANN401 - the system's own kind of stream
        super().__init__()
        self._raw, self._forgive_all, self._gone = raw, forgive_all, False

    def write(self, data: Any) -> int:  # noqa: ANN401 - anything with bytes
        if not self._gone:
            try:
                written = self._raw.write(data)
                return 0 if written is None else int(written)
            except OSError as error:
                self._gone = True  # what is left must not fail again on the way out
                if not self._forgive_all and error.errno not in _READER_GONE:
                    raise
        return memoryview(data).nbytes

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def isatty(self) -> bool:
        return bool(self._raw.isatty())


def prepare() -> None:
    """Makes stdout and stderr fit for any reader and any code page.

    A reader that stops reading (``plan BUDGET | head -1``) is no error, a code page without ✓ must not turn a finished
    plan into one, and a stream that was closed before the start must not hand its number to a file opened later.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        _fill(number)
        if getattr(sys, name) is None:
            stream = open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            _replace(name, stream)
    if not captured():
        _replace("stdout", _patient(sys.stdout, forgive_all=False))
        _replace("stderr", _patient(sys.stderr, forgive_all=True))  # there is nobody left to tell


def _replace(name: str, stream: Any) -> None:  # noqa: ANN401 - a text stream
    setattr(sys, name, stream)
    setattr(sys, f"__{name}__", stream)


def captured() -> bool:
    """Whether a program around this one collects what is printed, which it can only within this process."""
    return sys.stdout is not sys.__stdout__ or sys.stderr is not sys.__stderr__


def _fill(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        opened = os.open(os.devnull, os.O_RDWR)
        if opened != number:
            os.dup2(opened, number)
            os.close(opened)
        os.set_inheritable(number, True)


def _patient(stream: Any, *, forgive_all: bool) -> Any:  # noqa: ANN401 - a text stream, or what a test put there
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    encoding, lines = stream.encoding, stream.line_buffering
    with contextlib.suppress(OSError):
        stream.flush()
    below = stream.detach()
    raw = below.detach() if isinstance(below, io.BufferedWriter) else below
    buffer = io.BufferedWriter(_Patient(raw, forgive_all=forgive_all))
    return _Door(buffer, encoding=encoding, errors="replace", line_buffering=lines)
