"""For the machines that run the server: is it alive, is it ready, what does it count."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from fastapi import APIRouter, FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_PLAIN_1_0_0, generate_latest
from pydantic import BaseModel, Field

from app.db.errors import SECONDS_TO_RETRY, Busy, DatabaseUnavailable
from app.errors import NotReady
from app.http.caller import Stored
from app.http.examples import ExampleRequest, Examples
from app.http.problems import responses
from app.http.routes import JsonRoute


class VersionedRules(Protocol):
    """What readiness needs to know of the rule book in `app.state.rule_book`."""

    @property
    def version(self) -> str:
        """The version of the rules."""
        ...


class Health(BaseModel):
    """The process runs and answers."""

    status: Literal["alive"] = Field(description="Always `alive`; a dead process does not answer.")


class Readiness(BaseModel):
    """The server can answer every request."""

    status: Literal["ready"] = Field(description="Always `ready`; otherwise the answer is a problem.")
    rules_version: str = Field(description="The version of the rules that decisions are made with.")


EXAMPLES: Examples = {
    "get_health": {"alive": ExampleRequest("A process that runs")},
    "get_metrics": {"all": ExampleRequest("All figures", answer_shown=False)},
    "get_readiness": {"ready": ExampleRequest("A server with its rules")},
}
REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {}
# Not asked for like other examples: the figures of a process would differ each time.
_METRICS = """\
# HELP afterword_http_requests_total Requests answered.
# TYPE afterword_http_requests_total counter
afterword_http_requests_total{method="GET",route="/readyz",status="200"} 12.0
"""


_SOON = {"Retry-After": SECONDS_TO_RETRY}


def is_ready(app: FastAPI) -> bool:
    """Whether the rules are loaded."""
    return getattr(app.state, "rule_book", None) is not None


router = APIRouter(tags=["health"], route_class=JsonRoute)


@router.get(
    "/healthz", summary="Is the process alive?", response_description="The process is alive.", responses=responses()
)
async def get_health() -> Health:
    """Answers as long as the process runs, whatever else is wrong. Restart it when this fails."""
    return Health(status="alive")


@router.get(
    "/readyz",
    summary="Can the server answer?",
    response_description="The server is ready.",
    responses=responses(NotReady, Busy, DatabaseUnavailable),
)
def get_readiness(request: Request, database: Stored) -> Readiness:
    """Answers 200 once the rules are loaded and the database answers and is migrated. Send no traffic before."""
    if not is_ready(request.app):
        raise NotReady("The rules are not loaded.", headers=_SOON)
    if not database.is_migrated():
        raise NotReady("The database is not migrated; run `afterword migrate`.", headers=_SOON)
    rules: VersionedRules = request.app.state.rule_book
    return Readiness(status="ready", rules_version=rules.version)


@router.get(
    "/metrics",
    summary="Counters for Prometheus",
    response_class=Response,
    response_description="Prometheus text, version 1.0.0.",
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": _METRICS}}}, **responses()},
)
async def get_metrics(request: Request) -> Response:
    """Requests by method, route and status, their durations, and the process's own figures, as Prometheus text."""
    return Response(
        generate_latest(request.app.state.metrics.registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_1_0_0}
    )
