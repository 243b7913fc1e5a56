import json
import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.rules import __main__, commands, load
from app.rules.coverage import COUNTED
from app.rules.decision import SourceNote
from app.rules.lookup import source_lines
from tests.rules.folders import EXAMPLE, change

TODAY = date(2026, 11, 23)


def shown(name: str, folder: Path = load.DATA) -> str:
    """What `show` prints, on one line, so that a test does not depend on where lines break."""
    report = commands.show(name, TODAY, folder)
    assert report.status == commands.WELL
    return " ".join(" ".join(report.lines).split())


# ---- check


def test_the_delivered_data_has_no_fault() -> None:
    report = commands.check()
    assert report.lines == (f"{len(load.data_files())} files, nothing wrong.",)
    assert report.status == 0


def test_every_finding_is_printed_with_file_path_problem_and_remedy(folder: Path) -> None:
    change(folder, "confidence: high", "confidence: medium")
    change(folder, "sources: [station, survey]", "sources: [station, survey, station]")
    change(folder, "  - since: 2023", "  - since:  2023")
    report = commands.check(folder)
    count = len(load.data_files(folder))
    assert report.lines == (
        "countries/AQ.yaml: (file): is not in canonical form. Run `afterword rules fix`. [fix can mend this]",
        "countries/AQ.yaml: thank_you_note.0.sources: names a source twice. Keep one. [fix can mend this]",
        f"{count} files, 2 findings; `fix` can mend 2.",
    )
    assert report.status == 1


def test_what_only_people_can_mend_is_not_promised(folder: Path) -> None:
    change(folder, "sources: [station, survey]", "sources: [station]")
    change(folder, "  survey:", "  other:")
    report = commands.check(folder)
    assert report.status == 1
    assert len(report.lines) == 3
    assert not any("fix can" in line for line in report.lines)
    assert report.lines[-1].endswith("2 findings.")


def test_every_fault_of_every_file_that_cannot_be_read_is_a_finding(folder: Path) -> None:
    change(folder, "expectation: optional", "expectations: optional")
    change(folder, 'region: "010"', "region: 10")
    change(folder, 'code: "NO"', "code: NO\ncode: NO", name="countries/NO.yaml")
    change(folder, 'code: "SE"', 'code: "NO"', name="countries/SE.yaml")
    change(folder, "title: ", "title: \x07", name="formats/panel.yaml")
    (folder / "sectors" / "law.yaml").write_bytes(b"key: law\ntitle: \xff\n")
    (folder / "world.yaml").unlink()
    (folder / "countries" / "XX.yml").write_text("code: XX\n", encoding="utf-8")
    (folder / "notes.yaml").write_text("notes: stray\n", encoding="utf-8")
    (folder / ".hidden").write_text("left by an editor\n", encoding="utf-8")
    report = commands.check(folder)
    found = {tuple(line.split(": ")[:2]) for line in report.lines[:-1]}
    assert found == {
        ("countries/AQ.yaml", "region"),
        ("countries/AQ.yaml", "thank_you_note.1.expectations"),
        ("countries/NO.yaml", "line 2, column 1"),
        ("countries/SE.yaml", "code"),
        ("countries/XX.yml", "(file)"),
        ("formats/panel.yaml", "(file)"),
        ("notes.yaml", "(file)"),
        ("sectors/law.yaml", "byte 16"),
        ("world.yaml", "(file)"),
    }
    assert report.status == 1
    assert "the other checks run once every file can be read" in report.lines[-1]


# ---- fix


def test_fix_tells_what_it_did_and_what_is_left(folder: Path) -> None:
    change(folder, "  - since: 2023", "  - since:  2023")
    assert commands.fix(folder).lines[:2] == (
        "countries/AQ.yaml: written in canonical form",
        "1 thing mended.",
    )
    again = commands.fix(folder)
    assert again.lines[0] == "0 things mended."
    assert again.status == 0
    change(folder, "sources: [station, survey]", "sources: [station]")
    assert commands.fix(folder).status == 1


# ---- show


