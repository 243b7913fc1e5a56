"""Drafts: from the user's own record only, in the reader's language; what is missing is listed."""

from datetime import date

import pytest

from app.messages.writing import LANGUAGES
from tests.messages.desk import Desk
from tests.people import NOBODY
from tests.stored import EVENTS, Account


def test_a_note_has_the_point_that_was_marked_for_it(new_york: Desk) -> None:
    points = [{"text": "Not this one."}, {"text": "The move to streaming by summer", "for_note": True}]
    new_york.story.reflect(new_york.interview, important_points=points)
    draft = new_york.draft()
    assert "The move to streaming by summer" in draft["body"]
    assert "Not this one" not in draft["body"]
    assert "Ms. Lee" in draft["body"] or "Ann" in draft["body"]
    assert "Engineer" in draft["body"]
    assert draft["body"].endswith("Kim Berger")
    assert (draft["state"], draft["purpose"], draft["language"], draft["channel"]) == (
        "draft",
        "thank_you",
        "en-US",
        "email",
    )
    assert draft["contact_id"] == new_york.boss["id"]
    assert draft["application_id"] == new_york.application["id"]
    assert draft["closes_at"] == "2026-12-18T20:00:00Z"
    assert new_york.events() == ["drafted"]


def test_what_is_missing_is_listed_and_not_invented(new_york: Desk) -> None:
    with new_york.logged_in():
        new_york.story.login.changed("/v1/me", {"name": None})
    draft = new_york.draft()
    missing = {one["fact"]: one["is_required"] for one in draft["missing"]}
    assert missing["sender.name"] is True
    assert missing["reflection.point"] is False
    assert "[[name]]" in draft["body"]
    assert new_york.seen(draft, "/preview")["placeholders"] == ["[[name]]"]
    problem = new_york.problem(draft, "approve", "message_incomplete")
    assert problem["status"] == 409
    assert "[[name]]" in problem["detail"]
    assert [error["hint"] for error in problem["errors"]] == ["Write with PATCH what belongs there, or take it out."]
    new_york.problem(draft, "sent-by-hand", "message_incomplete")
    (hint,) = (one["hint"] for one in draft["missing"] if one["fact"] == "sender.name")
    assert hint == "Write it into the text; or give your name with PATCH /v1/me, and draft anew."
    new_york.change(draft, body=draft["body"].replace("[[name]]", "Kim"))
    assert new_york.done(draft, "approve")["state"] == "approved"


@pytest.mark.parametrize("rest", ["[[unclosed", "[[two\nlines]]", "[[]]", "[[a]b]]", "[["])
def test_whatever_begins_like_a_placeholder_was_to_be_filled_in(new_york: Desk, rest: str) -> None:
    draft = new_york.draft()
    new_york.change(draft, body=f"Dear Ann,\n\nthank you for {rest} and all.\n\nKim")
    assert len(new_york.seen(draft, "/preview")["placeholders"]) == 1
    for what in ("approve", "sent-by-hand"):
        new_york.problem(draft, what, "message_incomplete")
    new_york.change(draft, subject=f"Thanks {rest.splitlines()[0]}", body="Dear Ann,\n\nthank you.\n\nKim")
    new_york.problem(draft, "approve", "message_incomplete")


def test_of_several_points_the_first_is_taken_and_the_others_are_told_of(new_york: Desk) -> None:
    points = [{"text": "The move to streaming", "for_note": True}, {"text": "The new lab", "for_note": True}]
    new_york.story.reflect(new_york.interview, important_points=points)
    draft = new_york.draft()
    assert "more_points_are_marked" in draft["warnings"]
    assert "The move to streaming" in draft["body"]
    assert "The new lab" not in draft["body"]
    assert "more_points_are_marked" not in new_york.draft("status_enquiry")["warnings"]


def test_the_readers_own_language_comes_after_the_one_that_was_spoken(tokyo: Desk) -> None:
    story = tokyo.story
    story.change("contacts", tokyo.boss, languages=["pt-PT", "ja"])
    about = {"contact_id": tokyo.boss["id"], "override_reason": "She asked for it."}
    assert tokyo.draft(**about)["language"] == "pt-PT"
    assert tokyo.draft("withdrawal", contact_id=tokyo.boss["id"])["language"] == "pt-PT"
    assert tokyo.draft("withdrawal")["language"] == "ja"
    # Of a language alone, the form that the reader prefers.
    assert tokyo.draft(**about, language="pt")["language"] == "pt-PT"
    assert tokyo.draft("withdrawal", language="pt")["language"] == "pt-BR"
    assert tokyo.draft(**about, language="zh")["language"] == "zh-Hans"
    story.change("interviews", tokyo.interview, language="de")
    assert tokyo.draft(**about)["language"] == "de"
    story.change("interviews", tokyo.interview, language="sw")
    assert tokyo.draft(**about)["language"] == "pt-PT"


