"""Berlin, Paris, and a selection of the European Union in Brussels, whose board nobody may write to."""

from tests.follow_up.plan.stories import Story


def test_berlin(story: Story) -> None:
    story.live_in("Europe/Berlin")
    with story.at("2026-12-01T09:00:00+01:00"):
        company = story.company("Spreewerk GmbH")
        braun, vogel = story.person("Jana Braun"), story.person("Uwe Vogel")
        application = story.application(company, "DE", subdivision="DE-BE", applied_on="2026-12-01")
        reference = story.reference(vogel, application, consent_given_on="2026-06-01")
        interview = story.interview(
            application, "2026-12-03T10:00:00", "2026-12-03T11:00:00", "Europe/Berlin", (braun, "interviewer")
        )
        assert story.left() == ["2026-12-03 11:00: Thank the interviewers in person at the end"]
    with story.at("2026-12-03T11:30:00+01:00"):
        # Neither a note nor a word to the referee is expected there: both are shown, and neither nags.
        assert story.left() == [
            "2026-12-04 00:00: Say whether you thanked the interviewers in person",
            "2026-12-04 00:00: Write down how it went at Spreewerk GmbH",
            "2026-12-04 00:00: Find out who decides about the position Engineer",
            "2026-12-18 00:00: Spreewerk GmbH owes an answer (waiting)",
            "any time: Send Jana Braun a thank-you note (optional)",
            "any time: Tell Uwe Vogel that Spreewerk GmbH may call (optional)",
        ]
        assert story.today() == [
            "2026-12-04 00:00: Say whether you thanked the interviewers in person",
            "2026-12-04 00:00: Write down how it went at Spreewerk GmbH",
            "2026-12-04 00:00: Find out who decides about the position Engineer",
        ]
        assert story.task("Tell Uwe Vogel that Spreewerk GmbH may call")["because"] == "reference_rarely_called"
        story.reflect(interview)
        story.do("Say whether you thanked the interviewers in person")
        story.account.made(
            f"/v1/interviews/{interview['id']}/participants",
            {"contact_id": story.person("Karl Weiss")["id"], "role": "decision_maker"},
        )
        assert story.left() == [
            "2026-12-18 00:00: Spreewerk GmbH owes an answer (waiting)",
            "any time: Send Jana Braun a thank-you note (optional)",
            "any time: Send Karl Weiss a thank-you note (optional)",
            "any time: Tell Uwe Vogel that Spreewerk GmbH may call (optional)",
        ]
        assert story.closed("Find out who decides about the position Engineer") == ("done", "facts")
    with story.at("2026-12-06T11:00:00+01:00"):
        assert story.left() == [
            "2026-12-18 00:00: Spreewerk GmbH owes an answer (waiting)",
            "any time: Tell Uwe Vogel that Spreewerk GmbH may call (optional)",
        ]
        assert story.closed("Send Jana Braun a thank-you note") == ("retired", "facts")
    with story.at("2026-12-17T09:00:00+01:00"):
        assert story.left() == [
            "2026-12-18 00:00: Ask Spreewerk GmbH politely about the result",
            "2026-12-21 00:00: Apply somewhere else this week (optional)",
            "any time: Tell Uwe Vogel that Spreewerk GmbH may call (optional)",
        ]
        assert story.turn() == ("candidate", "2026-12-17")
        story.status(application, "offer")
        story.change("applications", application, offer_answer_by="2026-12-22")
        assert story.left() == [
            "2026-12-21 00:00: Apply somewhere else this week (optional)",
            "2026-12-23 00:00: Accept or decline the offer of Spreewerk GmbH",
            "any time: Tell Uwe Vogel that Spreewerk GmbH may call (optional)",
        ]
        assert story.turn() == ("candidate", None)
    with story.at("2026-12-21T09:00:00+01:00"):
        story.status(application, "accepted", happened_on="2026-12-21")
        assert story.left() == [
            "2026-12-29 00:00: Thank everybody who helped you to Spreewerk GmbH",
            "2026-12-29 00:00: Thank Uwe Vogel and tell them how it ended at Spreewerk GmbH",
        ]
        story.account.changed(
            f"/v1/references/{reference['id']}/applications/{story.use(reference)['id']}",
            {"thanked_on": "2026-12-21"},
        )
        # Thanked, and not yet told how it ended.
        assert story.left() == [
            "2026-12-29 00:00: Thank everybody who helped you to Spreewerk GmbH",
            "2026-12-29 00:00: Thank Uwe Vogel and tell them how it ended at Spreewerk GmbH",
        ]
        story.do(
            "Thank Uwe Vogel and tell them how it ended at Spreewerk GmbH",
            "Thank everybody who helped you to Spreewerk GmbH",
        )
        assert story.left() == []
        assert story.told("task.due") == [
            "thank_in_person",
            "find_decision_maker",
            "reflect",
            "ask_for_answer",
            "answer_offer",
            "thank_reference",
            "say_thanks",
        ]
        assert story.turns() == [("employer", None), ("candidate", "2026-12-17"), ("candidate", None), (None, None)]


