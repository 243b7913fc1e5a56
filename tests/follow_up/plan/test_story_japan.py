"""Tokyo and Osaka: nothing is written to anybody, and through an agency the consultant is the way."""

from tests.follow_up.plan.stories import Story


def test_tokyo(story: Story) -> None:
    story.live_in("Asia/Tokyo")
    with story.at("2026-12-04T10:00:00+09:00"):
        company = story.company("Aozora Seiki", ownership="domestic")
        sato, mori = story.person("Hanako Sato"), story.person("Ken Mori", email=None)
        application = story.application(
            company, "JP", subdivision="JP-13", track="experienced", applied_on="2026-11-24"
        )
        first = story.interview(
            application,
            "2026-12-08T14:00:00",
            "2026-12-08T15:00:00",
            "Asia/Tokyo",
            (sato, "interviewer"),
            (mori, "decision_maker"),
            said={"answer_by": "2026-12-18"},
        )
        assert story.left() == [
            "2026-12-07 00:00: Apply somewhere else this week (optional)",
            "2026-12-08 15:00: Thank the interviewers in person at the end",
        ]
    with story.at("2026-12-08T15:00:00+09:00"):
        assert story.left() == [
            "2026-12-09 00:00: Say whether you thanked the interviewers in person",
            "2026-12-09 00:00: Write down how it went at Aozora Seiki",
            "2026-12-09 00:00: Get a way to reach Ken Mori",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2026-12-19 00:00: Aozora Seiki owes an answer (waiting)",
        ]
        assert story.today() == [
            "2026-12-09 00:00: Say whether you thanked the interviewers in person",
            "2026-12-09 00:00: Write down how it went at Aozora Seiki",
            "2026-12-09 00:00: Get a way to reach Ken Mori",
        ]
        assert story.steps(first) == {
            "thank_in_person": "due",
            "get_contact_information": "due",
            "reflect": "due",
            "notify_references": "not_needed",
            "follow_up": "waiting",
            "keep_looking": "due",
        }
        # Whom to write to: to nobody, and the plan says so of each of them.
        outcomes = [one["thank_you"]["outcome"] for one in story.plan(first)["follow_up"]["recipients"]]
        assert outcomes == ["do_not_send", "do_not_send"]
    with story.at("2026-12-08T20:00:00+09:00"):
        story.change("contacts", mori, emails=[{"address": "ken.mori@example.com"}])
        story.reflect(first, open_questions=[{"question": "How large is the team?"}])
        story.do("Say whether you thanked the interviewers in person")
        assert story.left() == [
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2026-12-19 00:00: Aozora Seiki owes an answer (waiting)",
        ]
        assert story.today() == []
        assert story.closed("Get a way to reach Ken Mori") == ("done", "facts")
        assert story.closed("Write down how it went at Aozora Seiki") == ("done", "facts")
        assert story.account.seen(f"/v1/interviews/{first['id']}")["thanked_in_person"] is True
    with story.at("2026-12-19T09:00:00+09:00"):
        # The day that was promised is over, and two working days are left to them before asking is fair.
        assert story.today() == []
        assert story.turn() == ("employer", None)
        (broken,) = story.account.seen("/v1/today")["broken_promises"]
        assert (broken["answer_expected_on"], broken["enquire_from"]) == ("2026-12-18", "2026-12-23")
    with story.at("2026-12-23T09:00:00+09:00"):
        assert story.left() == [
            "2026-12-24 00:00: Ask Aozora Seiki politely about the result",
            "2026-12-28 00:00: Apply somewhere else this week (optional)",
        ]
        assert story.turn() == ("candidate", "2026-12-23")
        story.do("Ask Aozora Seiki politely about the result")
        assert story.left() == [
            "2026-12-28 00:00: Apply somewhere else this week (optional)",
            "2027-01-05 00:00: Aozora Seiki owes an answer (waiting)",
        ]
        assert story.turn() == ("employer", None)
    with story.at("2026-12-25T10:00:00+09:00"):
        # They invite to another interview: it is nobody's turn until that is over, and what was left open comes back.
        second = story.interview(
            application, "2027-01-12T10:00:00", "2027-01-12T11:30:00", "Asia/Tokyo", (mori, "decision_maker")
        )
        assert story.left() == [
            "2026-12-28 00:00: Apply somewhere else this week (optional)",
            "2027-01-12 10:00: Ask what was left open at Aozora Seiki",
            "2027-01-12 11:30: Thank the interviewers in person at the end",
        ]
        assert story.account.seen("/v1/today")["turns"] == []
    with story.at("2027-01-12T09:00:00+09:00"):
        assert story.today() == [
            "2027-01-12 10:00: Ask what was left open at Aozora Seiki",
            "2027-01-12 11:30: Thank the interviewers in person at the end",
        ]
    with story.at("2027-01-12T11:30:00+09:00"):
        assert story.left() == [
            "2027-01-13 00:00: Say whether you thanked the interviewers in person",
            "2027-01-13 00:00: Write down how it went at Aozora Seiki",
            "2027-01-18 00:00: Apply somewhere else this week (optional)",
            "2027-01-22 00:00: Aozora Seiki owes an answer (waiting)",
        ]
        assert story.closed("Ask what was left open at Aozora Seiki") == ("retired", "facts")
        story.do("Write down how it went at Aozora Seiki", state="skipped", reason="It was a mere formality.")
        story.do("Say whether you thanked the interviewers in person")
    with story.at("2027-01-20T12:00:00+09:00"):
        story.status(application, "offer")
        story.change("applications", application, offer_answer_by="2027-01-27")
        assert story.left() == [
            "2027-01-25 00:00: Apply somewhere else this week (optional)",
            "2027-01-28 00:00: Accept or decline the offer of Aozora Seiki",
        ]
        assert story.turn() == ("candidate", None)
    with story.at("2027-01-21T12:00:00+09:00"):
        story.status(application, "accepted", happened_on="2027-01-21")
        assert story.left() == ["2027-01-29 00:00: Thank everybody who helped you to Aozora Seiki"]
        assert story.account.seen("/v1/today")["search"]["accepted_on"] == "2027-01-21"
        assert story.closed("Accept or decline the offer of Aozora Seiki") == ("done", "facts")
        assert story.steps(second) == {
            "thank_in_person": "done",
            "get_contact_information": "done",
            "reflect": "done",
            "notify_references": "not_needed",
            "follow_up": "done",
            "keep_looking": "due",
        }
        story.do("Thank everybody who helped you to Aozora Seiki")
    with story.at("2027-02-20T12:00:00+09:00"):
        assert story.left() == []
        assert story.told("task.due") == [
            "keep_looking",
            "thank_in_person",
            "get_contact",
            "reflect",
            "keep_looking",
            "ask_for_answer",
            "keep_looking",
            "ask_open_questions",
            "thank_in_person",
            "reflect",
            "answer_offer",
            "say_thanks",
        ]
        assert story.turns() == [
            ("employer", None),
            ("candidate", "2026-12-23"),
            ("employer", None),
            (None, None),
            ("employer", None),
            ("candidate", None),
            (None, None),
        ]
        assert story.closed("Write down how it went at Aozora Seiki") == ("skipped", "user")


