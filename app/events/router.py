"""/v1/events: what has happened, in order."""

from typing import Annotated, get_args

from fastapi import APIRouter, Query, Request, Response, Security

from app.events import queries, schemas
from app.events.errors import EventsExpired
from app.events.vocabulary import EventType
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, Wanted
from app.http.problems import responses
from app.http.resources import listed
from app.http.routes import JsonRoute
from app.http.words import SeveralOf, named

router = APIRouter(prefix="/v1/events", tags=["events"], route_class=JsonRoute)

_LAST = 2**63 - 1


@router.get(
    "",
    summary="List events",
    response_description="A page of events.",
    response_model=Page[schemas.Event],
    responses=responses(*OWN_PROBLEMS, EventsExpired),
)
def list_events(
    request: Request,
    caller: Annotated[Caller, Security(BEARER, scopes=["events:read"])],
    database: Stored,
    after: Annotated[
        int | None, Query(ge=0, le=_LAST, description="Only those after the one with this `number`; 0 means all.")
    ] = None,
    type: Annotated[  # noqa: A002 - the name of the parameter
        Annotated[str, SeveralOf(get_args(EventType))] | None,
        Query(description="Only those of one of these types, with commas between them."),
    ] = None,
    sort: Annotated[
        queries.EventSort, Query(description="The order in which they happened; with `-` the newest first.")
    ] = "number",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Every change of meaning, written in the same transaction as the change, kept for 30 days.

    To follow what happens, remember the `number` of the last event that you have handled and ask for those `after` it:
    numbers have no gaps, and none appears later below one that you have seen. What is deleted takes with it what
    belongs to it: of that there are no events of its own. What comes of time passing alone, such as
    `task.due`, stands here within a minute or so.
    """
    with database.reading(caller) as reading:
        page = queries.events(reading, Wanted(sort, limit, cursor), after=after, types=named(type))
        return listed(request, page)
