"""/v1/decisions: facts in, decision out, nothing stored."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import TypeAdapter, ValidationError

from app.errors import AppError, Invalid
from app.follow_up.errors import country_error
from app.follow_up.schemas import PreviewBatch, PreviewBatchResults, PreviewFacts, PreviewResult
from app.http import clock
from app.http.answers import answer
from app.http.problems import BODY_PROBLEMS, invalid_request, problem_of, responses
from app.http.routes import JsonRoute
from app.http.validation import field_errors
from app.rules.book import RuleBook, UnknownCountry
from app.rules.decide import decide, local_day
from app.rules.decision import Decision
from app.rules.facts import Facts

router = APIRouter(prefix="/v1/decisions", tags=["decisions"], route_class=JsonRoute)

_DECISION = TypeAdapter(Decision)
_BATCH = TypeAdapter(PreviewBatchResults)


@router.post(
    "/preview",
    summary="Decide whether and how to follow up",
    response_description="The decision.",
    response_model=Decision,
    responses=responses(*BODY_PROBLEMS),
)
async def preview_decision(request: Request, facts: Annotated[PreviewFacts, Body()]) -> Response:
    """Facts in, decision out: whether to send a thank-you note, to whom, how and when; whose turn it is and until when.

    Every value names the layer it comes from, its evidence and how sure it is; `would_change_if` says which single
    further fact would change the answer. Nothing is stored, and no account is needed. The same facts, day and
    `rules_version` give the same answer for ever.
    """
    return answer(_DECISION, _decided(request.app.state.rule_book, facts, "#"))


@router.post(
    "/preview/batch",
    summary="Decide for up to 1,000 interviews at once",
    response_description="One result for each item, in order.",
    response_model=PreviewBatchResults,
    responses=responses(*BODY_PROBLEMS),
)
def preview_decision_batch(request: Request, body: Annotated[PreviewBatch, Body()]) -> Response:
    """Each item is decided by itself, in order: it has its decision, or the problem that `preview` would have given.

    The answer is 200 even where items have problems; look at each. A body that is no list of 1 to 1,000 items is
    refused as a whole.
    """
    book: RuleBook = request.app.state.rule_book
    results = []
    for number, item in enumerate(body.items):
        try:
            results.append(PreviewResult(_of_item(book, item, number, body), None))
        except AppError as error:
            results.append(PreviewResult(None, problem_of(request, error)))
    return answer(_BATCH, PreviewBatchResults(results))


def _of_item(book: RuleBook, item: object, number: int, body: PreviewBatch) -> Decision:
    """The decision for one item. Raises `Invalid` with pointers into the whole body."""
    try:
        facts = PreviewFacts.model_validate(item)
    except ValidationError as error:
        found = error.errors(include_url=False)
        placed = [{**one, "loc": ("body", "items", number, *one["loc"])} for one in found]
        raise invalid_request(field_errors(placed, {"items": body.items}, PreviewBatch), len(found)) from error
    return _decided(book, facts, f"#/items/{number}")


def _decided(book: RuleBook, facts: Facts, pointer: str) -> Decision:
    """The decision for today, where the facts name no day. Raises `Invalid`."""
    try:
        return decide(book, facts, None if facts.as_of else local_day(book, facts, clock.now()))
    except UnknownCountry as error:
        wrong = country_error(book, error.code, pointer=f"{pointer}/country")
        raise Invalid("The country is not known.", errors=(wrong,)) from error
