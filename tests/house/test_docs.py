"""The reference pages say what the code says, and no link in the documentation leads nowhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generate import FOLDER, pages
from generator.case_file_page import nouns
from generator.model_page import example
from planner.audit.limits import AUDITED_RULES
from planner.case.case import Case
from planner.model.rules import RULES
from tests.places import ROOT

PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "inputs/README.md", ROOT / "outputs/README.md"]
    if path.parent.name != "generator"
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"`([\w/]+\.py)`")
QUOTED = r"(?:`\w+`(?:, | and )?)+"
IN_FILES = re.compile(rf"({QUOTED}) (?:in|of) ((?:`[\w/]+\.py`(?:, | and )?)+)")
SOURCES = {
    path.relative_to(ROOT).as_posix(): path
    for room in ("planner", "tests", "docs")
    for path in ROOT.glob(f"{room}/**/*.py")
}
OF_TODAY = [page for page in PAGES if page.name != "CHANGELOG.md"]


@pytest.mark.parametrize("name", pages())
def test_a_generated_page_is_what_the_code_gives(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text == pages()[name], f"docs/{name} is out of date; run: uv run python docs/generate.py"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_stands_on_the_model_page_with_a_row_and_an_audit(rule):
    name = rule.__name__
    page = pages()["model.md"]
    assert re.search(rf"^### \d+\. {name}$", page, re.MULTILINE)
    assert f"\n{name}[" in page
    assert name in AUDITED_RULES
    assert example().text(name)


def test_every_noun_and_every_field_stands_on_the_page_of_the_case_file():
    page = pages()["case-file.md"]
    assert {Case} < set(nouns())
    for noun in nouns():
        section = page.split(f"\n### {noun.__name__}\n")[1].split("\n### ")[0]
        for name, field in noun.model_fields.items():
            assert f"| `{field.alias or name}` |" in section
            assert field.description


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{target} leads nowhere"
        if anchor:
            assert anchor in anchors(file), f"{target}: {file.name} has no such heading"


def meant(name: str) -> list[Path]:
    """Files that a page may mean by their last folders."""
    return [path for place, path in SOURCES.items() if f"/{place}".endswith(f"/{name}")]


@pytest.mark.parametrize("page", OF_TODAY, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_a_page_names_are_there_and_hold_what_it_says(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for name in FILE.findall(text):
        assert "NAME" in name or meant(name), f"there is no {name}"
    for names, files in IN_FILES.findall(text):
        for file in FILE.findall(files):
            code = "\n".join(path.read_text(encoding="utf-8") for path in meant(file))
            missing = [name for name in re.findall(r"`(\w+)`", names) if not re.search(rf"\b{name}\b", code)]
            assert not missing, f"{file} has no {missing}"


def test_the_readme_lists_every_room():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tree = readme.split("\nplanner/\n")[1].split("\ndocs/")[0]
    rooms = {path.name for path in (ROOT / "planner").iterdir() if path.is_dir() and path.name != "__pycache__"}
    files = {path.name for path in (ROOT / "planner").glob("*.py")} - {"__main__.py", "version.py"}
    assert set(re.findall(r"^  (\w+)/", tree, re.MULTILINE)) <= rooms <= set(re.findall(r"\b(\w+)/", tree))
    assert set(re.findall(r"\b(\w+\.py)\b", tree)) == files


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_names_the_commands_that_the_checks_run():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    checks = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "pip install uv && uv run plan inputs/sakura-2024.yaml" in readme
    assert "pip install uv && uv run pytest" in readme
    assert re.search(r"\buv run pytest\b", checks)


def test_the_checks_are_a_valid_script():
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)
