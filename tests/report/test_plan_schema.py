"""plan.json keeps to its schema, whatever the case has; and the schema would notice if it did not."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest

from generate import FOLDER
from planner.planning import plan
from planner.reading.budget import read_case
from planner.report.summary_file import summary
from tests.places import CASES
from tests.report import example, programmes

SCHEMA = json.loads((FOLDER / "plan.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.fixture(scope="module", params=["tiny", "example", "programmes"])
def written(request: pytest.FixtureRequest) -> dict[str, Any]:
    made = {
        "tiny": lambda: plan(read_case(CASES / "tiny.yaml")),
        "example": example.outcome,
        "programmes": programmes.outcome,
    }
    return json.loads(json.dumps(summary(made[request.param]())))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_what_is_written_keeps_to_it_and_holds_nothing_that_it_does_not_know(written: dict[str, Any]) -> None:
    VALIDATOR.validate(written)
    assert unknown(written, SCHEMA) == []


def unknown(value: Any, schema: dict[str, Any], path: str = "") -> list[str]:
    """Fields of a file that the schema does not name."""
    while "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if "oneOf" in schema:
        schema = next(way for way in schema["oneOf"] if fits(value, way))
    if isinstance(value, list):
        return [name for one in value for name in unknown(one, schema.get("items", {}), f"{path}[]")]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    known = schema["properties"]
    missed = [f"{path}.{name}" for name in value if name not in known]
    below = [unknown(one, known[name], f"{path}.{name}") for name, one in value.items() if name in known]
    return [*missed, *(name for names in below for name in names)]


def fits(value: Any, schema: dict[str, Any]) -> bool:
    return bool(jsonschema.Draft202012Validator({**schema, "$defs": SCHEMA["$defs"]}).is_valid(value))


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (("format",), 1),
        (("headline", "npv"), "much"),
        (("proof", "limits_broken"), 1),
        (("decisions", "order", 0, "systems"), 1.5),
        (("decisions", "order", 0, "period"), "2024-13"),
        (("periods", 0, "cash"), None),
        (("months", 0, "cash_at_end"), ...),
        (("headline", "value_added"), ...),
        (("decisions", "serve"), ...),
    ],
    ids=str,
)
def test_a_file_that_broke_the_promise_would_be_noticed(
    written: dict[str, Any], path: tuple[str | int, ...], change: object
) -> None:
    broken: Any = copy.deepcopy(written)
    place = broken
    for step in path[:-1]:
        place = place[step]
    assert path[-1] in place or isinstance(path[-1], int)
    if change is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = change
    assert not VALIDATOR.is_valid(broken)
