"""The JSON Schema of a case file, for editors that complete fields and underline mistakes while one types.

``python -m planner.reading.case.schema inputs/case.schema.json`` writes it anew after a change of the nouns.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from planner.case.case import Case


class _WithoutTitles(GenerateJsonSchema):
    """Leaves out titles that only repeat the name of a field."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401
        return False


def case_schema() -> dict[str, Any]:
    """The schema of a case file; descriptions are the docstrings of the nouns."""
    schema = _as_written(Case.model_json_schema(by_alias=True, schema_generator=_WithoutTitles))
    schema["$defs"]["System"].pop("required")  # a case may state one figure and leave the rest to the catalogue
    return {"$schema": GenerateJsonSchema.schema_dialect, "title": "Case file", **schema}


def schema_text() -> str:
    """The schema as it stands in ``inputs/case.schema.json``."""
    return json.dumps(case_schema(), indent=2, ensure_ascii=False) + "\n"


def _as_written(schema: Any) -> Any:  # noqa: ANN401
    """The schema without 'or null', as a field without a value is left out, and closed to keys of the wrong form."""
    if isinstance(schema, list):
        return [_as_written(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _as_written(value) for key, value in schema.items() if value is not None}
    ways = kept.pop("anyOf", None)
    if ways is not None:
        ways = [way for way in ways if way != {"type": "null"}]
        kept |= ways[0] if len(ways) == 1 else {"anyOf": ways}
    if "patternProperties" in kept:
        kept.setdefault("additionalProperties", False)
    return kept


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
