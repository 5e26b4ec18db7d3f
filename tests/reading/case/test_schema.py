"""The JSON Schema for editors."""

from __future__ import annotations

from planner.reading.case.schema import case_schema, schema_text
from tests.places import INPUTS

COMMITTED = INPUTS / "case.schema.json"


def test_the_committed_schema_is_that_of_the_nouns():
    remedy = "run: python -m planner.reading.case.schema inputs/case.schema.json"
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), remedy


def test_figures_by_month_are_texts_or_groups_of_texts():
    power = case_schema()["$defs"]["Capacity"]["properties"]["power"]
    one, steps = power["oneOf"]
    assert one["type"] == "string"
    assert steps["type"] == "object"
    assert steps["additionalProperties"] is False
    assert [step["type"] for step in steps["patternProperties"].values()] == ["string"]


def test_every_field_is_described():
    schema = case_schema()
    groups = {"Case": schema, **schema["$defs"]}
    silent = [
        f"{name}.{field}"
        for name, group in groups.items()
        for field, about in group["properties"].items()
        if not about.get("description")
    ]
    assert silent == []


def test_a_case_may_state_one_figure_of_a_system():
    assert "required" not in case_schema()["$defs"]["System"]
