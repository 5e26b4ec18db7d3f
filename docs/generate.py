"""Writes the reference pages anew: ``uv run python docs/generate.py``.

``model.md`` is assembled from the docstrings of the model, ``case-file.md`` from the nouns of the case file,
``messages.md`` from what the reader says, ``plan.schema.json`` from the records of what is decided and reported, so
that none can drift away from the code. A test holds the committed pages against what this script gives.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator.api_page import api_page
from generator.case_file_page import case_file_page
from generator.messages_page import messages_page
from generator.model_page import model_page
from generator.plan_schema import plan_schema_text

FOLDER = Path(__file__).resolve().parent


def pages() -> dict[str, str]:
    """Text of every generated page, by file name."""
    return {
        "model.md": model_page(),
        "case-file.md": case_file_page(),
        "messages.md": messages_page(),
        "api.md": api_page(),
        "plan.schema.json": plan_schema_text(),
    }


def main() -> None:
    """Writes the pages that have changed."""
    for name, text in pages().items():
        path = FOLDER / name
        changed = not path.exists() or path.read_text(encoding="utf-8") != text
        if changed:
            path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {'written' if changed else 'unchanged'}\n")


if __name__ == "__main__":
    main()