def test_the_decision_that_allowed_it_is_kept(new_york: Desk) -> None:
    draft = new_york.draft()
    decision = new_york.story.account.seen(f"/v1/decisions/{draft['decision_id']}")
    assert decision["recipients"][0]["contact_id"] == new_york.boss["id"]
    # What the user has chosen before goes on, so that the plan goes on following it.
    choice = {"choice": {"thank_you": "do_not_send"}}
    new_york.story.account.made(f"/v1/interviews/{new_york.interview['id']}/decisions", choice)
    again = new_york.story.account.seen(f"/v1/decisions/{new_york.draft()['decision_id']}")
    assert again["recipients"][0]["decision"]["thank_you"]["outcome"] == "do_not_send"


def test_the_language_is_what_is_customary_there_or_what_is_asked_for(tokyo: Desk) -> None:
    enquiry = {"purpose": "status_enquiry"}
    draft = tokyo.draft(**enquiry)
    assert (draft["language"], "enquiry_is_not_due" in draft["warnings"]) == ("ja", True)
    assert tokyo.draft(**enquiry, language="de-AT", formality="casual")["language"] == "de"
    (error,) = tokyo.refused(422, **enquiry, language="tlh")["errors"]
    assert (error["pointer"], error["detail"]) == ("#/language", "There are no templates in tlh.")


def test_a_language_that_nobody_else_has_read_is_drafted_with_a_warning(
    tokyo: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    japanese = LANGUAGES["ja"]
    for day, is_reviewed in ((None, False), (date(2026, 11, 26), True)):
        monkeypatch.setitem(LANGUAGES, "ja", japanese.model_copy(update={"second_reader_on": day}))
        assert ("language_is_not_reviewed" in tokyo.draft("withdrawal")["warnings"]) is not is_reviewed
        (listed,) = (one for one in tokyo.story.account.seen("/v1/message-languages")["items"] if one["tag"] == "ja")
        assert listed["is_reviewed"] is is_reviewed


def test_where_no_customary_language_has_templates_it_is_english_and_says_so(new_york: Desk) -> None:
    story = new_york.story
    company = story.company("Tbilisi Freight")
    application = story.application(company, "GE")
    times = ("2026-12-17T13:00:00", "2026-12-17T15:00:00", "Asia/Tbilisi")
    new_york.interview = story.interview(application, *times, (new_york.boss, "interviewer"), language="ka")
    draft = new_york.draft("withdrawal")
    assert draft["language"].startswith("en")
    assert "language_is_fallback" in draft["warnings"]


def test_references_are_written_to_in_their_own_language(new_york: Desk) -> None:
    friend = new_york.story.person("Ingrid Berg", languages=["de"])
    reference = new_york.story.reference(friend, new_york.application)
    draft = new_york.draft("reference_request", reference_id=reference["id"])
    assert (draft["language"], draft["contact_id"], draft["reference_id"]) == ("de", friend["id"], reference["id"])
    assert draft["decision_id"] is None


def test_every_purpose_can_be_drafted(new_york: Desk) -> None:
    story = new_york.story
    friend = story.person("Ingrid Berg")
    reference = story.reference(friend, new_york.application, consent_given_on="2026-12-01")
    story.change("applications", new_york.application, introduced_by_contact_id=friend["id"])
    about = {"reference_id": reference["id"]}
    drafts = [
        new_york.draft("thank_you"),
        new_york.draft("status_enquiry", participant_id=new_york.interview["participants"][0]["id"]),
        new_york.draft("reference_request", **about),
        new_york.draft("reference_briefing", **about),
        new_york.draft("reference_thanks", **about),
        new_york.draft("introducer_thanks"),
        new_york.draft("withdrawal"),
    ]
    readers = [draft["contact_id"] for draft in drafts]
    assert readers == [*[new_york.boss["id"]] * 2, *[friend["id"]] * 4, None]
    assert all(draft["subject"] and draft["body"] for draft in drafts)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"purpose": "thank_you"}, "#/participant_id"),
        ({"purpose": "thank_you", "reference_id": NOBODY}, "#/reference_id"),
        ({"purpose": "thank_you", "participant_id": NOBODY}, "#/participant_id"),
        ({"purpose": "thank_you", "contact_id": NOBODY}, "#/contact_id"),
        ({"purpose": "status_enquiry", "contact_id": NOBODY, "participant_id": NOBODY}, "#/participant_id"),
        ({"purpose": "withdrawal", "contact_id": NOBODY}, "#/contact_id"),
        ({"purpose": "introducer_thanks", "contact_id": NOBODY}, "#/contact_id"),
        ({"purpose": "reference_request"}, "#/reference_id"),
        ({"purpose": "reference_request", "reference_id": NOBODY}, "#/reference_id"),
        ({"purpose": "greeting"}, "#/purpose"),
        ({"purpose": "withdrawal", "override_prohibition": True}, "#/override_prohibition"),
        ({"purpose": "withdrawal", "subject": "x"}, "#/subject"),
    ],
)
def test_refused(new_york: Desk, body: dict[str, object], pointer: str) -> None:
    (error,) = new_york.refused(422, **body)["errors"]
    assert error["pointer"] == pointer


