"""An application with a few routes that only tests need, and a client for it."""

import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Annotated, Literal

import pytest
import structlog
from fastapi import APIRouter, FastAPI, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator
from starlette.testclient import TestClient

from app.http.etags import NOT_MODIFIED, Revalidate
from app.http.logs import request_log
from app.http.problems import BODY_PROBLEMS, responses
from app.http.routes import JsonRoute
from app.main import create_app
from app.settings import Settings
from tests.stored import new_database_url


class Fact(BaseModel):
    model_config = ConfigDict(extra="forbid")

    country: str = Field(max_length=20)
    sector: Literal["law", "software"] | None = None
    weight: float | None = None

    @field_validator("country")
    @classmethod
    def _is_a_code(cls, value: str) -> str:
        if len(value) > 2:
            raise HintedError("This is a name, not a code.", hint="Write JP.")
        return value


class HintedError(ValueError):
    def __init__(self, detail: str, hint: str) -> None:
        super().__init__(detail)
        self.hint = hint


class Facts(BaseModel):
    model_config = ConfigDict(extra="forbid")

    facts: list[Fact] | Fact


router = APIRouter(prefix="/v1/trial", tags=["trial"], route_class=JsonRoute)


@router.post("/facts", responses=responses(*BODY_PROBLEMS))
async def count_facts(body: Facts, limit: Annotated[int, Query(le=100)] = 100) -> dict[str, int]:
    return {"facts": len(body.facts) if isinstance(body.facts, list) else 1, "limit": limit}


@router.get("/facts", responses=responses())
async def list_facts() -> list[str]:
    return ["JP"]


@router.get("/versioned/{name}", responses={**NOT_MODIFIED, **responses()})
async def get_versioned(name: str, revalidate: Revalidate) -> dict[str, str]:
    revalidate.by_version("2026-11")
    return {"name": name}


@router.get("/failure", responses=responses())
async def fail() -> None:
    raise RuntimeError("the password is hunter2")


@router.get("/late-failure", responses=responses())
async def fail_late() -> StreamingResponse:
    async def content() -> AsyncIterator[bytes]:
        yield b"begun"
        raise RuntimeError("too late for a problem")

    return StreamingResponse(content(), media_type="text/plain")


@pytest.fixture(autouse=True, scope="package")
def _quiet_log() -> Iterator[None]:
    """Without this, structlog would draw every failure in colours; tests that look at lines capture them."""
    structlog.configure(processors=[structlog.processors.JSONRenderer(default=repr)])
    yield
    structlog.reset_defaults()


@pytest.fixture
def log() -> Iterator[io.BytesIO]:
    """Where the lines of requests go while the test runs."""
    output = io.BytesIO()
    request_log.open(output, severity=logging.INFO)
    yield output
    request_log.close()


@pytest.fixture
def url(backend: str, tmp_path: Path) -> str:
    """The URL of an empty database."""
    return new_database_url(backend, tmp_path)


@pytest.fixture
def settings() -> Settings:
    return Settings(max_request_bytes=10_000)


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """An application of the test's own: for tests that change it, or count what it has done."""
    return new_app(settings)


@pytest.fixture(scope="package")
def shared() -> dict[str, FastAPI]:
    """Applications by their settings, for all other tests: the first request to one takes half a second."""
    return {}


@pytest.fixture
def client(request: pytest.FixtureRequest, settings: Settings, shared: dict[str, FastAPI]) -> Iterator[TestClient]:
    wanted = settings.model_dump_json()
    if "app" in request.fixturenames:
        app = request.getfixturevalue("app")
    elif wanted in shared:
        app = shared[wanted]
    else:
        app = shared[wanted] = new_app(settings)
    # The lifespan is left out: tests of readiness say themselves which rules are loaded.
    client = TestClient(app)
    yield client
    client.close()


def new_app(settings: Settings) -> FastAPI:
    """An application with the routes that only tests need."""
    app = create_app(settings)
    app.include_router(router)
    return app
