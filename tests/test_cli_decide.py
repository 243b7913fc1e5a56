"""`afterword decide`: what it prints, and what it refuses."""

import json
from datetime import UTC, datetime
from typing import get_args

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel
from typer.testing import CliRunner

from app.cli import cli
from app.cli.options import OPTIONS
from app.http import clock
from app.main import create_app
from app.rules import load
from app.rules.facts import Choice, Facts, Recipient, Reported, Said
from app.rules.vocabulary import Channel
from tests.rules.whole_book import whole_book

runner = CliRunner()

TOKYO = ["--country", "JP", "--track", "experienced", "--ownership", "domestic", "--as-of", "2026-11-23"]
NEW_YORK = [
    *("--country", "US", "--subdivision", "US-NY", "--as-of", "2026-11-23"),
    *("--ended-at", "2026-11-23T16:30", "--time-zone", "America/New_York"),
]
TORONTO = [
    *("--country", "CA", "--subdivision", "CA-ON", "--as-of", "2026-11-23"),
    *("--ended-at", "2026-11-20T15:00", "--time-zone", "America/Toronto", "--headcount", "30"),
]


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule data, read once for all tests that decide."""
    data = whole_book().data
    monkeypatch.setattr(load, "read", lambda: data)


def decided(*arguments: str) -> str:
    """What `afterword decide` prints, on one line, so that a test does not depend on where lines break."""
    result = runner.invoke(cli, ["decide", *arguments])
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def refused(*arguments: str) -> str:
    """The sentence with which `afterword decide` refuses its arguments."""
    result = runner.invoke(cli, ["decide", *arguments])
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr.strip()


@pytest.mark.usefixtures("once")
def test_decide_begins_with_what_to_do_and_goes_on_with_why() -> None:
    text = decided(*TOKYO)
    assert text.startswith(
        "Thank every interviewer in person, at the end of the interview. Send no thank-you note. It is not the custom"
    )
    order = [text.index(part) for part in ("Send no", "The next move is the employer's", "References are", "Why")]
    order += [text.index(part) for part in ("What would change it", "Sources", "Rules sha256:")]
    assert order == sorted(order)
    assert "thank_you.expectation = uncommon: variation:JP/mid-career-domestic, high confidence; Rikunabi NEXT" in text
    assert "world (optional)" in text
    assert "--ownership foreign: thank_you.outcome send" in text
    assert "https://" in text[text.index(" Sources ") :]
    assert "decided as of 2026-11-23. Information, not legal advice." in text


@pytest.mark.usefixtures("once")
def test_where_no_note_is_sent_nothing_is_said_of_how_to_write_one() -> None:
    text = decided(*TOKYO)
    assert "thank_you.channels =" not in text
    assert " content: " not in text


@pytest.mark.usefixtures("once")
def test_where_a_late_note_does_harm_that_is_said() -> None:
    assert "later: rather send nothing" in decided("--country", "JP", "--ownership", "foreign")
    assert "later:" not in decided("--country", "US")


@pytest.mark.usefixtures("once")
def test_a_note_has_its_time_on_the_clock_of_the_reader() -> None:
    text = decided(*NEW_YORK)
    assert "Send a thank-you note. It is expected" in text
    assert "when: best Tue 24 Nov 2026, 09:00, not before Mon 23 Nov 2026, 16:30, at the latest" in text
    assert "(America/New_York time)" in text
    assert "passed" not in text.partition(" Why ")[0]


@pytest.mark.usefixtures("once")
def test_a_time_that_has_passed_is_called_passed_and_an_offset_is_a_zone_too() -> None:
    text = decided("--country", "US", "--ended-at", "2026-11-16T16:30:00-05:00", "--as-of", "2026-11-23")
    assert "(UTC-05:00 time); that time has passed" in text


@pytest.mark.usefixtures("once")
def test_without_the_end_of_the_interview_times_are_counted_from_it() -> None:
    text = decided("--country", "JP", "--track", "new_graduate", "--format", "informal")
    assert "when: on the same day, within 24 hours of the interview, on a working day (give --ended-at" in text


@pytest.mark.usefixtures("once")
def test_a_window_that_reaches_to_the_next_working_day_says_so() -> None:
    arguments = ["--country", "SA", "--ended-at", "2026-11-26T18:00", "--time-zone", "Asia/Riyadh"]
    text = decided(*arguments, "--choice-thank-you", "send")
    assert "Send a thank-you note. The user's own decision" in text
    assert "best Sun 29 Nov 2026, 09:00" in text
    assert "on the first working day after the customary hours" in text


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        ("2026-11-22", "(America/New_York time); that time is still to come in: "),
        ("2026-11-23", "(America/New_York time) in: "),
        ("2026-11-25", "(America/New_York time); that time has passed in: "),
    ],
)
@pytest.mark.usefixtures("once")
def test_the_time_to_send_is_told_as_of_the_day_of_the_decision(as_of: str, told: str) -> None:
    assert told in decided(*NEW_YORK[:4], "--as-of", as_of, *NEW_YORK[6:])


@pytest.mark.usefixtures("once")
def test_where_an_agency_stands_between_its_consultant_is_thanked() -> None:
    thanked = "Thank the consultant at the agency instead"
    assert thanked in decided("--country", "JP", "--via-agency")
    assert thanked not in decided("--country", "JP")
    assert thanked not in decided("--country", "JP", "--via-agency", "--choice-thank-you", "do_not_send")


@pytest.mark.usefixtures("once")
def test_a_choice_that_is_not_followed_names_the_option_that_would_be() -> None:
    text = decided("--country", "KE", "--said-canvassing-disqualifies", "--choice-thank-you", "send")
    assert "The choice to send was not followed" in text
    assert "--choice-override-prohibition was not given" in text


@pytest.mark.usefixtures("once")
def test_what_a_stop_says_is_not_said_again() -> None:
    told = "do not contact interviewers at all"
    text = decided("--country", "KE", "--said-canvassing-disqualifies")
    assert told in text[text.index(" Stops ") : text.index(" What would change it ")]
    assert " Also " not in text


@pytest.mark.usefixtures("once")
def test_a_statute_shows_its_clock_and_which_conditions_are_met() -> None:
    text = decided(*TORONTO)
    assert "the employer has until Mon 04 Jan 2027, if its conditions are met (Employment Standards Act" in text
    assert "met: the employer has 25 or more employees" in text
    assert "unknown: the position was publicly advertised" in text
    certain = decided(*TORONTO, "--publicly-advertised", "--format", "onsite")
    assert "the employer has until Mon 04 Jan 2027 (Employment Standards Act" in certain
    assert "its conditions are not met" in decided(*TORONTO, "--no-publicly-advertised")
    assert "; 45 days from:" in decided("--country", "CA", "--subdivision", "CA-ON")


@pytest.mark.parametrize("process", ["offered", "closed"])
@pytest.mark.usefixtures("once")
def test_no_deadline_of_a_statute_is_shown_once_the_employer_has_answered(process: str) -> None:
    assert f"--process {process}: " in decided(*TORONTO)
    assert "next_move.statutory.status none" in decided(*TORONTO)
    text = decided(*TORONTO, "--process", process)
    assert "the employer has until" not in text
    assert "Employment Standards Act" not in text


@pytest.mark.usefixtures("once")
def test_a_prohibition_is_named_with_its_reason_unless_the_user_overrides_it() -> None:
    arguments = ["--country", "KE", "--said-canvassing-disqualifies"]
    text = decided(*arguments)
    assert "Send no thank-you note. It is not allowed: " in text
    assert " said:canvassing: " in text[text.index(" Stops ") :]
    overridden = decided(*arguments, "--choice-thank-you", "send", "--choice-override-prohibition")
    assert "Send a thank-you note. The user's own decision" in overridden


@pytest.mark.usefixtures("once")
def test_whose_turn_it_is_since_when_and_how_often_one_may_ask() -> None:
    promised = ["--country", "DE", "--said-answer-by", "2026-11-30"]
    waiting = decided(*promised, "--as-of", "2026-11-23")
    assert "answer: by Mon 30 Nov 2026, as promised ask: from " in waiting
    assert "twice at most" in waiting
    late = decided(*promised, "--as-of", "2027-02-01", "--enquiries", "1", "--last-enquiry-on", "2026-12-04")
    assert "The next move is yours since " in late
    assert ": ask once more (" in late
    assert ", once " in late
    assert ": close it and move on (" in decided(*promised, "--as-of", "2026-12-15", "--enquiries", "2")
    assert "ask: do not: " in decided("--country", "DE", "--said-no-contact")
    assert "Nobody owes a next move: close it and move on" in decided("--country", "DE", "--process", "closed")


@pytest.mark.parametrize(
    ("process", "turn"),
    [
        ("closed", "Nobody owes a next move: close it and move on"),
        ("offered", "The next move is yours: accept or decline the offer, in writing, by the day that you were given"),
    ],
)
@pytest.mark.parametrize("said", [("--said-answer-by", "2026-11-20"), ("--said-no-contact",)])
@pytest.mark.usefixtures("once")
def test_once_the_employer_has_answered_nobody_waits_or_asks(process: str, turn: str, said: tuple[str, ...]) -> None:
    text = decided(*NEW_YORK, *said, "--process", process)
    assert f"{turn} (high confidence)." in text
    told, _, why = text.partition(turn)[2].partition(" Why ")
    assert " answer: " not in told
    assert " ask: " not in told
    assert "next_move.who = " in why
    assert "business_days" not in why


@pytest.mark.usefixtures("once")
def test_feedback_consent_and_remarks_are_told_where_there_are_any() -> None:
    text = decided("--country", "JP", "--company", "Unheard-of Ltd")
    assert "consent: A former employer may not pass on personal data" in text
    assert "No published practice is known of 'Unheard-of Ltd'" in text
    assert "feedback: " in decided("--country", "US", "--company", "zapier")


@pytest.mark.usefixtures("once")
def test_a_country_without_evidence_is_honest_about_it() -> None:
    text = decided("--country", "AQ", "--as-of", "2026-11-23")
    assert "(no evidence)" in text
    assert "No evidence, so the harmless value: thank_you.expectation, " in text


@pytest.mark.parametrize("code", ["JP", "US", "FR", "CA", "EG", "BR", "AQ", "XK"])
@pytest.mark.usefixtures("once")
def test_every_line_fits_a_terminal_save_for_addresses(code: str) -> None:
    lines = runner.invoke(cli, ["decide", "--country", code]).stdout.splitlines()
    assert [line for line in lines if len(line) > 112 and "://" not in line] == []


@pytest.mark.usefixtures("once")
def test_decide_without_a_day_decides_for_today_where_the_reader_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    printed = {code: json.loads(decided("--country", code, "--json"))["as_of"] for code in ("JP", "FR")}
    assert printed == {"JP": "2026-11-24", "FR": "2026-11-23"}


@pytest.mark.parametrize("arguments", [TOKYO, NEW_YORK, TORONTO])
@pytest.mark.usefixtures("once")
def test_json_is_what_the_server_answers_to_the_same_facts(arguments: list[str]) -> None:
    printed = runner.invoke(cli, ["decide", *arguments, "--json"]).stdout
    pairs = zip(arguments[::2], arguments[1::2], strict=True)
    facts: dict[str, object] = {flag.removeprefix("--").replace("-", "_"): value for flag, value in pairs}
    if "--headcount" in arguments:
        facts["headcount"] = 30
    with TestClient(create_app()) as client:
        answer = client.post("/v1/decisions/preview", json=facts)
    assert answer.status_code == 200
    assert json.loads(printed) == answer.json()


def test_every_fact_has_an_option() -> None:
    groups: dict[str, type[BaseModel]] = {
        "said": Said,
        "reported": Reported,
        "recipient": Recipient,
        "choice": Choice,
    }
    paths = {(name,) for name in Facts.model_fields if name not in groups}
    paths_in_groups = {(group, name) for group, model in groups.items() for name in model.model_fields}
    assert set(OPTIONS) == paths | paths_in_groups
    shown = runner.invoke(cli, ["decide", "--help"], env={"COLUMNS": "200"}).stdout
    assert [option.flag for option in OPTIONS.values() if option.flag not in shown] == []


@pytest.mark.usefixtures("once")
def test_a_list_is_given_by_repeating_its_option() -> None:
    arguments = ["--country", "US", "--recipient-channels", "phone", "--recipient-channels", "email", "--json"]
    printed = json.loads(runner.invoke(cli, ["decide", *arguments]).stdout)
    assert printed["facts"]["recipient"]["channels"] == ["phone", "email"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "--country is needed."),
        (["--country", "Japan"], "--country: 'Japan' is no ISO 3166-1 alpha-2 code of a country; write JP."),
        (["--country", "日本"], "--country: '日本' is no ISO 3166-1 alpha-2 code of a country; write JP."),
        (["--country", "jp"], "--country: 'jp' is no ISO 3166-1 alpha-2 code of a country; write JP."),
        (
            ["--country", "Germny"],
            "--country: 'Germny' is no ISO 3166-1 alpha-2 code of a country; did you mean DE (Germany)?",
        ),
        (["--country", "QQ"], "--country: 'QQ' is no ISO 3166-1 alpha-2 code of a country, such as JP."),
        (["--country", "UK"], "--country: 'UK' is no ISO 3166-1 alpha-2 code of a country; write GB."),
        (["--country", "US", "--size", "huge"], "--size: 'huge' is not known; write one of small, large."),
        (
            ["--country", "US", "--recipient-channels", "fax"],
            f"--recipient-channels: 'fax' is not known; write one of {', '.join(get_args(Channel))}.",
        ),
        (["--country", "US", "--as-of", "soon"], "--as-of: 'soon' is no day; write it as in 2026-11-23."),
        (
            ["--country", "US", "--ended-at", "noon"],
            "--ended-at: 'noon' is no time; write it as in 2026-11-23T15:00+09:00.",
        ),
        (["--country", "US", "--headcount", "many"], "--headcount: 'many' is no whole number."),
        (
            ["--country", "US", "--headcount", "-1"],
            "--headcount: -1: This must be 0 or more.",
        ),
        (
            ["--country", "US", "--ended-at", "2026-11-20T15:00"],
            "--ended-at needs an offset (2026-11-23T15:00:00+09:00) or a --time-zone beside it.",
        ),
        (
            ["--country", "CA", "--subdivision", "ca-on"],
            "--subdivision: 'ca-on': Give the subdivision as an ISO 3166-2 code. Did you mean CA-ON (Ontario)?",
        ),
        (
            ["--country", "CA", "--subdivision", "US-NY"],
            "--subdivision: US-NY is not a subdivision of CA; the first two letters must be the country's.",
        ),
        (
            ["--country", "US", "--size", "huge", "--headcount", "many"],
            "--size: 'huge' is not known; write one of small, large. --headcount: 'many' is no whole number.",
        ),
    ],
)
@pytest.mark.usefixtures("once")
def test_wrong_input_is_refused_in_a_sentence_that_says_what_to_write(arguments: list[str], sentence: str) -> None:
    assert refused(*arguments) == sentence
