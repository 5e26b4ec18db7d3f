"""Draws the gallery of the reference cases: ``uv run python docs/website/gallery.py``, some three minutes.

Each picture is one of the case's own plan.html: what is ordered and built when, with deadlines and grants. It stands by
itself here, with the look of the page.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from planner.planning import plan, read_for_plan
from planner.report.page.plan_page import plan_page
from planner.starter import examples, is_pool

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "images" / "cases"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
PENS = re.compile(r"<svg[^>]*pens[^>]*>(.*?)</svg>", re.DOTALL)
TIMETABLE = re.compile(r'(<svg[^>]*class="picture wide"[^>]*aria-labelledby="when-wide[^>]*>.*?</svg>)', re.DOTALL)


def standing_alone(page: str) -> str:
    """The timetable of a page as a file of its own."""
    style, pens, drawn = STYLE.search(page), PENS.search(page), TIMETABLE.search(page)
    assert style and pens and drawn
    head, inside = drawn[1].split(">", 1)
    ground = '<rect width="100%" height="100%" fill="var(--paper)"/>'
    about = f"<style>{style[1]} svg{{font-family:system-ui,sans-serif}}</style>{pens[1]}{ground}"
    return f'{head} xmlns="http://www.w3.org/2000/svg">{about}{inside}\n'


def main() -> None:
    """Plans each case and draws its picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in examples():
        file = ROOT / "inputs" / f"{name}.yaml"
        if is_pool(file):
            continue  # its page has other pictures
        picture = standing_alone(plan_page(plan(read_for_plan(file))))
        (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