def test_who_took_no_part_or_was_not_there_is_not_thanked(new_york: Desk) -> None:
    other = new_york.story.person("Rosa Diaz")
    (error,) = new_york.refused(422, purpose="thank_you", contact_id=other["id"])["errors"]
    assert error["detail"] == "This contact takes no part in the interview."
    new_york.story.account.changed(new_york.participant, {"attended": False})
    (error,) = new_york.refused(422, purpose="thank_you", contact_id=new_york.boss["id"])["errors"]
    assert (error["pointer"], error["detail"]) == ("#/contact_id", "They were not there, as the interview says.")


def test_an_interview_that_was_not_held_and_one_that_is_not_there(new_york: Desk, stranger: Account) -> None:
    problem = stranger.refused("POST", new_york.path, 404, json={"purpose": "withdrawal"})
    assert problem["code"] == "no_such_resource"
    new_york.story.change("interviews", new_york.interview, status="cancelled")
    assert new_york.refused(409, purpose="withdrawal")["code"] == "interview_not_held"


def test_a_draft_that_is_sent_for_twice_is_made_once(new_york: Desk) -> None:
    body = {"purpose": "thank_you", "contact_id": new_york.boss["id"]}
    headers = {"Idempotency-Key": "a-note"}
    answers = [new_york.story.account.ask("POST", new_york.path, json=body, headers=headers) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[0].headers["location"] == f"/v1/messages/{answers[0].json()['id']}"
    assert len(new_york.story.account.seen("/v1/messages")["items"]) == 1


def test_statements(new_york: Desk, queries: list[str]) -> None:
    new_york.draft("withdrawal")
    queries.clear()
    draft = new_york.draft("withdrawal")
    # The caller; the interview, what else is on record, the choice, who took part, reports; the message, its first
    # text, and the message as it is shown.
    assert len(queries) == 6 + 2 + 1 + EVENTS
    queries.clear()
    new_york.draft()
    assert len(queries) == 6 + 4 + 1 + EVENTS  # and the reader, who stays, and the decision
    queries.clear()
    new_york.done(draft, "approve")
    # The caller, the counter, the message, the share of the day, the five of before, the number of the text, the
    # change, and the message as it is shown.
    assert len(queries) == 4 + 5 + 2 + 1 + EVENTS
    queries.clear()
    new_york.change(draft, subject="x")
    assert len(queries) == 3 + 1 + 2 + 1 + EVENTS
    for path in ("", "/versions", "/preview"):
        queries.clear()
        new_york.seen(draft, path)
        assert len(queries) <= 3


@pytest.mark.parametrize("company", [{"name": "Agency for Ports", "sector": "eu_institutions"}, {"name": "EPSO"}])
def test_an_institution_of_the_eu_is_not_written_to_in_dutch_because_it_sits_in_brussels(
    new_york: Desk, company: dict[str, str]
) -> None:
    story = new_york.story
    application = story.application(story.company(**company), "BE")
    times = ("2026-12-17T13:00:00", "2026-12-17T15:00:00", "Europe/Brussels")
    new_york.interview = story.interview(application, *times, (new_york.boss, "panel_chair"))
    draft = new_york.draft("withdrawal", contact_id=new_york.boss["id"])
    assert (draft["language"], "contact_is_forbidden" in draft["warnings"]) == ("en-GB", True)
