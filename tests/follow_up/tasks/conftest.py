"""A job search with an interview in Osaka that is over, and everybody who belongs to it."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.follow_up.plan.conftest import _today, story
from tests.follow_up.plan.stories import Story
from tests.stored import ANY

__all__ = ["_today", "osaka", "story"]
Made = dict[str, Any]
AFTER = "2026-12-07T16:00:00+09:00"
"""An hour after the interview, a Monday."""


@dataclass
class Osaka:
    """What was written down."""

    story: Story
    company: Made
    application: Made
    interview: Made
    boss: Made
    reference: Made

    def task(self, kind: str, **params: str) -> Made:
        """The one task of a kind."""
        items = self.story.account.seen("/v1/tasks", kind=kind, **params)["items"]
        assert len(items) == 1, (kind, items)
        found: Made = items[0]
        return found

    def state(self, task: Made, state: str, **more: object) -> Made:
        """Say what becomes of a task."""
        path = f"/v1/tasks/{task['id']}/state"
        answer = self.story.account.ask("POST", path, json={"state": state, **more}, headers=ANY)
        assert answer.status_code == 200, answer.text
        made: Made = answer.json()
        return made

    def refused(self, task: Made, state: str, status: int) -> Made:
        """The problem with which that is refused."""
        path = f"/v1/tasks/{task['id']}/state"
        return self.story.account.refused("POST", path, status, json={"state": state}, headers=ANY)

    def seen(self, kind: str, made: Made) -> Made:
        """Something as it is now."""
        return self.story.account.seen(f"/v1/{kind}/{made['id']}")


@pytest.fixture
def osaka(story: Story) -> Osaka:
    """Written down an hour after the interview."""
    with story.at(AFTER):
        company = story.company("Aozora Seiki")
        application = story.application(company, "JP", applied_on="2026-11-02")
        boss = story.person("Aiko Tanaka", email=None)
        times = ("2026-12-07T14:00:00", "2026-12-07T15:00:00", "Asia/Tokyo")
        interview = story.interview(application, *times, (boss, "interviewer"))
        friend = story.person("Ingrid Berg")
        body = {"contact_id": friend["id"], "consent_given_on": "2026-11-01"}
        reference = story.account.made("/v1/references", body)
        story.account.made(f"/v1/references/{reference['id']}/applications", {"application_id": application["id"]})
    return Osaka(story, company, application, interview, boss, reference)
