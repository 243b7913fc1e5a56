"""Tasks that were put off come back, and the user's own are brought up, without anything else happening."""

from tests.follow_up.plan.stories import Story


def test_own_tasks_are_brought_up_once_and_come_back_when_they_were_put_off(story: Story) -> None:
    with story.at("2026-12-07T09:00:00+09:00"):
        story.account.made("/v1/tasks", {"title": "Bring the certificates", "due_at": "2026-12-09T09:00:00+09:00"})
        story.account.made("/v1/tasks", {"title": "Buy a suit"})
        story.do("Buy a suit", state="snoozed", until="2026-12-08T09:00:00+09:00")
        assert story.left() == ["2026-12-09 00:00: Bring the certificates"]
    with story.at("2026-12-08T09:00:00+09:00"):
        assert story.left() == ["2026-12-09 00:00: Bring the certificates", "any time: Buy a suit"]
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
        title = "Find out who decides about the position Engineer"
        story.do(title, state="snoozed", until="2026-12-07T16:30:00+09:00")
        assert title not in [task["title"] for task in story.tasks()]
    with story.at("2026-12-07T16:30:00+09:00"):
        assert title in [task["title"] for task in story.tasks()]


def test_the_search_nudges_once_a_week_at_most_and_not_where_the_user_has_applied(story: Story) -> None:
    story.live_in("Asia/Tokyo")
    with story.at("2026-12-07T08:00:00+09:00"):
        company = story.company("Aozora Seiki")
        story.application(company, "JP")
    nudged = []
    for day in range(7, 29):
        for hour in ("08", "10"):
            with story.at(f"2026-12-{day:02}T{hour}:00:00+09:00"):
                if (day, hour) == (16, "10"):
                    story.application(company, "JP", status="applied", applied_on="2026-12-16")
                assert story.today() == [], "it stands in the list of tasks, and never in the queue of a day"
                nudged.append((day, hour, story.told("task.due").count("keep_looking")))
    weeks = {count: (day, hour) for day, hour, count in reversed(nudged)}
    # On Friday at nine; not in the week in which they applied.
    assert weeks == {0: (7, "08"), 1: (11, "10"), 2: (25, "10")}


def test_what_has_no_due_time_stands_where_it_was_brought_up_and_is_never_overdue(story: Story) -> None:
    with story.at("2026-12-07T10:00:00+00:00"):
        application = story.application(story.company("Aozora Seiki"), "JP")
        story.account.made("/v1/tasks", {"title": "Buy a suit", "due_at": "2026-12-07T18:00:00+00:00"})
        story.status(application, "offer")
    with story.at("2026-12-07T19:00:00+00:00"):
        assert story.today() == [
            "any time: Accept or decline the offer of Aozora Seiki",
            "2026-12-07 18:00: Buy a suit",
        ]
        overdue = story.account.seen("/v1/tasks", due="overdue")["items"]
        assert [(task["title"], task["is_overdue"]) for task in overdue] == [("Buy a suit", True)]
