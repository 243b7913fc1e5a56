"""What the plan of an interview shows where nothing is left to do."""

from tests.follow_up.plan.stories import Story

AFTER = "2026-12-07T16:00:00+00:00"
PAST = ("2026-12-07T14:00:00", "2026-12-07T15:00:00", "Europe/London")
TO_COME = ("2026-12-17T14:00:00", "2026-12-17T15:00:00", "Europe/London")


def test_of_an_interview_that_is_not_held_no_step_comes_later(story: Story) -> None:
    with story.at(AFTER):
        application = story.application(story.company("Brightwater"), "GB")
        coming = story.interview(application, *TO_COME)
        assert story.steps(coming)["follow_up"] == "later"
        missed = story.interview(application, *PAST)
        story.change("interviews", coming, status="cancelled")
        story.change("interviews", missed, status="no_show")
        for one in (coming, missed):
            steps = story.steps(one)
            assert steps.pop("keep_looking") == "due"
            assert set(steps.values()) == {"not_needed"}


def test_once_an_application_has_ended_no_step_comes_later(story: Story) -> None:
    with story.at(AFTER):
        application = story.application(story.company("Brightwater"), "GB")
        coming = story.interview(application, *TO_COME)
        assert story.account.seen("/v1/today")["search"]["next_interview"]["id"] == coming["id"]
        assert story.plan(coming)["search"]["next_interview"]["id"] == coming["id"]
        story.status(application, "rejected", happened_on="2026-12-07")
        assert "later" not in story.steps(coming).values()
        assert story.account.seen("/v1/today")["search"]["next_interview"] is None
        assert story.plan(coming)["search"]["next_interview"] is None


def test_consent_is_asked_for_in_the_plans_of_applications_that_name_the_reference(story: Story) -> None:
    with story.at(AFTER):
        here, there = (story.application(story.company(name), "GB") for name in ("Brightwater", "Elsewhere"))
        plans = [story.interview(one, *PAST) for one in (here, there)]
        story.reference(story.person("Ingrid Berg"), here)
        asked = [
            [task["kind"] for step in story.plan(one)["steps"] for task in step["tasks"] if task["kind"] == kind]
            for one in plans
            for kind in ("ask_consent", "keep_looking")
        ]
        assert asked == [["ask_consent"], ["keep_looking"], [], ["keep_looking"]]


def test_looking_goes_on_until_an_offer_is_accepted_and_what_comes_of_it_is_done(story: Story) -> None:
    with story.at(AFTER):
        application = story.application(story.company("Brightwater"), "GB")
        interview = story.interview(application, *PAST)
        other = story.application(story.company("Elsewhere"), "GB")
        elsewhere = story.interview(other, *PAST)
        story.status(application, "offer", happened_on="2026-12-07")
        story.status(application, "accepted", happened_on="2026-12-07")
        assert [story.steps(one)["keep_looking"] for one in (interview, elsewhere)] == ["due", "due"]
        story.do("Thank everybody who helped you to Brightwater", "Withdraw politely from Elsewhere")
        assert [story.steps(one)["keep_looking"] for one in (interview, elsewhere)] == ["done", "done"]
        third = story.interview(application, *TO_COME)
        assert story.steps(third)["keep_looking"] == "done"
