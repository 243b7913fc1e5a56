import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from app.rules import checks, findings, fixes, load, schema
from tests.rules.folders import change

WITHOUT = "without its comments (what is worth keeping goes into notes)"


def left(folder: Path) -> list[findings.Finding]:
    """What the checks find."""
    return [*checks.check(load.read(folder)), *schema.check_schema(folder)]


def everything(folder: Path) -> dict[str, bytes]:
    """The content of every file."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def spoil_form(folder: Path) -> None:
    change(folder, 'region: "010"\n', "region:   '010'  # the ice\n")


def spoil_text(folder: Path) -> None:
    change(folder, "\u00e0 la carte", "a\u0300 la carte")


def spoil_sources(folder: Path) -> None:
    change(folder, "sources: [station, survey]", "sources: [station, survey, station]")


def spoil_sources_of_a_remark(folder: Path) -> None:
    change(folder, "radio.\n  sources: [station]", "radio.\n  sources: [station, station]")


def spoil_supports(folder: Path) -> None:
    change(folder, ", variations.wintering]", "]")


def spoil_dates(folder: Path) -> None:
    change(folder, "since: 2020-01-01", "since: 2024-06-01")
    change(folder, "reviewed_on: 2020-06-01", "reviewed_on: 2024-06-01")


def spoil_dates_of_a_subdivision(folder: Path) -> None:
    change(folder, "    - since: 2023-01-01\n      reviewed_on: 2026-01-01", "    - reviewed_on: 2026-01-01")
    change(folder, "    - reviewed_on: 2022-01-01", "    - since: 2021-01-01\n      reviewed_on: 2022-01-01")


def spoil_schema(folder: Path) -> None:
    (folder / schema.FILE).unlink()


SPOILERS = (
    spoil_form,
    spoil_text,
    spoil_sources,
    spoil_sources_of_a_remark,
    spoil_supports,
    spoil_dates,
    spoil_dates_of_a_subdivision,
    spoil_schema,
)


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__.removeprefix("spoil_"))
def test_what_is_called_mendable_is_mended_and_the_second_time_nothing_is_left_to_do(
    folder: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(folder)
    found = left(folder)
    assert found
    assert all(finding.fixable for finding in found)
    done = fixes.fix(folder)
    assert {line.partition(": ")[0] for line in done} == {finding.file for finding in found}
    assert left(folder) == []
    mended = everything(folder)
    assert fixes.fix(folder) == []
    assert everything(folder) == mended


def test_the_delivered_data_is_left_alone(folder: Path) -> None:
    before = everything(folder)
    assert fixes.fix(folder) == []
    assert everything(folder) == before


def test_mending_brings_back_the_very_file_that_was_spoilt_and_says_what_was_done(folder: Path) -> None:
    before = everything(folder)
    for spoil in (spoil_form, spoil_text, spoil_sources, spoil_schema):
        spoil(folder)
    assert fixes.fix(folder) == [
        "countries/AQ.yaml: put in NFC",
        f"countries/AQ.yaml: written in canonical form, {WITHOUT}: # the ice",
        "countries/AQ.yaml: sources named once, and remarks among what they support",
        "schema.json: made anew from the models",
    ]
    assert everything(folder) == before


def test_each_fixer_has_the_name_of_a_check() -> None:
    named = {name.removeprefix("fix_") for name in vars(fixes) if name.startswith("fix_")}
    checked = {check.__name__.removeprefix("check_") for check in (*checks.CHECKS, schema.check_schema)}
    assert named == {"form", "text", "sources", "dates", "schema"}
    assert named <= checked


def test_a_file_that_cannot_be_read_is_left_alone_and_the_others_are_mended(folder: Path) -> None:
    change(folder, 'region: "010"', "region: '010'")
    change(folder, 'code: "NO"', 'code: "NO', name="countries/NO.yaml")
    unreadable = load.text_of(folder, "countries/NO.yaml")
    assert fixes.fix(folder) == ["countries/AQ.yaml: written in canonical form"]
    assert load.text_of(folder, "countries/NO.yaml") == unreadable


def test_text_is_composed() -> None:
    assert fixes.fix_text("Pre\u0301cis") == unicodedata.normalize("NFC", "Pre\u0301cis")


def test_entries_are_put_newest_first_with_the_undated_last(folder: Path) -> None:
    spoil_dates_of_a_subdivision(folder)
    fixes.fix(folder)
    found = load.read(folder).countries["AQ"].subdivisions["coast"].gifts
    assert [str(entry.since) for entry in found] == ["2021-01-01", "None"]


def test_two_entries_of_one_day_are_for_people_to_settle(folder: Path) -> None:
    change(folder, "since: 2020-01-01", "since: 2024-01-01")
    change(folder, "reviewed_on: 2020-06-01", "reviewed_on: 2024-06-01")
    [finding] = left(folder)
    assert finding.problem == "has two entries since 2024-01-01"
    assert not finding.fixable
    assert fixes.fix(folder) == []
