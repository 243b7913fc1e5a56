"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.http.examples import ExampleRequest, Examples, Made

_APPLICATION = Made("create_application", "engineer")
_TANAKA, _OBSERVER = Made("create_contact", "tanaka"), Made("create_contact", "one_name")
_INTERVIEW = {"interview_id": Made("create_interview", "osaka")}
_PARTICIPANT = {**_INTERVIEW, "participant_id": Made("create_participant", "observer")}
_ANY_VERSION = {"If-Match": "*"}

EXAMPLES: Examples = {
    "create_interview": {
        "osaka": ExampleRequest(
            "An interview in Osaka, in local time",
            headers={"Idempotency-Key": "c41d8f07-osaka"},
            body={
                "application_id": _APPLICATION,
                "stage": "first",
                "format": "onsite",
                "language": "ja",
                "starts_at": "2026-11-20T14:00:00",
                "ends_at": "2026-11-20T15:30:00",
                "time_zone": "Asia/Tokyo",
                "place": "大阪市北区梅田 1-1-1\nReception on the 9th floor",
                "said": {"who_contacts": "employer", "answer_by": "2026-12-04"},
                "participants": [{"contact_id": _TANAKA, "role": "decision_maker"}],
            },
        ),
        "video": ExampleRequest(
            "A call, with offsets",
            body={
                "application_id": _APPLICATION,
                "format": "video",
                "starts_at": "2026-11-12T09:00:00+01:00",
                "time_zone": "Europe/Berlin",
                "link": "https://video.example/rooms/4711",
            },
            answer_shown=False,
        ),
    },
    "create_participant": {
        "observer": ExampleRequest(
            "Somebody else was there",
            path=_INTERVIEW,
            headers={"Idempotency-Key": "c41d8f07-observer"},
            body={"contact_id": _OBSERVER, "role": "observer", "attended": True},
        )
    },
    "list_participants": {
        "osaka": ExampleRequest(
            "In the order in which they were added", path=_INTERVIEW, query={"sort": "created_at", "limit": 25}
        )
    },
    "get_participant": {"observer": ExampleRequest("A participant", path=_PARTICIPANT)},
    "change_participant": {
        "interviewer": ExampleRequest(
            "She asked questions after all",
            path=_PARTICIPANT,
            headers=_ANY_VERSION,
            body={"role": "interviewer", "note_sent_at": "2026-11-21T09:30:00+09:00"},
        )
    },
    "list_interviews": {
        "november": ExampleRequest(
            "Those of November with one application",
            query={
                "query": "大阪",
                "application_id": _APPLICATION,
                "company_id": Made("create_company", "initech"),
                "status": "scheduled,awaiting_feedback",
                "starts_from": "2026-11-01T00:00:00Z",
                "starts_before": "2026-12-01T00:00:00Z",
                "upcoming": False,
                "expand": "company",
                "sort": "-starts_at",
                "limit": 25,
            },
        )
    },
    "get_interview": {
        "osaka": ExampleRequest(
            "An interview, with what it leads to", path=_INTERVIEW, query={"expand": "application,company,contacts"}
        )
    },
    "change_interview": {
        "held": ExampleRequest(
            "It was held",
            path=_INTERVIEW,
            headers=_ANY_VERSION,
            body={"status": "awaiting_feedback", "thanked_in_person": True, "said": {"no_contact": False}},
        )
    },
    "set_reflection": {
        "draft": ExampleRequest(
            "A first note, on the way home",
            path=_INTERVIEW,
            headers={"If-None-Match": "*"},
            body={"draft": True, "important_points": [{"text": "The platform team grows to twelve in spring."}]},
        ),
        "osaka": ExampleRequest(
            "The whole of it, in the evening",
            path=_INTERVIEW,
            headers=_ANY_VERSION,
            body={
                "learned_about_company": "The Osaka office builds the data platform for all of Asia.",
                "learned_about_position": "Half of the time is for migrating what there is.",
                "important_points": [
                    {"text": "The platform team grows to twelve in spring.", "for_note": True},
                    {"text": "They decide in the first week of December."},
                ],
                "open_questions": [{"question": "Who is on call at night?"}],
                "questions_asked": [
                    {
                        "question": "なぜ大阪ですか。",
                        "answer": "That I have lived here for three years.",
                        "went": "good",
                    }
                ],
                "went_well": "The whiteboard.",
                "to_improve": "Numbers about my last project.",
                "mood": "good",
            },
        ),
    },
    "get_reflection": {"osaka": ExampleRequest("A reflection", path=_INTERVIEW)},
    "change_reflection": {
        "answered": ExampleRequest(
            "A question is answered",
            path=_INTERVIEW,
            headers=_ANY_VERSION,
            body={"open_questions": [{"question": "Who is on call at night?", "answer": "Nobody; Dublin is."}]},
        )
    },
    "list_reflections": {
        "osaka": ExampleRequest(
            "Whatever was written about Osaka",
            query={
                "query": "大阪",
                "draft": False,
                "application_id": _APPLICATION,
                "company_id": Made("create_company", "initech"),
                "sort": "-updated_at",
                "limit": 25,
            },
        )
    },
    "delete_interview": {
        "video": ExampleRequest(
            "Delete an interview",
            path={"interview_id": Made("create_interview", "video")},
            headers=_ANY_VERSION,
        )
    },
    "delete_participant": {"observer": ExampleRequest("Delete a participant", path=_PARTICIPANT, headers=_ANY_VERSION)},
    "delete_reflection": {"osaka": ExampleRequest("Delete a reflection", path=_INTERVIEW, headers=_ANY_VERSION)},
}

REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "create_interview": (
        ExampleRequest(
            "A local time that the clocks jump over",
            body={
                "application_id": _APPLICATION,
                "starts_at": "2027-03-28T02:30:00",
                "time_zone": "Europe/Berlin",
            },
        ),
    ),
    "create_participant": (
        ExampleRequest("Somebody who takes part already", path=_INTERVIEW, body={"contact_id": _TANAKA}),
    ),
    "set_reflection": (ExampleRequest("Nothing, and no draft", path=_INTERVIEW, headers=_ANY_VERSION, body={}),),
}
