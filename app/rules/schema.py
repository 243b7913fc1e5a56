"""JSON Schema of the data files, for editors, made from the models in `entries.py`.

It promises less than the loader demands (a pattern knows no cross-references), but nothing that the loader allows is
refused by it. As in the data, there is no null: what is absent is inherited.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from app.rules import entries, load
from app.rules.findings import Finding

FILE = "schema.json"
DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest dialect that all YAML editors know."""


class _WithoutNull(GenerateJsonSchema):
    """Pydantic's generator without null, defaults and titles, none of which a data file has."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """The schema of the value that may be absent."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The schema of the value itself."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - Pydantic's signature
        """Never: a title would repeat the key."""
        return False


def patterns() -> dict[str, str]:
    """Which files below the data folder follow which definition: a file name or pattern to a model's name."""
    alone = {name: model.__name__ for name, model in load.ONE_OF_A_KIND.items()}
    return alone | {f"{model.folder}/*.yaml": model.__name__ for model in entries.FOLDERS}


def document() -> dict[str, Any]:
    """The schema: any data file fits it; `$defs` has each kind of file and `x-files` says which is which."""
    models = [*load.ONE_OF_A_KIND.values(), *entries.FOLDERS]
    _, made = models_json_schema([(model, "validation") for model in models], schema_generator=_WithoutNull)
    return {
        "$schema": DIALECT,
        "title": "Rule data of Afterword",
        "description": "Made by `python -m app.rules schema` from app/rules/entries.py.",
        "x-files": {pattern: {"$ref": f"#/$defs/{name}"} for pattern, name in patterns().items()},
        "anyOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in models],
        "$defs": made["$defs"],
    }


def text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def check_schema(folder: Path) -> Iterator[Finding]:
    """schema.json is what the models say."""
    try:
        found = load.text_of(folder, FILE)
    except load.DataError:
        found = ""
    if found != text():
        yield Finding(FILE, "(file)", "is not what the models say", "Run `afterword rules fix`", fixable=True)
