import asyncio

import pytest
from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings


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
