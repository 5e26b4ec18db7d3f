"""Opening an input file safely: everything that can be wrong with it is said in plain words, and nothing is guessed."""

from __future__ import annotations

import os
import re
import shlex
import stat
import unicodedata
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NoReturn

from planner.case.words import spelling_hint
from planner.defaults import BUDGET
from planner.errors import Fault, InputError, Place

LARGEST_INPUT_BYTES = 5_000_000
"""A case file has some hundred lines; what is far larger is another file, or an attack."""

_JAPANESE = (("cp932", "CP932"), ("euc_jp", "EUC-JP"))
"""What Python and iconv call the encodings of Japanese text."""
_COMMON_NAMES = {"CP932": "Shift_JIS", "EUC-JP": "EUC-JP"}
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF_32_MARKS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_MOST_NEIGHBOURS = 1_000
"""Files of a folder among which a misspelt one is looked for."""
_MANY_ZEROS = 0.2
"""Share of zero bytes above which a text has two bytes for each letter."""
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that no editor shows: some of them break lines for one reader and not for the next."""


def read_text(path: Path) -> str:
    """The text of an input file in UTF-8, with or without a byte order mark, its lines ended by a line feed.

    Raises InputError with the reason where the file cannot be read as such.
    """
    place = Place(str(path))
    content = read_bytes(path)
    text = _decoded(content, place).replace("\r\n", "\n").replace("\r", "\n")
    if hidden := INVISIBLE.search(text):
        line = text.count("\n", 0, hidden.start()) + 1
        found = f"invisible character U+{ord(hidden.group()):04X}"
        if content.count(0) > _MANY_ZEROS * len(content):
            _refuse(place, "file is UTF-16 without a byte order mark", "UTF-8 text", _how_to_save(place.file, []))
        raise InputError([Fault(Place(str(path), line), "", found, "visible text", "remove the character")])
    return text


def read_bytes(path: Path, most: int = LARGEST_INPUT_BYTES) -> bytes:
    """What a file holds. It is opened before it is looked at, so that both are the same file.

    Raises:
        InputError: there is no such file, it cannot be read, or it is larger than ``most`` bytes.
    """
    place = Place(str(path))
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        remedy = _neighbour(path) or "check the path and its spelling"
        _refuse(place, "file not found", "the path of an existing file", remedy)
    except (IsADirectoryError, PermissionError) as error:
        if path.is_dir():
            _refuse(place, "is a folder", "a file", _inside(path))
        _refuse(place, f"permission denied ({error.strerror})", "a file that may be read", "ask for read permission")
    except (OSError, ValueError) as error:
        _refuse(place, f"cannot be opened: {error}", "the path of an existing file")
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        if stat.S_ISDIR(mode):
            _refuse(place, "is a folder", "a file", _inside(path))
        _refuse(place, "is not a regular file", "a file")
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        size = f"{most // 1_000_000} MB"
        _refuse(place, f"the file is larger than {size}", f"a file of at most {size}", "is it the right file?")
    return content


def _inside(folder: Path) -> str:
    """Names the case in a folder, as `plan init` writes it; empty where there is none."""
    with suppress(OSError, ValueError):
        if (folder / BUDGET).is_file():
            return f"did you mean {folder / BUDGET}?"
    return ""


def _neighbour(path: Path) -> str:
    """A question that names the file of the same folder which was probably meant; empty where there is none."""
    with suppress(OSError, ValueError):
        names = [other.name for other in islice(path.parent.iterdir(), _MOST_NEIGHBOURS) if other.is_file()]
        return spelling_hint(path.name, names)
    return ""


def _decoded(content: bytes, place: Place) -> str:
    """The bytes as text. An encoding that marks itself is read; any other is named where that is safe, never guessed.

    A wrong guess looks right: EUC-JP read as Shift_JIS gives other characters and no error.
    """
    try:
        if content.startswith(_UTF_16_MARKS) and not content.startswith(_UTF_32_MARKS):
            return content.decode("utf-16")
        return content.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found, names = _encoding_of(content)
        fault = Fault(Place(place.file, line), "", found, "UTF-8 text", _how_to_save(place.file, names))
        raise InputError([fault]) from error


def _encoding_of(content: bytes) -> tuple[str, list[str]]:
    """What can be said of a text that is not UTF-8, and the encodings that it may be in."""
    if content.startswith(_UTF_32_MARKS):
        return "file is UTF-32", ["UTF-32"]
    if content.startswith(_UTF_16_MARKS):
        return "file is UTF-16, and damaged: it ends inside of a character or holds half of one", []
    names = [name for encoding, name in _JAPANESE if _decodes_as(content, encoding)]
    if names == ["CP932"]:
        return "the file is written in Shift_JIS (cp932), not in UTF-8", names
    others = " or ".join(_COMMON_NAMES[name] for name in names)
    return "the file is not UTF-8 text" + (f"; it may be {others}" if names else ""), names


def _how_to_save(file: str, names: list[str]) -> str:
    """How to make UTF-8 of a file, with the command for each encoding that it may be in."""
    old, new = Path(file).name, f"{Path(file).stem}-utf8{Path(file).suffix}"
    commands = [f"iconv -f {name} -t UTF-8 {shlex.quote(old)} > {shlex.quote(new)}" for name in names]
    remedy = "save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"
    return f"{remedy}, or run: {'; or: '.join(commands)}" if commands else remedy


def _decodes_as(content: bytes, encoding: str) -> bool:
    """Whether the bytes are text in an encoding of Japanese, with some character in it that is common there.

    Without one they may be anything: the é of a Western text is the first half of a rare character in Shift_JIS.
    """
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    if any(unicodedata.category(character) == "Co" for character in text):
        return False
    return any("\u3041" <= character <= "\u30fe" or _is_common_kanji(character) for character in text)


def _is_common_kanji(character: str) -> bool:
    """Whether a character is of the first level of the Japanese standard, by where Shift_JIS puts it."""
    return "\u4e00" <= character <= "\u9fff" and character.encode("cp932", "replace") < b"\x98\x73"


def _refuse(place: Place, found: str, allowed: str, remedy: str = "") -> NoReturn:
    raise InputError([Fault(place, "", found, allowed, remedy)])
