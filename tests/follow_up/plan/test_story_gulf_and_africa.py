"""Dubai over a weekend, and Nairobi, where canvassing disqualifies."""

from tests.follow_up.plan.stories import Story


def test_dubai_over_a_weekend(story: Story) -> None:
    story.live_in("Asia/Dubai")
    with story.at("2026-12-07T09:00:00+04:00"):
        company = story.company("Palm Logistics")
        haddad = story.person("Omar Haddad", email=None)
        application = story.application(company, "AE", applied_on="2026-11-25")
        # Friday is a working day there since 2022: the weekend is Saturday and Sunday.
        interview = story.interview(
            application, "2026-12-11T16:30:00", "2026-12-11T17:30:00", "Asia/Dubai", (haddad, "decision_maker")
        )
        assert story.left() == [
            "2026-12-11 17:30: Thank the interviewers in person at the end",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
        ]
    with story.at("2026-12-11T17:30:00+04:00"):
        assert story.left() == [
            "2026-12-12 00:00: Say whether you thanked the interviewers in person",
            "2026-12-12 00:00: Write down how it went at Palm Logistics",
            "2026-12-12 00:00: Get a way to reach Omar Haddad",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2026-12-14 17:00: Send Omar Haddad a thank-you note",
            "any time: Palm Logistics owes an answer (waiting)",
        ]
        note = story.task("Send Omar Haddad a thank-you note")
        # The customary hours hold no working hour: the window reaches to the end of Monday.
        assert (note["opens_at"], note["remind_at"], note["due_at"]) == (
            "2026-12-11T13:30:00Z",
            "2026-12-14T05:00:00Z",
            "2026-12-14T13:00:00Z",
        )
        story.do("Say whether you thanked the interviewers in person")
        story.reflect(interview)
        # Put off for a working day: that is Monday.
        story.do("Get a way to reach Omar Haddad", state="snoozed", working_days=1)
        assert story.left() == [
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2026-12-14 17:00: Send Omar Haddad a thank-you note",
            "any time: Palm Logistics owes an answer (waiting)",
        ]
    with story.at("2026-12-13T12:00:00+04:00"):
        assert story.today() == []
    with story.at("2026-12-14T09:00:00+04:00"):
        assert story.today() == [
            "2026-12-12 00:00: Get a way to reach Omar Haddad",
            "2026-12-14 17:00: Send Omar Haddad a thank-you note",
        ]
        story.change("contacts", haddad, phones=[{"number": "+971501234567"}])
        assert story.today() == ["2026-12-14 17:00: Send Omar Haddad a thank-you note"]
        story.do("Send Omar Haddad a thank-you note")
        assert story.left() == [
            "2026-12-21 00:00: Apply somewhere else this week (optional)",
            "any time: Palm Logistics owes an answer (waiting)",
        ]
    with story.at("2026-12-18T09:00:00+04:00"):
        assert story.left() == [
            "2026-12-19 00:00: Ask Palm Logistics politely about the result",
            "2026-12-21 00:00: Apply somewhere else this week (optional)",
        ]
        story.do("Ask Palm Logistics politely about the result")
        assert story.left() == [
            "2026-12-21 00:00: Apply somewhere else this week (optional)",
            "2026-12-25 00:00: Palm Logistics owes an answer (waiting)",
        ]
    with story.at("2026-12-20T09:00:00+04:00"):
        # They ring, and want to meet once more; then they cannot, and it is theirs to answer again.
        second = story.interview(
            application, "2026-12-22T10:00:00", "2026-12-22T11:00:00", "Asia/Dubai", (haddad, "decision_maker")
        )
        assert story.left() == [
            "2026-12-21 00:00: Apply somewhere else this week (optional)",
            "2026-12-22 11:00: Thank the interviewers in person at the end",
        ]
        story.change("interviews", second, status="cancelled")
        assert story.left() == [
            "2026-12-21 00:00: Apply somewhere else this week (optional)",
            "2026-12-25 00:00: Palm Logistics owes an answer (waiting)",
        ]
    with story.at("2026-12-23T09:00:00+04:00"):
        story.status(application, "offer")
        story.change("applications", application, offer_answer_by="2026-12-27")
        assert story.left() == [
            "2026-12-28 00:00: Accept or decline the offer of Palm Logistics",
            "2026-12-28 00:00: Apply somewhere else this week (optional)",
        ]
        story.status(application, "accepted", happened_on="2026-12-23")
        assert story.left() == ["2026-12-31 00:00: Thank everybody who helped you to Palm Logistics"]
        assert story.told("task.due") == [
            "thank_in_person",
            "get_contact",
            "reflect",
            "keep_looking",
            "send_note",
            "ask_for_answer",
            "keep_looking",
            "answer_offer",
            "say_thanks",
        ]
        assert story.turns() == [
            ("either", None),
            ("candidate", "2026-12-18"),
            ("either", None),
            (None, None),
            ("either", None),
            ("candidate", None),
            (None, None),
        ]


