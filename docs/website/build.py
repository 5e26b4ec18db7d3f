"""Builds the documentation site: ``uv run --group site python docs/website/build.py``.

The pages stay as they are. They are laid out as in the repository, with the files that they link to, so that every
link that holds there holds on the site as well; the generator then refuses a link that leads nowhere.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKPLACE = ROOT / "build" / "site"
"""Where pages are laid out, and where the site is written."""
LINK = re.compile(r"\]\(([^)#\s]+)")
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "docs/**/*.md",
    "inputs/README.md",
    "outputs/README.md",
)
SOURCES = "docs/generator"
"""Parts that pages are assembled from are none themselves."""


def pages() -> list[Path]:
    """All pages, relative to the repository."""
    found = (path.relative_to(ROOT) for pattern in PAGES for path in sorted(ROOT.glob(pattern)))
    return [path for path in found if not path.is_relative_to(SOURCES)]


def linked(page: Path) -> set[Path]:
    """Files of the repository that a page links to, pages aside."""
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = {(ROOT / page.parent / target).resolve() for target in LINK.findall(text) if "://" not in target}
    return {path.relative_to(ROOT) for path in targets if path.is_file()}


def lay_out(place: Path) -> None:
    """Copies the pages and what they link to."""
    shutil.rmtree(place, ignore_errors=True)
    for page in pages():
        for path in {page, *linked(page)}:
            target = place / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, target)


def main() -> None:
    """Lays the pages out and builds the site from them."""
    lay_out(WORKPLACE / "pages")
    shutil.copyfile(Path(__file__).with_name("zensical.toml"), WORKPLACE / "zensical.toml")
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict"]
    sys.exit(subprocess.run(command, cwd=WORKPLACE, check=False).returncode)


if __name__ == "__main__":
    main()
