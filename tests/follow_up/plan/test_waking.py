"""Tasks that were put off come back, and the user's own are brought up, without anything else happening."""

from tests.follow_up.plan.stories import Story


def test_own_tasks_are_brought_up_once_and_come_back_when_they_were_put_off(story: Story) -> None:
    with story.at("2026-12-07T09:00:00+09:00"):
        story.account.made("/v1/tasks", {"title": "Bring the certificates", "due_at": "2026-12-09T09:00:00+09:00"})
        story.account.made("/v1/tasks", {"title": "Buy a suit"})
        story.do("Buy a suit", state="snoozed", until="2026-12-08T09:00:00+09:00")
        assert story.left() == {"Bring the certificates": "2026-12-09T00:00"}
    with story.at("2026-12-08T09:00:00+09:00"):
        assert story.left() == {"Bring the certificates": "2026-12-09T00:00", "Buy a suit": None}
        assert story.told("task.due") == []
    for moment in ("2026-12-09T09:00:00+09:00", "2026-12-09T10:00:00+09:00"):
        with story.at(moment):
            assert story.told("task.due") == ["own"]
            assert story.told("task.reopened") == ["own"]
    with story.at("2026-12-09T11:00:00+09:00"):
        task = story.task("Bring the certificates")
        story.account.changed(f"/v1/tasks/{task['id']}", {"due_at": "2026-12-10T09:00:00+09:00"})
        assert story.told("task.due") == ["own"]
    with story.at("2026-12-10T09:00:00+09:00"):
        assert story.told("task.due") == ["own", "own"]


def test_a_task_that_was_put_off_comes_back_at_its_time(story: Story) -> None:
    with story.at("2026-12-07T16:00:00+09:00"):
        company = story.company("Aozora Seiki")
        application = story.application(company, "JP")
        story.interview(application, "2026-12-07T14:00:00", "2026-12-07T15:00:00", "Asia/Tokyo")
        title = "Find out who decides about Engineer"
        story.do(title, state="snoozed", until="2026-12-07T16:30:00+09:00")
        assert title not in story.left()
    with story.at("2026-12-07T16:30:00+09:00"):
        assert title in story.left()