def test_nairobi_where_canvassing_disqualifies(story: Story) -> None:
    story.live_in("Africa/Nairobi")
    with story.at("2026-12-07T09:00:00+03:00"):
        company = story.company("County Public Service Board", sector="public")
        wanjiru, otieno = story.person("Mary Wanjiru", email=None), story.person("Peter Otieno")
        application = story.application(company, "KE", applied_on="2026-11-02", publicly_advertised=True)
        story.reference(otieno, application, consent_given_on="2026-11-01")
        interview = story.interview(
            application,
            "2026-12-08T14:00:00",
            "2026-12-08T15:00:00",
            "Africa/Nairobi",
            (wanjiru, "panel_chair"),
            said={"canvassing_disqualifies": True},
        )
        assert story.left() == [
            "2026-12-08 15:00: Thank the interviewers in person at the end",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
        ]
    with story.at("2026-12-08T15:00:00+03:00"):
        # Nothing is sent, nothing is asked, and nobody looks for addresses of the panel.
        assert story.left() == [
            "2026-12-09 00:00: Say whether you thanked the interviewers in person",
            "2026-12-09 00:00: Write down how it went at County Public Service Board",
            "2026-12-09 00:00: Tell Peter Otieno that County Public Service Board may call",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2026-12-23 00:00: County Public Service Board owes an answer (waiting)",
        ]
        assert [stop["forbids"] for stop in story.plan(interview)["follow_up"]["recipients"][0]["stops"]] == [
            "enquiry",
            "thank_you",
        ]
        story.do(
            "Say whether you thanked the interviewers in person",
            "Write down how it went at County Public Service Board",
        )
        story.do("Tell Peter Otieno that County Public Service Board may call")
        assert story.left() == [
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2026-12-23 00:00: County Public Service Board owes an answer (waiting)",
        ]
        assert story.steps(interview) == {
            "thank_in_person": "done",
            "get_contact_information": "not_needed",
            "reflect": "done",
            "notify_references": "done",
            "follow_up": "waiting",
            "keep_looking": "due",
        }
        assert story.turn() == ("employer", None)
    for moment in ("2026-12-23T09:00:00+03:00", "2027-01-28T09:00:00+03:00"):
        with story.at(moment):
            assert [line for line in story.left() if "(optional)" not in line] == [
                "2026-12-23 00:00: County Public Service Board owes an answer (waiting)"
            ]
            assert story.today() == []
            assert story.turn() == ("employer", None)
    with story.at("2027-02-01T09:00:00+03:00"):
        story.status(application, "offer")
        assert story.left() == [
            "any time: Accept or decline the offer of County Public Service Board",
            "2027-02-08 00:00: Apply somewhere else this week (optional)",
        ]
        story.status(application, "accepted", happened_on="2027-02-01")
        assert story.left() == [
            "2027-02-09 00:00: Thank everybody who helped you to County Public Service Board",
            "2027-02-09 00:00: Thank Peter Otieno and tell them how it ended at County Public Service Board",
        ]
        assert story.told("task.due") == [
            "thank_in_person",
            "reflect",
            "brief_reference",
            "answer_offer",
            "thank_reference",
            "say_thanks",
        ]
        assert story.turns() == [("employer", None), ("candidate", None), (None, None)]
