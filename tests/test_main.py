import asyncio

import pytest
from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

from app.guide import GUIDE
from app.main import TAGS, create_app
from app.messages import scheduling, sending_router
from app.messages.mailboxes import router as mailboxes_router
from app.messages.mailboxes.schemas import MOST_MAILBOXES
from app.settings import Settings
from tests.house.repository import ROOT


def test_an_application_reads_its_settings_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_MAX_REQUEST_BYTES", "2048")
    assert create_app().state.settings.max_request_bytes == 2048


def test_two_applications_count_their_requests_apart() -> None:
    assert create_app(Settings()).state.metrics is not create_app(Settings()).state.metrics


def test_plain_functions_get_as_many_threads_as_the_settings_say() -> None:
    async def threads(app: FastAPI) -> float:
        async with app.router.lifespan_context(app):
            return current_default_thread_limiter().total_tokens

    assert asyncio.run(threads(create_app(Settings(worker_threads=3)))) == 3


def test_the_numbers_that_are_told_are_those_that_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AFTERWORD_MESSAGES_PER_DAY", raising=False)
    per_day, days = Settings().messages_per_day, scheduling.LONGEST.days
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (mailboxes,) = (tag["description"] for tag in TAGS if tag["name"] == "mailboxes")
    for text, words in (
        (GUIDE, f"at most {MOST_MAILBOXES} mailboxes"),
        (GUIDE, f"at most {per_day} messages within 24 hours"),
        (GUIDE, f"at most {days} days ahead"),
        (mailboxes, f"{MOST_MAILBOXES} at most"),
        (str(mailboxes_router.create_mailbox.__doc__), f"You can have {MOST_MAILBOXES}."),
        (str(sending_router.approve_message.__doc__), f"by default {per_day}"),
        (str(sending_router.schedule_message.__doc__), f"{days} days ahead at most"),
        (readme, f"`AFTERWORD_MESSAGES_PER_DAY` | `{per_day}`"),
        (readme, f"there are {MOST_MAILBOXES} for a user at most"),
        (readme, f"more than {days} days ahead"),
    ):
        assert words in text
