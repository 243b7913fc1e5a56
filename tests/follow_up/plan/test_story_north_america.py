"""New York, where each interviewer gets a note within hours, and Toronto, where the law sets the employer a day."""

from tests.follow_up.plan.stories import Story


def test_new_york(story: Story) -> None:
    story.live_in("America/New_York")
    with story.at("2026-12-15T09:00:00-05:00"):
        company, other = story.company("Hudson Analytics"), story.company("Elsewhere Inc")
        lee, diaz = story.person("Ann Lee"), story.person("Rosa Diaz")
        application = story.application(company, "US", subdivision="US-NY", applied_on="2026-12-01")
        elsewhere = story.application(other, "US", status="applied", applied_on="2026-12-14")
        idea = story.application(other, "US", status="interested", position="Analyst")
        interview = story.interview(
            application,
            "2026-12-17T13:00:00",
            "2026-12-17T15:00:00",
            "America/New_York",
            (lee, "interviewer"),
            (diaz, "decision_maker"),
        )
        story.account.made(
            "/v1/tasks",
            {
                "title": "Take the slides along",
                "due_at": "2026-12-17T08:00:00-05:00",
                "application_id": application["id"],
                "interview_id": interview["id"],
            },
        )
        assert story.left() == [
            "2026-12-17 08:00: Take the slides along",
            "2026-12-17 15:00: Thank the interviewers in person at the end",
        ]
    with story.at("2026-12-17T08:00:00-05:00"):
        assert story.today() == [
            "2026-12-17 08:00: Take the slides along",
            "2026-12-17 15:00: Thank the interviewers in person at the end",
        ]
        story.do("Take the slides along")
    with story.at("2026-12-17T15:00:00-05:00"):
        assert story.left() == [
            "2026-12-18 00:00: Say whether you thanked the interviewers in person",
            "2026-12-18 00:00: Write down how it went at Hudson Analytics",
            "2026-12-18 15:00: Send Ann Lee a thank-you note",
            "2026-12-18 15:00: Send Rosa Diaz a thank-you note",
            "2027-01-05 00:00: Hudson Analytics owes an answer (waiting)",
        ]
        assert story.today() == [
            "2026-12-18 00:00: Say whether you thanked the interviewers in person",
            "2026-12-18 00:00: Write down how it went at Hudson Analytics",
        ]
        notes = [story.task(f"Send {name} a thank-you note") for name in ("Ann Lee", "Rosa Diaz")]
        # From the end of the interview on; the next working morning is suggested, and a day later it is late.
        assert [(note["opens_at"], note["remind_at"], note["due_at"]) for note in notes] == [
            ("2026-12-17T20:00:00Z", "2026-12-18T14:00:00Z", "2026-12-18T20:00:00Z"),
            ("2026-12-17T20:00:00Z", "2026-12-18T14:00:00Z", "2026-12-18T20:00:00Z"),
        ]
        story.do("Say whether you thanked the interviewers in person")
        story.reflect(interview)
    with story.at("2026-12-18T09:00:00-05:00"):
        assert story.today() == [
            "2026-12-18 15:00: Send Ann Lee a thank-you note",
            "2026-12-18 15:00: Send Rosa Diaz a thank-you note",
        ]
        story.do("Send Ann Lee a thank-you note")
        assert story.left() == [
            "2026-12-18 15:00: Send Rosa Diaz a thank-you note",
            "2027-01-05 00:00: Hudson Analytics owes an answer (waiting)",
        ]
        sent = story.plan(interview)["follow_up"]["recipients"]
        assert [(one["note_sent_at"], one["thank_you"]["outcome"]) for one in sent] == [
            ("2026-12-18T14:00:00Z", "do_not_send"),
            (None, "send"),
        ]
    with story.at("2026-12-18T15:00:00-05:00"):
        # Late is better than never, for three days more; then it is not called for any longer.
        assert story.today() == ["2026-12-18 15:00: Send Rosa Diaz a thank-you note"]
    with story.at("2026-12-21T15:00:00-05:00"):
        assert story.left() == [
            "2026-12-28 00:00: Apply somewhere else this week (optional)",
            "2027-01-05 00:00: Hudson Analytics owes an answer (waiting)",
        ]
        assert story.closed("Send Rosa Diaz a thank-you note") == ("retired", "facts")
    with story.at("2026-12-28T09:00:00-05:00"):
        assert story.left() == [
            "2026-12-29 00:00: Ask Hudson Analytics politely about the result",
            "2027-01-04 00:00: Apply somewhere else this week (optional)",
        ]
        assert story.turn(application) == ("candidate", "2026-12-28")
        # From Monday over New Year's Day, when nobody works there.
        ask = story.task("Ask Hudson Analytics politely about the result")
        story.do(ask["title"], state="snoozed", working_days=4)
        assert story.account.seen(f"/v1/tasks/{ask['id']}")["snoozed_until"] == "2027-01-04T14:00:00Z"
    with story.at("2027-01-03T23:00:00-05:00"):
        assert story.today() == []
    with story.at("2027-01-04T09:00:00-05:00"):
        assert story.today() == ["2026-12-29 00:00: Ask Hudson Analytics politely about the result"]
        story.do(ask["title"])
        assert story.left() == [
            "2027-01-05 00:00: Hudson Analytics owes an answer (waiting)",
            "2027-01-11 00:00: Apply somewhere else this week (optional)",
        ]
    with story.at("2027-01-06T10:00:00-05:00"):
        story.status(application, "offer")
        assert story.left() == [
            "any time: Accept or decline the offer of Hudson Analytics",
            "2027-01-11 00:00: Apply somewhere else this week (optional)",
        ]
    with story.at("2027-01-07T10:00:00-05:00"):
        story.status(application, "accepted", happened_on="2027-01-07")
        # What is only an idea needs no farewell.
        assert story.left() == [
            "2027-01-10 00:00: Withdraw politely from Elsewhere Inc",
            "2027-01-15 00:00: Thank everybody who helped you to Hudson Analytics",
        ]
        story.do("Withdraw politely from Elsewhere Inc", "Thank everybody who helped you to Hudson Analytics")
        seen = story.account.seen(f"/v1/applications/{elsewhere['id']}")
        assert (seen["status"], seen["decided_on"]) == ("withdrawn", "2027-01-07")
        assert story.account.seen(f"/v1/applications/{idea['id']}")["status"] == "interested"
        assert story.left() == []
        assert story.account.seen("/v1/today")["search"] == {
            "alive": 1,
            "last_applied_on": "2026-12-14",
            "next_interview": None,
            "accepted_on": "2027-01-07",
        }
    with story.at("2027-01-15T10:00:00-05:00"):
        assert story.left() == []
        assert story.told("task.due") == [
            "own",
            "thank_in_person",
            "reflect",
            "send_note",
            "send_note",
            "ask_for_answer",
            "keep_looking",
            "answer_offer",
            "say_thanks",
            "withdraw",
        ]
        assert story.turns() == [
            ("either", None),
            ("candidate", "2026-12-28"),
            ("either", None),
            ("candidate", None),
            (None, None),
        ]