def test_a_country_is_shown_with_values_evidence_variations_notes_and_sources(folder: Path) -> None:
    text = shown("AQ", folder)
    for part in (
        "AQ Antarctica coverage: basic (2 real, 0 inherited, ",
        "regions: 010 Antarctica, 001 World",
        "time zone: several",
        "thank_you.expectation: appreciated country:AQ, confidence high; AQ:station, AQ:survey over world: optional",
        "variation:AQ/wintering (when track = experienced, size = small) Whoever winters there is thanked by radio.",
        "subdivision:AQ-C Ships bring the mail. thank_you.gifts: avoid [confidence low; AQ:station]",
        "An invented example, à la carte.",
        "AQ:survey Example Survey, survey https://survey.example.com/ Half of those asked send a note.",
        "AQ:station Example Station, 2024, blog",
    ):
        assert part in text


@pytest.mark.parametrize("name", ["JP", "jp", "Japan"])
def test_a_country_is_found_by_its_code_or_its_english_name(name: str) -> None:
    assert shown(name).startswith("JP Japan ")


def test_a_country_with_a_statute_names_it_and_the_statute_is_shown_by_its_key() -> None:
    assert "Statutes on-inform-interviewed" in shown("CA")
    text = shown("on-inform-interviewed")
    for part in ("CA-ON, inform interviewed candidates", "clock: 45 days", "in force: 2026-01-01", "not legal advice"):
        assert part in text


def test_a_statute_without_a_clock_is_shown_without_one() -> None:
    [key, *_] = [key for key, law in load.read().statutes.items() if law.clock is None]
    assert "clock:" not in shown(key)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("academia", "sector:academia Academia"),
        ("panel", "format:panel Panel interview"),
        ("via-agency", "agency:via-agency Through a recruitment agency"),
        ("zapier", "company:zapier Zapier also: zapier.com"),
        ("www.zapier.com", "company:zapier"),
    ],
)
def test_sectors_formats_situations_and_companies_are_shown(name: str, begins: str) -> None:
    assert shown(name).startswith(begins)


def test_a_company_without_other_names_has_none_listed(folder: Path) -> None:
    company = "key: example\nname: Example Inc\nsources: {}\n"
    (folder / "companies" / "example.yaml").write_text(company, encoding="utf-8")
    assert shown("example", folder) == "company:example Example Inc Practice company:example"


def test_a_key_of_several_things_shows_them_all(folder: Path) -> None:
    company = "key: panel\nname: Panel Inc\nnotes: Invented.\n"
    (folder / "companies" / "panel.yaml").write_text(company, encoding="utf-8")
    lines = commands.show("panel", TODAY, folder).lines
    assert lines[0] == "format:panel  Panel interview"
    assert lines[lines.index("company:panel  Panel Inc") - 1] == ""


def test_a_stop_is_shown_as_one() -> None:
    assert "STOP, no thank-you note: " in shown("canvassing")


def test_a_stop_of_enquiries_is_shown_as_one() -> None:
    assert "STOP, no enquiry: " in shown("told-not-to-contact")


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Frnce", "Did you mean FR (France)?"), ("academa", "Did you mean academia?"), ("qqqq", "Give a country's code")],
)
def test_an_unknown_name_is_refused_with_what_may_be_meant(name: str, hint: str) -> None:
    report = commands.show(name, TODAY)
    assert report.status == 2
    assert name in report.lines[0]
    assert hint in report.lines[0]


@pytest.mark.parametrize("command", [commands.coverage, commands.stale])
def test_data_that_cannot_be_read_ends_a_command_with_the_fault(
    command: Callable[[date, Path], commands.Report], folder: Path
) -> None:
    change(folder, 'region: "010"', "region: 10")
    report = command(TODAY, folder)
    assert report.status == 1
    assert len(report.lines) == 1
    assert report.lines[0].startswith("countries/AQ.yaml: region: ")


def test_a_source_that_is_cited_without_a_summary_is_shown_with_its_address() -> None:
    source = SourceNote("Example Gazette", "https://gazette.example.com/", None, "news", "en", None)
    assert list(source_lines({"law:gazette": source})) == [
        "  law:gazette  Example Gazette, news",
        "      https://gazette.example.com/",
    ]


# ---- coverage


