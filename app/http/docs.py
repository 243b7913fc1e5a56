"""The description of the API for programs (`/openapi.json`) and for people (`/docs`), all served from here."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import copy, deepcopy
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from app.db.types import counted_ids
from app.http import clock, policies
from app.http.caller import describe_callers
from app.http.etags import Revalidate, describe_revalidation, describe_versions
from app.http.examples import (
    SOME_ID,
    ExampleAnswer,
    ExampleRequest,
    Examples,
    Made,
    asking,
    operations,
    refused,
    show_answer,
    show_requests,
)
from app.http.health import is_ready
from app.http.openapi import NamedSchema, share_responses, tidy
from app.http.pages import describe_pages
from app.http.problems import problem_schemas, responses

# Addresses are relative so that the page also works behind a proxy with a path prefix.
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Afterword: the API</title>
<link rel="icon" href="assets/icon.svg">
<link rel="stylesheet" href="assets/swagger-ui/swagger-ui.css">
<script src="assets/swagger-ui/swagger-ui-bundle.js" defer></script>
<script src="assets/docs.js" defer></script>
</head>
<body>
<main id="swagger-ui"></main>
<noscript>
This page needs JavaScript. The same description for programs is at <a href="openapi.json">openapi.json</a>.
</noscript>
</body>
</html>
"""

# Files are handed out by routes: a mount would hide its template from the metrics and its methods from `Allow`.
_swagger_ui = StaticFiles(packages=[("fastapi_swagger", "resources")])
_assets = StaticFiles(directory=Path(__file__).parent / "assets")

router = APIRouter(include_in_schema=False)


EXAMPLE_DAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""When all examples happen."""


class ExampleWorld(NamedTuple):
    """Where examples are run."""

    state: Mapping[str, object]
    """Members of the application's state that take the place of its own."""
    headers: Mapping[str, str]
    """What every request is sent with."""


class AnsweredExample(NamedTuple):
    """An example that was run."""

    operation: str
    """Its operationId."""
    title: str
    """Its name; empty for a request that is to be refused."""
    sent: ExampleRequest
    answer: ExampleAnswer


