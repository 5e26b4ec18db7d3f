"""The file of a workbook in the making: the same bytes for the same content, and errors of the disk told as such."""

from __future__ import annotations

import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
"""When every workbook says it was made, so that the same content gives the same bytes."""


class NewBook(xlsxwriter.Workbook):
    """A workbook that takes texts as they are, and keeps what it needs on the way beside itself."""

    def __init__(self, path: Path, **properties: str) -> None:
        super().__init__(
            str(path), {"strings_to_formulas": False, "strings_to_urls": False, "tmpdir": str(path.parent)}
        )
        self.set_properties({**properties, "created": CREATED})

    def close(self) -> None:
        """Puts everything into the file.

        Raises:
            OSError: the file could not be written.
        """
        try:
            super().close()
        except FileCreateError as error:
            cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error))
            raise cause from error
