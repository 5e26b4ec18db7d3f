"""What kind of file a workbook is: what is none, damaged or far too large is refused before anything is parsed."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import NoReturn

from planner.errors import Fault, InputError, Place
from planner.reading.files import read_bytes

LARGEST_WORKBOOK_BYTES = 20_000_000
LARGEST_UNPACKED_BYTES = 200_000_000
"""A workbook is a compressed archive; what unpacks to more is no plan, but an attack."""
SUFFIXES = (".xlsx", ".xlsm")
"""How the names of workbooks end that can be read; macros in them are never run."""
OTHER_TABLES = (".xls", ".xlsb", ".ods", ".csv", ".tsv", ".numbers")
"""How the names of tables end that cannot be read."""
WANTED = "a plan.xlsx that this program wrote, or a template of `plan template`"
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old office form begin, and those that a password protects."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_XLSX = "a workbook with a password, or one of the old .xls form, has to be saved as .xlsx without a password"


def looks_like_a_table(path: Path) -> bool:
    """Whether the name of a file, or else how it begins, says that it is a table and no text of a case."""
    if path.suffix.lower() in (*SUFFIXES, *OTHER_TABLES):
        return True
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(8).startswith((b"PK\x03\x04", _OLD_CONTAINER))
    except (OSError, ValueError):
        return False  # whoever reads it as a text says what is wrong with it


def workbook_bytes(path: Path) -> bytes:
    """What a workbook holds, once it is known to be one.

    Raises:
        InputError: it is no workbook, cannot be read, is too large, or declares entities of its own.
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
    _check_parts(path, content)
    return content


def damaged(path: Path, error: Exception) -> InputError:
    """The error of a file that cannot be read to its end."""
    found = f"the workbook is damaged: {error}"
    return InputError([Fault(Place(str(path)), "", found, WANTED, "take an undamaged copy")])


def refuse(path: Path, found: str, allowed: str, remedy: str = "") -> NoReturn:
    """Refuses a file as a whole."""
    raise InputError([Fault(Place(str(path)), "", found, allowed, remedy)])


def _check_parts(path: Path, content: bytes) -> None:
    """Refuses what is no workbook inside, unpacks to too much, or declares entities of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED_BYTES:
                refuse(path, "unpacks to more than 200 MB", "a workbook of at most 200 MB unpacked")
            names = archive.namelist()
            if "xl/workbook.bin" in names or "content.xml" in names:
                form = ".xlsb" if "xl/workbook.bin" in names else "OpenDocument"
                refuse(path, f"is an {form} workbook", WANTED, "save it as .xlsx in a spreadsheet program")
            if "xl/workbook.xml" not in names:
                refuse(path, "is not an .xlsx workbook", WANTED, _NOT_XLSX)
            for name in names:
                if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(name).replace(b"\0", b""):
                    refuse(path, f"declares a document type in {name}, which no spreadsheet program writes", WANTED)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise damaged(path, error) from error
