import fnmatch
import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from app.rules import entries, load, schema
from tests.rules.folders import EXAMPLE_TEXT

DOCUMENT = schema.document()
WHOLE = jsonschema_rs.validator_for(DOCUMENT)
BY_PATTERN = {
    pattern: jsonschema_rs.validator_for({**DOCUMENT, "anyOf": [reference]})
    for pattern, reference in DOCUMENT["x-files"].items()
}


def content(text: str) -> dict[str, Any]:
    """YAML as editors read it."""
    record: dict[str, Any] = yaml.load(text, Loader=load.StrictLoader)  # noqa: S506 - a safe loader
    return record


@pytest.mark.parametrize("name", load.data_files())
def test_every_data_file_fits_the_definition_for_its_folder_and_the_document_as_a_whole(name: str) -> None:
    [validator] = [one for pattern, one in BY_PATTERN.items() if fnmatch.fnmatch(name, pattern)]
    record = content(load.text_of(load.DATA, name))
    assert [error.message for error in validator.iter_errors(record)] == []
    assert WHOLE.is_valid(record)


def test_the_file_in_the_repository_is_what_the_models_say() -> None:
    assert list(schema.check_schema(load.DATA)) == []
    assert json.loads(load.text_of(load.DATA, schema.FILE)) == DOCUMENT


def test_each_folder_and_each_single_file_has_its_definition() -> None:
    assert set(schema.patterns()) == {"world.yaml", "regions.yaml"} | {
        f"{kind.folder}/*.yaml" for kind in entries.FOLDERS
    }
    assert set(schema.patterns().values()) <= set(DOCUMENT["$defs"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("expectation: optional", "expectation: common"),
        ("expectation: optional", "expectations: optional"),
        ("channels: [email]", "channels: email"),
        ("reviewed_on: 2020-06-01", "reviewed_on: 23"),
        ("year: 2024", "year: lately"),
        ('code: "AQ"', 'code: "Antarctica"'),
        ('region: "010"\n', ""),
    ],
)
def test_what_the_loader_refuses_is_marked_in_an_editor_too(old: str, new: str) -> None:
    assert old in EXAMPLE_TEXT
    assert BY_PATTERN["countries/*.yaml"].is_valid(content(EXAMPLE_TEXT))
    spoilt = EXAMPLE_TEXT.replace(old, new, 1)
    with pytest.raises(load.DataError):
        load.parse(spoilt, entries.Country, "countries/AQ.yaml")
    assert not BY_PATTERN["countries/*.yaml"].is_valid(content(spoilt))


def test_there_is_no_null_no_default_and_no_title_that_repeats_a_key() -> None:
    when = DOCUMENT["$defs"]["When"]["properties"]
    assert when["via_agency"] == {"type": "boolean"}
    assert "said.answer_by" in when
    assert '"null"' not in schema.text()
    assert '"default"' not in schema.text()


def test_a_field_is_described_where_it_needs_to_be() -> None:
    since = DOCUMENT["$defs"]["ThankYouNote"]["properties"]["since"]
    assert since["description"].startswith("The evidence speaks from this day on")


@pytest.mark.parametrize("spoil", ["missing", "old"])
def test_a_schema_that_is_missing_or_old_is_found(folder: Path, spoil: str) -> None:
    path = folder / schema.FILE
    if spoil == "missing":
        path.unlink()
    else:
        path.write_text("{}\n", encoding="utf-8")
    [finding] = schema.check_schema(folder)
    assert finding.fixable
    assert finding.file == "schema.json"


def test_the_example_of_the_readme_is_a_country() -> None:
    readme = load.text_of(load.DATA, "README.md")
    [example] = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    assert load.parse(example, entries.Country, "countries/NO.yaml").code == "NO"
    assert BY_PATTERN["countries/*.yaml"].is_valid(content(example))
