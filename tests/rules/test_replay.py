"""Answers of the past, given again.

`replay/data` is a small book that never changes, and `replay/answers` holds what it answered. The same data and facts
give the same answer for ever, byte for byte, unless ENGINE in `app/rules/book.py` is raised. After that, and after a
new release of the time-zone database moved an answer,

    python -m tests.rules.test_replay --write

writes the answers anew. Edits of the delivered data never touch this.
"""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.rules import load
from app.rules.book import ENGINE, RuleBook
from app.rules.decide import decide
from app.rules.decision import Decision
from app.rules.facts import Facts

REPLAY = Path(__file__).parent / "replay"
ANSWERS, MADE_WITH = "answers", "made_with.json"
TODAY = date(2026, 11, 23)
JSON = TypeAdapter(Decision)
MENDING = (
    "The same facts and data give another answer. If that is not meant, mend the engine. If it is, raise ENGINE in "
    "app/rules/book.py, run `python -m tests.rules.test_replay --write`, and tell of it in CHANGELOG.md under Code."
)

TOKYO: dict[str, Any] = {"country": "JP", "ended_at": "2026-11-20T18:30:00+09:00"}
ONTARIO: dict[str, Any] = {"country": "CA", "subdivision": "CA-ON", "time_zone": "America/Toronto"}
QUESTIONS: dict[str, dict[str, Any]] = {
    "japan": {"country": "JP"},
    "japan-experienced-domestic": {**TOKYO, "track": "experienced", "ownership": "domestic"},
    "japan-foreign-owned": {**TOKYO, "ownership": "foreign", "language": "en"},
    "japan-via-agency": {**TOKYO, "via_agency": True},
    "japan-alumni-visit": {**TOKYO, "track": "new_graduate", "format": "informal"},
    "japan-small-company-date-passed": {**TOKYO, "size": "small", "as_of": "2027-01-12"},
    "japan-company": {**TOKYO, "company": "Rakuten"},
    "united-states": {"country": "US", "ended_at": "2026-11-20T18:00:00-05:00", "time_zone": "America/New_York"},
    "united-states-executive-search": {"country": "US", "track": "executive", "via_agency": True},
    "united-states-medical-residency": {"country": "US", "sector": "medical_residency"},
    "united-states-investment-bank": {"country": "US", "company": "Goldman Sachs", "sector": "investment_banking"},
    "united-states-clocks-go-back": {
        "country": "US",
        "time_zone": "America/New_York",
        "ended_at": "2026-10-31T22:00:00",
        "subdivision": "US-NY",
        "recipient": {"role": "interviewer", "channels": ["phone"]},
    },
    "ontario-clock": {
        **ONTARIO,
        "ended_at": "2026-12-10T15:00:00-05:00",
        "headcount": 200,
        "publicly_advertised": True,
        "format": "panel",
    },
    "ontario-clock-unknown": {**ONTARIO, "ended_at": "2026-03-02T15:00:00-05:00"},
    "ontario-before-the-law": {**ONTARIO, "as_of": "2025-12-01", "headcount": 200},
    "quebec": {"country": "CA", "subdivision": "CA-QC", "language": "fr-CA"},
    "germany-over-christmas": {"country": "DE", "subdivision": "DE-BY", "ended_at": "2026-12-24T15:00:00+01:00"},
    "germany-asked-once": {
        "country": "DE",
        "ended_at": "2026-10-01T10:00:00Z",
        "enquiries": 1,
        "last_enquiry_on": "2026-11-12",
    },
    "france-date-promised": {
        "country": "FR",
        "ended_at": "2026-11-12T15:00:00+01:00",
        "as_of": "2026-11-26",
        "said": {"answer_by": "2026-11-20", "who_contacts": "employer"},
    },
    "kenya-canvassing": {"country": "KE", "said": {"canvassing_disqualifies": True}},
    "kenya-canvassing-overridden": {
        "country": "KE",
        "said": {"canvassing_disqualifies": True},
        "ended_at": "2026-11-23T10:00:00+03:00",
        "choice": {"thank_you": "send", "override_prohibition": True},
    },
    "epso": {"country": "DE", "company": "epso", "sector": "eu_institutions"},
    "saudi-arabia-thursday-evening": {"country": "SA", "ended_at": "2026-11-26T20:00:00+03:00"},
    "told-not-to-contact-portal": {"country": "NO", "said": {"no_contact": True, "who_contacts": "portal"}},
    "recipient-wishes-a-note-that-was-sent": {
        "country": "KR",
        "recipient": {"wishes_note": True},
        "note_sent_at": "2026-11-22T09:00:00+09:00",
    },
    "country-without-evidence": {"country": "GA", "ended_at": "2026-11-23T12:00:00Z", "process": "closed"},
    "germany-closed-after-a-promise": {
        "country": "DE",
        "ended_at": "2026-11-12T15:00:00+01:00",
        "said": {"answer_by": "2026-11-20"},
        "enquiries": 1,
        "process": "closed",
    },
    "stale": {"country": "FR", "as_of": "2031-01-01"},
}


