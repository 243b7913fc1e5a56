"""/v1/summary: the search so far."""

from typing import Annotated

from fastapi import APIRouter, Request, Security

from app.follow_up.summary import summary_of
from app.follow_up.summary_schemas import Summary
from app.http import clock
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.problems import responses
from app.http.routes import JsonRoute

router = APIRouter(tags=["tasks"], route_class=JsonRoute)


@router.get(
    "/v1/summary",
    summary="See the search so far",
    response_description="The summary.",
    responses=responses(*OWN_PROBLEMS),
)
def get_summary(
    request: Request, caller: Annotated[Caller, Security(BEARER, scopes=["tasks:read"])], database: Stored
) -> Summary:
    """How far applications have come, and how long answers take: promised, observed, and known to the rules."""
    with database.reading(caller) as reading:
        return summary_of(reading, request.app.state.rule_book, clock.now())
