"""A secret of this user on this machine: what is sealed with it was made by this user's own program.

It stands in the user's own folder of settings, never in a folder of results: a folder that comes from elsewhere brings
no seal that fits.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

NAME = "journal.key"
LENGTH = 32
"""Bytes, as many as the digest that is made with them."""


def secret_in(folder: Path) -> bytes:
    """The secret that is kept in a folder, made at the first time; nothing where none can be kept there.

    Two programs that make one at the same time may each use their own until they end: the last one stays, and what was
    sealed with the other is not believed later.
    """
    path = folder / NAME
    if not folder.is_absolute():  # a folder of settings that depends on where one stands is none
        return b""
    with contextlib.suppress(OSError):
        if not (found := _read(path)):
            folder.mkdir(parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=folder)  # readable for its owner alone
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(secrets.token_bytes(LENGTH))
                Path(temporary).replace(path)
            finally:
                Path(temporary).unlink(missing_ok=True)
            found = _read(path)
        return found
    return b""


def _read(path: Path) -> bytes:
    if not path.is_file() or path.stat().st_size != LENGTH:
        return b""
    return path.read_bytes()