def frozen_book(folder: Path = REPLAY) -> RuleBook:
    # Without a holiday library, whose releases would move answers.
    return RuleBook(load.read(folder / "data"))


def made_with(book: RuleBook) -> dict[str, Any]:
    """What the answers depend on beside the facts."""
    return {"engine": ENGINE, "data": book.data.digest, "zones": load.ZONES_VERSION}


def answer(book: RuleBook, facts: dict[str, Any]) -> str:
    decision = decide(book, Facts.model_validate(facts), TODAY)
    told = {"facts": facts, "decision": JSON.dump_python(decision, mode="json")}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def without_version(text: str) -> dict[str, Any]:
    """An answer without what names the version, which also tells the release of the time-zone database."""
    told: dict[str, Any] = json.loads(text)
    return told | {"decision": told["decision"] | {"rules_version": None, "decision_id": None}}


def stored(folder: Path, name: str) -> str:
    return (folder / ANSWERS / f"{name}.json").read_text(encoding="utf-8")


def noted(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / MADE_WITH).read_text(encoding="utf-8"))
    return found


def write(folder: Path = REPLAY) -> None:
    """Write all answers anew; refused while another answer is given by what claims to be the same engine."""
    book = frozen_book(folder)
    now = made_with(book)
    answers = {name: answer(book, facts) for name, facts in QUESTIONS.items()}
    if (folder / MADE_WITH).exists() and noted(folder) == now:
        kept = [name for name in answers if (folder / ANSWERS / f"{name}.json").exists()]
        changed = [name for name in kept if answers[name] != stored(folder, name)]
        if changed:
            sys.exit(f"{', '.join(changed)}: {MENDING}")
    (folder / ANSWERS).mkdir(exist_ok=True)
    for path in (folder / ANSWERS).glob("*.json"):
        path.unlink()
    for name, text in answers.items():
        (folder / ANSWERS / f"{name}.json").write_text(text, encoding="utf-8")
    (folder / MADE_WITH).write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def replayed() -> RuleBook:
    return frozen_book()


def test_the_answers_were_written_by_this_engine_from_these_data(replayed: RuleBook) -> None:
    then, now = noted(REPLAY), made_with(replayed)
    assert then["engine"] == now["engine"], "ENGINE was raised: run `python -m tests.rules.test_replay --write`"
    assert then["data"] == now["data"], "tests/rules/replay/data never changes; take the edit back"


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_same_facts_and_data_give_the_same_answer_for_ever(replayed: RuleBook, name: str) -> None:
    now, then = answer(replayed, QUESTIONS[name]), stored(REPLAY, name)
    if json.loads(now)["decision"]["rules_version"] == json.loads(then)["decision"]["rules_version"]:
        assert now == then, MENDING
    else:
        assert without_version(now) == without_version(then), MENDING


def test_every_stored_answer_is_asked_for_again() -> None:
    assert {path.stem for path in (REPLAY / ANSWERS).iterdir()} == set(QUESTIONS)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in REPLAY.rglob("*.*"):
        target = tmp_path / path.relative_to(REPLAY)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return tmp_path


def test_writing_again_changes_nothing(copy: Path) -> None:
    write(copy)
    assert all(stored(copy, name) == stored(REPLAY, name) for name in QUESTIONS)


def test_another_answer_is_not_written_over_the_old_one_while_engine_is_the_same(copy: Path) -> None:
    path = copy / ANSWERS / "japan.json"
    path.write_text(path.read_text(encoding="utf-8").replace("uncommon", "expected"), encoding="utf-8")
    with pytest.raises(SystemExit, match=r"^japan: The same facts and data give another answer"):
        write(copy)
    raised = {**noted(copy), "engine": ENGINE - 1}
    (copy / MADE_WITH).write_text(json.dumps(raised), encoding="utf-8")
    write(copy)
    assert stored(copy, "japan") == stored(REPLAY, "japan")
    assert noted(copy) == noted(REPLAY)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.rules.test_replay --write")
    write()
