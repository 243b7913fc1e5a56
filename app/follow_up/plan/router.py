"""/v1/interviews/{interview_id}/plan: the five things to do after an interview."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response, Security

from app.follow_up.plan import schemas
from app.follow_up.plan.upkeep import Planner
from app.follow_up.plan.view import plan_of
from app.http.answers import JSON
from app.http.caller import BEARER, OWN_PROBLEMS, Caller, Stored
from app.http.problems import responses
from app.http.resources import OWN_AND_FRESH, NoSuchResource
from app.http.routes import JsonRoute
from app.interviews.router import InterviewId

router = APIRouter(tags=["tasks"], route_class=JsonRoute)


def planner_of(request: Request) -> Planner:
    """What keeps the plans of this server."""
    state = request.app.state
    return Planner(state.rule_book, timedelta(days=state.settings.consent_days))


@router.get(
    "/v1/interviews/{interview_id}/plan",
    summary="See the plan after an interview",
    response_description="The plan.",
    response_model=schemas.PlanOfInterview,
    responses=responses(*OWN_PROBLEMS, NoSuchResource),
)
def get_plan(
    request: Request,
    caller: Annotated[Caller, Security(BEARER, scopes=["tasks:read"])],
    database: Stored,
    interview_id: InterviewId,
) -> Response:
    """What to do, why, until when, and what is done already.

    Thank in person; get contact information; reflect; notify references; follow up; keep looking. The tasks follow from
    what is written down and change with it; what you have done or skipped stays so.
    """
    with planner_of(request).planned(database, caller) as planned:
        body = plan_of(planned, interview_id)
        return Response(body, media_type=JSON, headers={"Cache-Control": OWN_AND_FRESH})