def test_paris(story: Story) -> None:
    story.live_in("Europe/London")
    with story.at("2026-12-08T09:00:00+01:00"):
        company = story.company("Atelier Lumière")
        petit, moreau = story.person("Claire Petit"), story.person("Luc Moreau")
        application = story.application(company, "FR", introduced_by_contact_id=moreau["id"], applied_on="2026-12-02")
        reference = story.reference(moreau, application, consent_given_on="2026-01-10", consent_until="2026-12-10")
        interview = story.interview(
            application, "2026-12-08T15:00:00", "2026-12-08T16:00:00", "Europe/Paris", (petit, "decision_maker")
        )
        assert story.left() == [
            "2026-12-08 16:00: Thank the interviewers in person at the end",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
        ]
    with story.at("2026-12-08T16:00:00+01:00"):
        assert story.left() == [
            "2026-12-09 00:00: Say whether you thanked the interviewers in person",
            "2026-12-09 00:00: Write down how it went at Atelier Lumière",
            "2026-12-09 00:00: Tell Luc Moreau that Atelier Lumière may call",
            "2026-12-10 16:00: Send Claire Petit a thank-you note",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2027-01-08 00:00: Atelier Lumière owes an answer (waiting)",
        ]
        assert story.task("Send Claire Petit a thank-you note")["opens_at"] == "2026-12-08T16:00:00Z"
        law = story.plan(interview)["follow_up"]["references"]
        assert (law["checked"], law["consent"]["citation"]) == (
            "sometimes",
            "Labour Code, articles L1221-8 and L1221-9",
        )
        story.reflect(interview, draft=True)
        story.do("Say whether you thanked the interviewers in person")
        # A draft is not written down yet, and what is missing is named.
        reflect = story.task("Write down how it went at Atelier Lumière")
        assert reflect["facts"] == {
            "missing": [
                "learned_about_company",
                "learned_about_position",
                "important_points",
                "open_questions",
                "questions_asked",
                "to_improve",
                "mood",
            ]
        }
        story.account.changed(f"/v1/interviews/{interview['id']}/reflection", {"draft": False})
        assert story.left() == [
            "2026-12-09 00:00: Tell Luc Moreau that Atelier Lumière may call",
            "2026-12-10 16:00: Send Claire Petit a thank-you note",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2027-01-08 00:00: Atelier Lumière owes an answer (waiting)",
        ]
    with story.at("2026-12-09T09:00:00+01:00"):
        story.do("Send Claire Petit a thank-you note")
        assert story.left() == [
            "2026-12-09 00:00: Tell Luc Moreau that Atelier Lumière may call",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2027-01-08 00:00: Atelier Lumière owes an answer (waiting)",
        ]
    with story.at("2026-12-11T01:30:00+01:00"):
        # His consent ended with the day before, by the user's own clocks.
        assert story.left() == [
            "any time: Ask Luc Moreau whether they may be named as a reference",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2027-01-08 00:00: Atelier Lumière owes an answer (waiting)",
        ]
        assert story.closed("Tell Luc Moreau that Atelier Lumière may call") == ("retired", "facts")
        assert story.task("Ask Luc Moreau whether they may be named as a reference")["because"] == "consent_has_ended"
        story.change("references", reference, consent_given_on="2026-12-11", consent_until=None)
        assert story.left() == [
            "2026-12-12 00:00: Tell Luc Moreau that Atelier Lumière may call",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2027-01-08 00:00: Atelier Lumière owes an answer (waiting)",
        ]
        assert story.closed("Ask Luc Moreau whether they may be named as a reference") == ("done", "facts")
        story.account.made(f"/v1/references/{reference['id']}/briefings", {"interview_id": interview["id"]})
        assert story.left() == [
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2027-01-08 00:00: Atelier Lumière owes an answer (waiting)",
        ]
        assert story.closed("Tell Luc Moreau that Atelier Lumière may call") == ("done", "facts")
    with story.at("2026-12-17T09:00:00+01:00"):
        # Asking is fair long before an answer is usual.
        assert story.left() == [
            "2026-12-18 00:00: Ask Atelier Lumière politely about the result",
            "2026-12-21 00:00: Apply somewhere else this week (optional)",
        ]
        assert story.task("Ask Atelier Lumière politely about the result")["because"] == "asking_is_fair"
        story.do("Ask Atelier Lumière politely about the result", state="skipped", reason="I know them well.")
        assert story.left() == ["2026-12-21 00:00: Apply somewhere else this week (optional)"]
    with story.at("2027-01-08T09:00:00+01:00"):
        assert story.left() == ["2027-01-11 00:00: Apply somewhere else this week (optional)"]
        story.change("interviews", interview, status="complete")
        story.status(application, "offer")
        assert story.left() == [
            "any time: Accept or decline the offer of Atelier Lumière",
            "2027-01-11 00:00: Apply somewhere else this week (optional)",
        ]
        story.status(application, "accepted", happened_on="2027-01-08")
        assert story.left() == [
            "2027-01-16 00:00: Thank everybody who helped you to Atelier Lumière",
            "2027-01-16 00:00: Thank Luc Moreau and tell them how it ended at Atelier Lumière",
        ]
        assert story.task("Thank everybody who helped you to Atelier Lumière")["contact_id"] == moreau["id"]
        assert story.told("task.due") == [
            "thank_in_person",
            "reflect",
            "brief_reference",
            "send_note",
            "ask_consent",
            "ask_for_answer",
            "answer_offer",
        ]
        assert story.turns() == [("either", None), ("candidate", "2026-12-17"), ("candidate", None), (None, None)]


