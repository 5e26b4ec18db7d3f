"""A page as a browser would take it apart, and what every page of the program keeps to."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "input", "img"}
MOST_BYTES = 300_000


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""


@dataclass
class Reader(HTMLParser):
    """Every element in its order, with its own text; complains about what is not closed."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"<{tag}> has an attribute twice"
        found = Element(tag, {name: value or "" for name, value in attrs}, tuple(one.name for one in self.open))
        self.elements.append(found)
        if tag not in VOID:
            self.open.append(found)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop().name == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for one in self.open:
            one.text += data


def read(text: str) -> list[Element]:
    """The elements of a page."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return reader.elements


def named(elements: list[Element], name: str, **attributes: str) -> list[Element]:
    """Elements of a name with some attributes."""
    wanted = attributes.items()
    return [one for one in elements if one.name == name and all(one.attributes.get(k) == v for k, v in wanted)]


def rows(elements: list[Element], figure: str) -> list[list[str]]:
    """The cells of the table behind a picture, without its head."""
    begin = elements.index(named(elements, "figure", id=figure)[0])
    end = next((n for n in range(begin + 1, len(elements)) if "figure" not in elements[n].parents), len(elements))
    found: list[list[str]] = []
    for one in elements[begin:end]:
        if one.name == "tr":
            found.append([])
        elif one.name in ("th", "td") and "tbody" in one.parents:
            found[-1].append(one.text)
    return [row for row in found if row]


def require_page(text: str) -> list[Element]:
    """What every page keeps to; returns its elements."""
    assert text.startswith("<!DOCTYPE html>\n")
    assert len(text.encode()) <= MOST_BYTES
    elements = read(text)
    _from_nowhere_else(text, elements)
    _one_policy(elements)
    _told_to_all(elements)
    return elements


def _from_nowhere_else(text: str, elements: list[Element]) -> None:
    known = {one.attributes["id"] for one in elements if "id" in one.attributes}
    assert len(known) == sum("id" in one.attributes for one in elements), "an id stands twice"
    for one in elements:
        assert one.name not in {"img", "iframe", "object", "embed", "link", "base", "form", "use", "image", "audio"}
        for name, value in one.attributes.items():
            assert not name.startswith("on"), f"{name} of <{one.name}>"
            assert name not in {"src", "srcset", "style", "xlink:href", "action"}, f"{name} of <{one.name}>"
            if name == "href":
                is_file = re.fullmatch(r"[\w-]+(/[\w.-]+)*\.(xlsx|json|html)", value)
                assert is_file or value.removeprefix("#") in known, value
            if name == "aria-labelledby":
                assert set(value.split()) <= known
    (style,) = named(elements, "style")
    assert "@import" not in style.text
    for target in re.findall(r"url\((.*?)\)", style.text):
        assert target.removeprefix("#") in known
    assert text.count("<style") == 1


def _one_policy(elements: list[Element]) -> None:
    (policy,) = named(elements, "meta", **{"http-equiv": "Content-Security-Policy"})
    rules = dict(rule.strip().split(" ", 1) for rule in policy.attributes["content"].split(";"))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    for name in ("style", "script"):
        found = named(elements, name)
        hashes = [base64.b64encode(hashlib.sha256(one.text.encode()).digest()).decode() for one in found]
        assert [rules.pop(f"{name}-src", None)] == ([f"'sha256-{one}'" for one in hashes] or [None])
    assert not rules


def _told_to_all(elements: list[Element]) -> None:
    """Who sees no picture has its title, its words and its figures."""
    figures = named(elements, "figure")
    pictures = [one for one in named(elements, "svg") if one.attributes["class"].startswith("picture")]
    assert figures
    assert len(pictures) == 2 * len(figures)
    assert all(one.attributes["role"] == "img" and one.attributes["aria-labelledby"] for one in pictures)
    assert len(named(elements, "title")) == len(pictures) + 1
    assert all(len(one.text) > 20 for one in named(elements, "desc"))
    tables = [one for one in elements if one.name == "table" and "details" in one.parents and "figure" in one.parents]
    assert len(tables) == len(figures)
    for one in named(elements, "div", **{"class": "scroll"}):
        assert one.attributes["tabindex"] == "0"
        assert one.attributes["aria-label"]