def test_toronto(story: Story) -> None:
    story.live_in("America/Toronto")
    with story.at("2026-12-08T09:00:00-05:00"):
        company = story.company("Maple Robotics")
        roy, wong = story.person("Amir Roy"), story.person("Grace Wong")
        application = story.application(
            company,
            "CA",
            subdivision="CA-ON",
            headcount=400,
            publicly_advertised=True,
            applied_on="2026-11-20",
        )
        reference = story.reference(wong, application)
        interview = story.interview(
            application,
            "2026-12-08T14:00:00",
            "2026-12-08T15:00:00",
            "America/Toronto",
            (roy, "decision_maker"),
            format="panel",
        )
        # Nobody is named as a reference who has not agreed.
        assert story.left() == [
            "any time: Ask Grace Wong whether they may be named as a reference",
            "2026-12-08 15:00: Thank the interviewers in person at the end",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
        ]
    with story.at("2026-12-08T16:00:00-05:00"):
        assert story.left() == [
            "any time: Ask Grace Wong whether they may be named as a reference",
            "2026-12-09 00:00: Say whether you thanked the interviewers in person",
            "2026-12-09 00:00: Write down how it went at Maple Robotics",
            "2026-12-09 15:00: Send Amir Roy a thank-you note",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "any time: Maple Robotics owes an answer (waiting)",
        ]
        story.do("Send Amir Roy a thank-you note", "Say whether you thanked the interviewers in person")
        story.reflect(interview)
        story.do("Ask Grace Wong whether they may be named as a reference")
        assert story.account.seen(f"/v1/references/{reference['id']}")["consent_given_on"] == "2026-12-08"
        assert story.left() == [
            "2026-12-09 00:00: Tell Grace Wong that Maple Robotics may call",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "any time: Maple Robotics owes an answer (waiting)",
        ]
        assert story.steps(interview) == {
            "thank_in_person": "done",
            "get_contact_information": "done",
            "reflect": "done",
            "notify_references": "due",
            "follow_up": "waiting",
            "keep_looking": "due",
        }
        story.do("Tell Grace Wong that Maple Robotics may call")
        assert story.left() == [
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "any time: Maple Robotics owes an answer (waiting)",
        ]
    with story.at("2026-12-22T09:00:00-05:00"):
        assert story.left() == [
            "2026-12-23 00:00: Ask Maple Robotics politely about the result",
            "2026-12-28 00:00: Apply somewhere else this week (optional)",
        ]
        ask = story.task("Ask Maple Robotics politely about the result")
        assert ask["because"] == "asking_is_fair"
        # Both Christmas and the day in lieu of Boxing Day are holidays of Ontario.
        story.do(ask["title"], state="snoozed", working_days=3)
        assert story.account.seen(f"/v1/tasks/{ask['id']}")["snoozed_until"] == "2026-12-29T14:00:00Z"
    with story.at("2026-12-29T10:00:00-05:00"):
        story.do("Ask Maple Robotics politely about the result")
        assert story.left() == [
            "2027-01-04 00:00: Apply somewhere else this week (optional)",
            "2027-01-13 00:00: Maple Robotics owes an answer (waiting)",
        ]
    with story.at("2027-01-13T10:00:00-05:00"):
        assert story.left() == [
            "2027-01-14 00:00: Ask Maple Robotics politely about the result",
            "2027-01-18 00:00: Apply somewhere else this week (optional)",
        ]
        story.do("Ask Maple Robotics politely about the result")
        assert story.left() == [
            "2027-01-18 00:00: Apply somewhere else this week (optional)",
            "2027-01-27 00:00: Maple Robotics owes an answer (waiting)",
        ]
    with story.at("2027-01-22T23:59:00-05:00"):
        # The 45th day is theirs to the end.
        assert story.left() == [
            "2027-01-25 00:00: Apply somewhere else this week (optional)",
            "2027-01-27 00:00: Maple Robotics owes an answer (waiting)",
        ]
    with story.at("2027-01-23T00:00:00-05:00"):
        assert story.left() == [
            "2027-01-24 00:00: Maple Robotics should have told you by law",
            "2027-01-25 00:00: Apply somewhere else this week (optional)",
            "2027-01-27 00:00: Maple Robotics owes an answer (waiting)",
        ]
        law = story.task("Maple Robotics should have told you by law")
        assert (law["because"], law["facts"]) == (
            "law_obliges_employer",
            {
                "statute": "on-inform-interviewed",
                "citation": "Employment Standards Act (Ontario), as amended by the Working for Workers laws",
                "must_inform_by": "2027-01-22",
                "conditions": "met",
            },
        )
        assert story.told("task.due").count("statutory_deadline") == 0
    with story.at("2027-01-23T09:00:00-05:00"):
        assert story.told("task.due").count("statutory_deadline") == 1
    with story.at("2027-01-28T09:00:00-05:00"):
        assert story.left() == [
            "2027-01-24 00:00: Maple Robotics should have told you by law",
            "2027-01-28 00:00: Close the matter with Maple Robotics and move on",
            "2027-02-01 00:00: Apply somewhere else this week (optional)",
        ]
        story.do("Maple Robotics should have told you by law", "Close the matter with Maple Robotics and move on")
        assert story.left() == ["2027-02-01 00:00: Apply somewhere else this week (optional)"]
    with story.at("2027-02-02T09:00:00-05:00"):
        story.status(application, "offer")
        story.status(application, "accepted", happened_on="2027-02-02")
        assert story.left() == [
            "2027-02-10 00:00: Thank everybody who helped you to Maple Robotics",
            "2027-02-10 00:00: Thank Grace Wong and tell them how it ended at Maple Robotics",
        ]
        story.do("Thank Grace Wong and tell them how it ended at Maple Robotics")
        use = story.use(reference)
        assert (use["thanked_on"], use["outcome_told_on"]) == ("2027-02-02", "2027-02-02")
        story.do("Thank everybody who helped you to Maple Robotics")
        assert story.left() == []
        assert story.told("task.due") == [
            "ask_consent",
            "thank_in_person",
            "reflect",
            "brief_reference",
            "ask_for_answer",
            "ask_for_answer",
            "keep_looking",
            "statutory_deadline",
            "close",
            "thank_reference",
            "say_thanks",
        ]
        assert story.turns() == [
            ("either", None),
            ("candidate", "2026-12-22"),
            ("either", None),
            ("candidate", "2027-01-13"),
            ("either", None),
            (None, None),
        ]
    with story.at("2027-12-10T09:00:00-05:00"):
        # Her consent is a year old by now, and nothing needs it any more.
        assert story.left() == []
