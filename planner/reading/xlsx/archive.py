"""What kind of file a workbook is: what is none, damaged or far too large is refused before anything is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path
from typing import NoReturn

from planner.errors import Fault, InputError, Place
from planner.reading.files import read_bytes

LARGEST_WORKBOOK_BYTES = 20_000_000
LARGEST_UNPACKED_BYTES = 200_000_000
"""A workbook is a compressed archive; what unpacks to more is no plan, but an attack."""
MOST_PARTS = 1_000
"""Parts of one workbook; a plan has 40, and each chart or picture of one's own is one more."""
SUFFIXES = (".xlsx", ".xlsm")
"""How the names of workbooks end that can be read; macros in them are never run."""
OTHER_TABLES = (".xls", ".xlsb", ".ods", ".csv", ".tsv", ".numbers")
"""How the names of tables end that cannot be read."""
WANTED = "a plan.xlsx that this program wrote, or a template of `plan template`"
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old office form begin, and those that a password protects."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_XLSX = "a workbook with a password, or one of the old .xls form, has to be saved as .xlsx without a password"
_ENTRY = b"PK\x01\x02"
"""How each entry in an archive's list of contents begins."""
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that spreadsheet programs use; others unpack without any bound."""


def looks_like_a_table(path: Path) -> bool:
    """Whether the name of a file, or else how it begins, says that it is a table and no text of a case."""
    if path.suffix.lower() in (*SUFFIXES, *OTHER_TABLES):
        return True
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False  # opening a pipe would wait for whoever writes into it
        with path.open("rb") as file:
            return file.read(8).startswith((b"PK\x03\x04", _OLD_CONTAINER))
    except (OSError, ValueError):
        return False  # whoever reads it as a text says what is wrong with it


def workbook_bytes(path: Path) -> bytes:
    """What a workbook holds, once it is known to be one.

    Raises:
        InputError: it is no workbook, cannot be read, is too large, or has a part twice.
    """
    content = read_bytes(path, LARGEST_WORKBOOK_BYTES)
    if not content:
        refuse(path, "the file is empty", WANTED, "is it the right file? a sync that did not finish leaves empty files")
    if content.startswith(_OLD_CONTAINER):
        if _ENCRYPTED in content:
            refuse(path, "is protected by a password", WANTED, "save it as .xlsx without a password")
        refuse(path, "is an .xls workbook of the old form", WANTED, "save it as .xlsx in a spreadsheet program")
    if path.suffix.lower() in (".csv", ".tsv"):
        remedy = "paste its rows into the sheets that `plan template budget.xlsx` writes"
        refuse(path, f"is a {path.suffix.lower()} file, which holds one table and no units", WANTED, remedy)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        refuse(path, "is not an .xlsx workbook", WANTED, _NOT_XLSX)
    if content.count(_ENTRY) > MOST_PARTS:  # counted before the list is read
        refuse(path, f"has more than {MOST_PARTS:,} parts", f"a workbook of at most {MOST_PARTS:,} parts")
    _check_parts(path, content)
    return content


def damaged(path: Path, error: object) -> InputError:
    """The error of a file that cannot be read to its end."""
    found = f"the workbook is damaged: {error}"
    return InputError([Fault(Place(str(path)), "", found, WANTED, "take an undamaged copy")])


def refuse(path: Path, found: str, allowed: str, remedy: str = "", where: str = "") -> NoReturn:
    """Refuses a file as a whole; ``where`` is the sheet or the cell that shows why."""
    place = Place(f"{path}: {where}" if where else str(path))
    raise InputError([Fault(place, "", found, allowed, remedy)])


def _check_parts(path: Path, content: bytes) -> None:
    """Refuses what is no workbook inside, unpacks to too much, gives a part twice, or is damaged, in this order."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_names(path, archive.infolist())
            broken = archive.testzip()  # piece by piece, and no further than the sizes that were looked at
    except InputError:
        raise
    except Exception as error:  # a damaged archive makes the library fail in every way there is
        raise damaged(path, error) from error
    if broken is not None:
        raise damaged(path, f"the part {broken} is not what was put into it")


def _check_names(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Refuses an archive by its list of contents."""
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED_BYTES:
        refuse(path, "unpacks to more than 200 MB", "a workbook of at most 200 MB unpacked")
    names = [part.filename for part in parts]
    if "xl/workbook.bin" in names or "content.xml" in names:
        form = ".xlsb" if "xl/workbook.bin" in names else "OpenDocument"
        refuse(path, f"is an {form} workbook", WANTED, "save it as .xlsx in a spreadsheet program")
    if "xl/workbook.xml" not in names:
        refuse(path, "is not an .xlsx workbook", WANTED, _NOT_XLSX)
    plain: set[str] = set()
    for part in parts:
        # Programs differ in which of two they take, and whether capitals and slashes make another name.
        name = part.filename.replace("\\", "/").strip("/").casefold()
        if name in plain:
            raise damaged(path, f"the part {part.filename} stands twice in it")
        plain.add(name)
        if part.compress_type not in _PACKED or part.flag_bits & 1:
            raise damaged(path, f"the part {part.filename} is packed or locked as no spreadsheet program does it")
