"""Interviews in New York, where notes are welcome, and in Tokyo, where this one is not."""

from collections.abc import Iterator

import pytest

from tests.follow_up.plan.conftest import _today, story
from tests.follow_up.plan.stories import Story
from tests.messages.desk import Desk

__all__ = ["_today", "story"]


@pytest.fixture
def new_york(story: Story) -> Iterator[Desk]:
    """Written down an hour after it ended, on a Thursday; the clock stands still."""
    letterhead = ["Lindenstraße 5", "10969 Berlin"]
    story.login.changed("/v1/me", {"name": "Kim Berger", "time_zone": "Europe/Berlin", "letterhead": letterhead})
    with story.at("2026-12-17T16:00:00-05:00"):
        company = story.company("Hudson Analytics")
        application = story.application(company, "US", subdivision="US-NY", applied_on="2026-12-01")
        boss = story.person("Ann Lee", pronouns="she/her")
        times = ("2026-12-17T13:00:00", "2026-12-17T15:00:00", "America/New_York")
        interview = story.interview(application, *times, (boss, "interviewer"))
        yield Desk(story, application, interview, boss)


@pytest.fixture
def tokyo(story: Story) -> Iterator[Desk]:
    """An experienced engineer at a Japanese company, an hour after the interview."""
    story.login.changed("/v1/me", {"name": "Kim Berger"})
    with story.at("2026-12-17T16:00:00+09:00"):
        company = story.company("Aozora Seiki", ownership="domestic")
        application = story.application(company, "JP", applied_on="2026-11-02", track="experienced")
        name = {"given_name": "愛子", "family_name": "田中", "language": "ja"}
        boss = story.account.made("/v1/contacts", {"name": name})
        times = ("2026-12-17T14:00:00", "2026-12-17T15:00:00", "Asia/Tokyo")
        interview = story.interview(application, *times, (boss, "interviewer"))
        yield Desk(story, application, interview, boss)