def test_coverage_counts_countries_by_level_field_and_country(folder: Path) -> None:
    lines = commands.coverage(TODAY, folder).lines
    levels = dict(line.split() for line in lines[1:5])
    assert list(levels) == ["none", "basic", "moderate", "full"]
    assert sum(map(int, levels.values())) == 250
    for line in lines[7 : 7 + len(COUNTED)]:
        assert sum(map(int, line.split()[1:])) == 250
    assert [*COUNTED] == [line.split()[0] for line in lines[7 : 7 + len(COUNTED)]]
    [antarctica] = [line for line in lines if line.startswith("AQ ")]
    assert antarctica.split()[1:4] == ["Antarctica", "basic", "2"]
    assert lines[-1] == f"Of {levels['none']} further countries nothing is known."


def test_coverage_is_printed_as_json_too() -> None:
    report = json.loads("\n".join(commands.coverage(TODAY, as_json=True).lines))
    assert set(report) == {"levels", "fields", "countries"}
    assert sum(report["levels"].values()) == len(report["countries"]) == 250
    assert set(report["fields"]["next_move.who"]) == {"real", "inherited", "missing"}
    assert report["countries"]["JP"]["level"] == "full"


# ---- stale


def test_entries_are_stale_24_months_after_their_review_and_the_oldest_comes_first(folder: Path) -> None:
    own = [line for line in commands.stale(date(2028, 2, 1), folder).lines if "AQ" in line]
    assert own == [
        "2025-02-01   36 months  countries/AQ.yaml: thank_you_note",
        "2026-01-01   25 months  countries/AQ.yaml: subdivisions.coast.gifts",
    ]


def test_an_entry_is_stale_on_the_day_after_its_term_and_superseded_ones_do_not_matter(folder: Path) -> None:
    assert not [line for line in commands.stale(date(2027, 2, 1), folder).lines if "AQ" in line]
    report = commands.stale(date(2027, 2, 2), folder)
    assert [line for line in report.lines if "AQ" in line] == [
        "2025-02-01   24 months  countries/AQ.yaml: thank_you_note"
    ]
    assert report.status == 0


def test_statutes_go_stale_too_and_nothing_is_stale_today() -> None:
    assert any("statutes/on-inform-interviewed.yaml" in line for line in commands.stale(date(2030, 1, 1)).lines)
    [closing] = commands.stale(TODAY).lines
    assert closing.startswith("0 of ")
    assert closing.endswith("not reviewed for 24 months on 2026-11-23.")


# ---- schema


def test_schema_writes_the_file(folder: Path) -> None:
    (folder / "schema.json").unlink()
    assert commands.write_schema(folder).lines == ("schema.json: 9 kinds of files.",)
    assert commands.check(folder).status == 0


# ---- the command line


def test_the_module_runs_as_a_program_and_its_status_tells_the_outcome(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["app.rules", "show", "Atlantis"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(__main__.__file__), run_name="__main__")
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "'Atlantis'" in printed.err


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["show", "JP", "--as-of", "2026-11-23"], "JP  Japan"),
        (["show", "NO"], "NO  Norway"),
        (["coverage"], "level      countries"),
        (["coverage", "--json"], "{"),
        (["stale", "--as-of", "2026-11-23"], "0 of "),
        (["check"], f"{len(load.data_files())} files, nothing wrong."),
    ],
)
def test_each_command_is_there(arguments: list[str], first: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(arguments) == 0
    assert capsys.readouterr().out.startswith(first)


def test_stale_asks_the_clock_where_no_day_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["stale"]) == 0
    assert "not reviewed for 24 months on " in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["mend"], ["stale", "--as-of", "tomorrow"]])
def test_a_command_line_that_cannot_be_used_ends_with_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        __main__.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err


def test_the_example_of_these_tests_is_itself_without_fault(folder: Path) -> None:
    assert (folder / EXAMPLE).exists()
    assert commands.check(folder).status == 0


def test_no_command_depends_on_the_folder_it_is_started_in(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(load.__file__).parents[2])}
    command = [sys.executable, "-m", "app.rules", "show", "JP"]
    run = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
    assert run.stdout.startswith("JP  Japan\n")