def test_osaka_through_an_agency(story: Story) -> None:
    story.live_in("Europe/London")
    with story.at("2026-12-09T10:00:00+09:00"):
        company = story.company("Naniwa Works", ownership="domestic")
        tanaka, ono = story.person("Yui Tanaka", email=None), story.person("Emi Ono")
        application = story.application(
            company,
            "JP",
            subdivision="JP-27",
            track="experienced",
            agency_contact_id=ono["id"],
            applied_on="2026-12-01",
        )
        interview = story.interview(
            application,
            "2026-12-10T17:00:00",
            "2026-12-10T18:00:00",
            "Asia/Tokyo",
            (tanaka, "interviewer"),
            (ono, "agency_consultant"),
        )
        cancelled = story.interview(application, "2026-12-11T10:00:00", "2026-12-11T11:00:00", "Asia/Tokyo")
        assert story.left() == [
            "2026-12-10 18:00: Thank the interviewers in person at the end",
            "2026-12-11 11:00: Thank the interviewers in person at the end",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
        ]
        story.change("interviews", cancelled, status="cancelled")
        assert story.left() == [
            "2026-12-10 18:00: Thank the interviewers in person at the end",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
        ]
    with story.at("2026-12-10T18:00:00+09:00"):
        assert story.left() == [
            "2026-12-11 00:00: Say whether you thanked the interviewers in person",
            "2026-12-11 00:00: Write down how it went at Naniwa Works",
            "2026-12-11 00:00: Find out who decides about the position Engineer",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2026-12-22 00:00: Naniwa Works owes an answer (waiting)",
            "any time: Get a way to reach Yui Tanaka (optional)",
        ]
        assert story.today() == [
            "2026-12-11 00:00: Say whether you thanked the interviewers in person",
            "2026-12-11 00:00: Write down how it went at Naniwa Works",
            "2026-12-11 00:00: Find out who decides about the position Engineer",
        ]
        assert [one["thank_you"]["channels"] for one in story.plan(interview)["follow_up"]["recipients"]] == [
            ["via_recruiter"],
            ["via_recruiter"],
        ]
    with story.at("2026-12-10T21:00:00+09:00"):
        story.reflect(interview)
        story.change("interviews", interview, thanked_in_person=True)
        story.do("Find out who decides about the position Engineer", state="skipped", reason="The agency does not say.")
        assert story.left() == [
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2026-12-22 00:00: Naniwa Works owes an answer (waiting)",
            "any time: Get a way to reach Yui Tanaka (optional)",
        ]
    with story.at("2026-12-22T09:00:00+09:00"):
        assert story.left() == [
            "2026-12-23 00:00: Ask the consultant about the result of Naniwa Works",
            "2026-12-28 00:00: Apply somewhere else this week (optional)",
            "any time: Get a way to reach Yui Tanaka (optional)",
        ]
        ask = story.task("Ask the consultant about the result of Naniwa Works")
        assert (ask["contact_id"], ask["because"]) == (ono["id"], "answer_overdue")
        # Five working days from a Tuesday: Christmas is none of the holidays there.
        story.do(ask["title"], state="snoozed", working_days=5)
        assert story.account.seen(f"/v1/tasks/{ask['id']}")["snoozed_until"] == "2026-12-29T00:00:00Z"
        assert story.today() == []
    with story.at("2026-12-29T09:00:00+09:00"):
        assert story.today() == ["2026-12-23 00:00: Ask the consultant about the result of Naniwa Works"]
        story.do("Ask the consultant about the result of Naniwa Works")
        assert story.left() == [
            "2027-01-04 00:00: Apply somewhere else this week (optional)",
            "2027-01-12 00:00: Naniwa Works owes an answer (waiting)",
        ]
    with story.at("2027-01-14T09:00:00+09:00"):
        assert story.left() == [
            "2027-01-13 00:00: Ask the consultant about the result of Naniwa Works",
            "2027-01-18 00:00: Apply somewhere else this week (optional)",
        ]
        story.do("Ask the consultant about the result of Naniwa Works")
        assert story.left() == [
            "2027-01-18 00:00: Apply somewhere else this week (optional)",
            "2027-01-26 00:00: Naniwa Works owes an answer (waiting)",
        ]
    with story.at("2027-01-27T09:00:00+09:00"):
        assert story.left() == [
            "2027-01-27 00:00: Close the matter with Naniwa Works and move on",
            "2027-02-01 00:00: Apply somewhere else this week (optional)",
        ]
    with story.at("2027-01-29T09:00:00+09:00"):
        # They answer after all.
        story.status(application, "offer")
        assert story.left() == [
            "any time: Accept or decline the offer of Naniwa Works",
            "2027-02-01 00:00: Apply somewhere else this week (optional)",
        ]
        story.status(application, "accepted", happened_on="2027-01-29")
        assert story.left() == ["2027-02-06 00:00: Thank everybody who helped you to Naniwa Works"]
    with story.at("2027-02-09T09:00:00+09:00"):
        assert story.told("task.due") == [
            "thank_in_person",
            "find_decision_maker",
            "reflect",
            "ask_for_answer",
            "ask_for_answer",
            "close",
            "answer_offer",
            "say_thanks",
        ]
        assert story.turns() == [
            ("employer", None),
            ("candidate", "2026-12-22"),
            ("employer", None),
            ("candidate", "2027-01-12"),
            ("employer", None),
            ("candidate", None),
            (None, None),
        ]
        assert story.closed("Find out who decides about the position Engineer") == ("skipped", "user")