class DescribedAPI(FastAPI):
    """An application whose OpenAPI document describes it as it is.

    Errors are the one `Problem` in its own media type; examples are sent to the application itself.
    """

    examples: Examples = MappingProxyType({})
    """Requests that the document shows, with the answers to them."""
    refusals: Mapping[str, Sequence[ExampleRequest]] = MappingProxyType({})
    """By operationId, requests whose refusals the document shows."""
    named_schemas: Sequence[NamedSchema] = ()
    """Schemas that the document names."""
    example_world: Callable[[], AbstractContextManager[ExampleWorld]] | None = None
    """Where examples are run, so that they change nothing here; None runs no example that needs an account."""
    _described: dict[str, Any] | None = None

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document without answers. Built once, and again when routes were added."""
        document = super().openapi()
        if document is not self._described:
            self._described = document
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            schemas.pop("HTTPValidationError", None)
            schemas.pop("ValidationError", None)
            schemas.update(problem_schemas())
            for _, _, operation in operations(document):
                _replace_default_validation_error(operation)
                examples = self.examples.get(operation["operationId"], {})
                show_requests(operation, {name: one.told(lambda _: SOME_ID) for name, one in examples.items()})
                describe_pages(operation)
                describe_revalidation(operation)
                describe_versions(operation)
            describe_callers(document)
            tidy(document, self.named_schemas)
        return document

    async def openapi_with_answers(self) -> dict[str, Any]:
        """The OpenAPI document with what the application answers to the examples in it."""
        document = deepcopy(self.openapi())
        by_name = {operation["operationId"]: operation for _, _, operation in operations(document)}
        shown: dict[str, dict[str, ExampleRequest]] = {}
        for one in await self.answers():
            operation = by_name[one.operation]
            if one.title:
                shown.setdefault(one.operation, {})[one.title] = one.sent
            if one.sent.answer_shown or not one.title:
                show_answer(operation, one.title, one.sent, one.answer)
        for name, examples in shown.items():
            show_requests(by_name[name], examples)
        share_responses(document)
        return document

    async def answers(self) -> list[AnsweredExample]:
        """Every example with its answer.

        Requests that are to be refused come after the others, and before those that delete, which come in the opposite
        order: what others need is deleted last.
        """
        document = self.openapi()
        places = {operation["operationId"]: (method, path) for path, method, operation in operations(document)}
        told = [(name, title, one) for name, examples in self.examples.items() for title, one in examples.items()]
        deletions = [one for one in told if places[one[0]][0] == "delete"]
        others = [one for one in told if places[one[0]][0] != "delete"]
        refusals = list(self._refusals(document))
        made: dict[Made, Any] = {}
        answered = []
        world = self.example_world() if self.example_world else nullcontext(ExampleWorld({}, {}))
        with world as (state, headers), clock.stopped_at(EXAMPLE_DAY), counted_ids(EXAMPLE_DAY):
            ask = asking(*self._bare(state), headers)
            for name, title, example in (*others, *refusals, *reversed(deletions)):
                sent = example.told(made.__getitem__)
                answer = await ask(*places[name], sent)
                answered.append(AnsweredExample(name, title, sent, answer))
                if title and answer.media_type == "application/json" and isinstance(value := answer.value(), dict):
                    made.update({Made(name, title, member): inner for member, inner in _members(value)})
        return answered

    def _refusals(self, document: Mapping[str, Any]) -> Iterator[tuple[str, str, ExampleRequest]]:
        """Requests that are refused; they have no name."""
        for _, _, operation in operations(document):
            name = operation["operationId"]
            for model in [*self.examples.get(name, {}).values()][:1]:
                for example in (*refused(operation, model), *self.refusals.get(name, ())):
                    yield name, "", example

    def _bare(self, state: Mapping[str, object]) -> tuple[ASGIApp, dict[str, object]]:
        """The application without its middleware, so that examples are neither logged nor counted, and its scope."""
        bare = copy(self)
        bare.user_middleware = []
        bare.state = State({**self.state._state, **state})  # noqa: SLF001 - a copy is not offered
        return bare.build_middleware_stack(), {"app": bare}


def _members(answer: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What later examples may refer to: the members of an answer, and as `items/0/id` those of a list's first item."""
    yield from answer.items()
    items = answer.get("items")
    if isinstance(items, list) and items and isinstance(items[0], dict):
        yield from ((f"items/0/{name}", value) for name, value in items[0].items())


def _replace_default_validation_error(operation: dict[str, Any]) -> None:
    """Put the `Problem` where the framework documents its own error shape by default.

    Whoever has said with `responses` what happens, and not named it there, answers otherwise.
    """
    documented = operation["responses"]
    if "application/json" in documented.get("422", {}).get("content", {}):
        del documented["422"]
        if "500" not in documented:
            documented |= {"422": responses()[422]}


@router.get("/openapi.json")
async def get_openapi(request: Request, revalidate: Revalidate) -> Response:
    """The OpenAPI document, as JSON."""
    state = request.app.state
    if not hasattr(state, "describing"):
        state.describing = asyncio.Lock()
    # Whoever else asks meanwhile waits here, and not in a thread.
    async with state.describing:
        if not hasattr(state, "openapi_json"):
            # It takes seconds, in which the event loop has others to serve.
            await run_in_threadpool(asyncio.run, _write_down(request.app))
    headers = revalidate.by_version(state.openapi_version, cache_control="no-cache")
    return Response(state.openapi_json, media_type="application/json", headers=headers)


async def _write_down(app: DescribedAPI) -> None:
    """Keep the document of an application, and a name for what it says, in the application's state."""
    document = await app.openapi_with_answers() if is_ready(app) else app.openapi()
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    app.state.openapi_version = blake2b(content, digest_size=16).hexdigest()
    app.state.openapi_json = content


@router.get("/docs")
async def get_docs() -> HTMLResponse:
    """The description as a page to read and to try."""
    return HTMLResponse(_PAGE, headers={policies.HEADER: policies.DOCS})


@router.get("/assets/swagger-ui/{path:path}")
async def get_swagger_ui(path: str, request: Request) -> Response:
    """A script or style of Swagger UI, from its package."""
    return await _swagger_ui.get_response(path, request.scope)


@router.get("/assets/{path:path}")
async def get_asset(path: str, request: Request) -> Response:
    """A script or style of our own pages."""
    return await _assets.get_response(path, request.scope)