def test_brussels_epso(story: Story) -> None:
    story.live_in("Europe/Brussels")
    with story.at("2026-12-07T09:00:00+01:00"):
        company = story.company("EPSO", domains=["epso.europa.eu"])
        chair = story.person("Marta Kowalska", email=None)
        application = story.application(company, "BE", applied_on="2026-10-01")
        interview = story.interview(
            application,
            "2026-12-08T09:00:00",
            "2026-12-08T10:00:00",
            "Europe/Brussels",
            (chair, "panel_chair"),
            said={"who_contacts": "portal", "answer_by": "2027-02-15"},
        )
        assert story.left() == [
            "2026-12-08 10:00: Thank the interviewers in person at the end",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
        ]
    with story.at("2026-12-08T10:00:00+01:00"):
        # The board may not be approached, so nobody looks for its addresses either.
        assert story.left() == [
            "2026-12-09 00:00: Say whether you thanked the interviewers in person",
            "2026-12-09 00:00: Write down how it went at EPSO",
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2027-02-16 00:00: Look up the result of EPSO (waiting)",
        ]
        assert story.plan(interview)["follow_up"]["recipients"][0]["thank_you"]["prohibited"] is True
        story.do("Say whether you thanked the interviewers in person")
        story.reflect(interview)
        assert story.left() == [
            "2026-12-14 00:00: Apply somewhere else this week (optional)",
            "2027-02-16 00:00: Look up the result of EPSO (waiting)",
        ]
        assert story.turn() == ("portal", None)
    with story.at("2027-02-14T09:00:00+01:00"):
        assert story.left() == [
            "2027-02-15 00:00: Apply somewhere else this week (optional)",
            "2027-02-16 00:00: Look up the result of EPSO (waiting)",
        ]
        assert story.today() == []
    with story.at("2027-02-15T09:00:00+01:00"):
        assert story.left() == [
            "2027-02-16 00:00: Look up the result of EPSO",
            "2027-02-22 00:00: Apply somewhere else this week (optional)",
        ]
        assert story.today() == ["2027-02-16 00:00: Look up the result of EPSO"]
        assert story.told("task.due") == ["thank_in_person", "reflect", "keep_looking", "check_portal"]
    with story.at("2027-04-01T09:00:00+02:00"):
        # However late it is: it is looked up, and never asked for.
        assert story.left() == [
            "2027-02-16 00:00: Look up the result of EPSO",
            "2027-04-05 00:00: Apply somewhere else this week (optional)",
        ]
        story.do("Look up the result of EPSO")
        assert story.account.seen(f"/v1/interviews/{interview['id']}")["status"] == "complete"
        assert story.left() == ["2027-04-05 00:00: Apply somewhere else this week (optional)"]
        assert story.account.seen("/v1/today")["turns"] == []
        story.status(application, "offer")
        story.status(application, "accepted", happened_on="2027-04-01")
        assert story.left() == ["2027-04-09 00:00: Thank everybody who helped you to EPSO"]
        assert story.turns() == [("portal", None), (None, None)]
