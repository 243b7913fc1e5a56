"""/v1/api-keys: keys for programs."""

import json
from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response

from app.accounts import queries, schemas, service
from app.accounts.me_router import Reads, Writes
from app.http.answers import JSON
from app.http.caller import OWN_PROBLEMS, Stored
from app.http.etags import NOT_MODIFIED
from app.http.idempotency import ONCE_PROBLEMS, Idempotent
from app.http.pages import DEFAULT_LIMIT, Cursor, Limit, Page, Wanted
from app.http.problems import BODY_PROBLEMS, responses
from app.http.resources import (
    CHANGE_PROBLEMS,
    PATCH_PROBLEMS,
    Id,
    IfMatch,
    NoSuchResource,
    changed,
    created,
    deleted,
    found,
    listed,
)
from app.http.routes import JsonRoute

router = APIRouter(prefix="/v1/api-keys", tags=["accounts"], route_class=JsonRoute)


@router.post(
    "",
    status_code=201,
    summary="Make an API key",
    response_description="The key with its secret, which is shown this once.",
    response_model=schemas.NewApiKey,
    responses=responses(*OWN_PROBLEMS, *BODY_PROBLEMS, *ONCE_PROBLEMS),
)
def create_api_key(
    request: Request, caller: Writes, database: Stored, once: Idempotent, body: Annotated[schemas.ApiKeyWrite, Body()]
) -> Response:
    """Make a key for a program, with no more scopes than the token that it is made with, and none of the account's.

    The secret is kept as a hash only. A repeated answer to the same `Idempotency-Key` has the key without it.
    """
    with database.writing(caller) as session:
        answer = once(
            session, lambda: created(request, service.create_key(session, caller, body)), keep=_without_secret
        )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _without_secret(answer: Response) -> Response:
    content = json.loads(bytes(answer.body)) | {"secret": None}
    headers = {name: answer.headers[name] for name in ("etag", "location")}
    return Response(json.dumps(content), answer.status_code, headers, JSON)


@router.get(
    "",
    summary="List API keys",
    response_description="A page of keys, without their secrets.",
    response_model=Page[schemas.ApiKey],
    responses=responses(*OWN_PROBLEMS),
)
def list_api_keys(
    request: Request,
    caller: Reads,
    database: Stored,
    sort: Annotated[queries.KeySort, Query(description="The order; with `-` the other way round.")] = "name",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The keys of the user's programs, and when each was last used."""
    with database.reading(caller) as reading:
        return listed(request, queries.keys(reading, Wanted(sort, limit, cursor)))


@router.get(
    "/{key_id}",
    summary="Look up an API key",
    response_description="The key, without its secret.",
    response_model=schemas.ApiKey,
    responses={**NOT_MODIFIED, **responses(*OWN_PROBLEMS, NoSuchResource)},
)
def get_api_key(request: Request, caller: Reads, database: Stored, key_id: Id) -> Response:
    """A key of the user's."""
    with database.reading(caller) as reading:
        return found(request, queries.key(reading, key_id))


@router.patch(
    "/{key_id}",
    summary="Rename an API key",
    response_description="The key as it is now.",
    response_model=schemas.ApiKey,
    responses=responses(*OWN_PROBLEMS, *PATCH_PROBLEMS),
)
def change_api_key(
    caller: Writes, database: Stored, key_id: Id, match: IfMatch, body: Annotated[schemas.ApiKeyPatch, Body()]
) -> Response:
    """JSON Merge Patch. Only the name can be changed: whoever relies on a key relies on what it allows."""
    with database.writing(caller) as session:
        return changed(service.rename_key(session, key_id, match, body))


@router.delete(
    "/{key_id}",
    status_code=204,
    summary="Revoke an API key",
    response_description="It is gone.",
    responses=responses(*OWN_PROBLEMS, *CHANGE_PROBLEMS),
)
def delete_api_key(caller: Writes, database: Stored, key_id: Id, match: IfMatch) -> Response:
    """Delete a key. From then on it is not good any more."""
    with database.writing(caller) as session:
        service.delete_key(session, key_id, match)
        return deleted()
