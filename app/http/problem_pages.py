"""The pages that problem types lead to: `/problems` and `/problems/{code}`, for people and for programs."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, Field

from app.errors import NotFound, ProblemKind, problem_kinds
from app.http.etags import PUBLIC_FOR_FIVE_MINUTES
from app.http.examples import ExampleRequest, Examples
from app.http.problems import responses
from app.http.routes import JsonRoute

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Afterword</title>
<link rel="icon" href="{root}/assets/icon.svg">
<link rel="stylesheet" href="{root}/assets/problems.css">
</head>
<body>
<main>
{content}
</main>
</body>
</html>
"""


class ProblemDescription(BaseModel):
    """What a problem code means and what to do about it."""

    type: str = Field(description="The problem's `type`.")
    code: str = Field(description="Stable name of the problem, for programs.")
    status: int = Field(description="The HTTP status that it comes with.")
    title: str = Field(description="The problem in a few words.")
    explanation: str = Field(description="What the problem means.")
    remedy: str = Field(description="What to do about it.")


class ProblemCatalogue(BaseModel):
    """All problems that the API can answer with."""

    items: list[ProblemDescription] = Field(description="Every problem, by status and code.")


_HEADERS = {"Vary": "Accept", "Cache-Control": PUBLIC_FOR_FIVE_MINUTES}

EXAMPLES: Examples = {
    "list_problems": {"all": ExampleRequest("All problems", headers={"accept": "application/json"})},
    "get_problem": {
        "malformed_json": ExampleRequest(
            "A body that is no JSON", path={"code": "malformed_json"}, headers={"accept": "application/json"}
        )
    },
}
REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "get_problem": (ExampleRequest("A code that no problem has", path={"code": "teapot"}),),
}

router = APIRouter(prefix="/problems", tags=["problems"], route_class=JsonRoute)

# OpenAPI reserves the name of this header for the media types of the answer.
Accept = Annotated[str, Header(include_in_schema=False)]
_AS_PAGE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/html": {"schema": {"type": "string"}}}}}


@router.get(
    "",
    summary="List all problems",
    response_description="Every problem, by status and code.",
    response_model=ProblemCatalogue,
    responses={**_AS_PAGE, **responses()},
)
async def list_problems(request: Request, accept: Accept = "*/*") -> Response:
    """Every problem that the API can answer with.

    A page for browsers; JSON where `Accept` names `application/json` and not `text/html`.
    """
    kinds = sorted(problem_kinds().values(), key=lambda kind: (kind.status, kind.code))
    root = request.app.state.settings.public_root
    if _wants_json(accept):
        return _json(ProblemCatalogue(items=[_description(kind, root) for kind in kinds]))
    rows = "\n".join(
        f'<li><a href="{escape(root)}/problems/{kind.code}"><code>{kind.code}</code></a> '
        f"<span>{kind.status}</span> {escape(kind.title)}</li>"
        for kind in kinds
    )
    return _page(
        "Problems",
        f"<h1>Problems</h1>\n<p>What this API answers when something is wrong.</p>\n<ul>\n{rows}\n</ul>",
        root,
    )


@router.get(
    "/{code}",
    summary="Explain a problem",
    response_description="What the problem means.",
    response_model=ProblemDescription,
    responses={**_AS_PAGE, **responses(NotFound)},
)
async def get_problem(
    request: Request,
    code: Annotated[str, Path(description="The problem's `code`.", examples=["malformed_json"])],
    accept: Accept = "*/*",
) -> Response:
    """What a problem means and what to do about it: where the `type` of every problem leads.

    A page for browsers; JSON where `Accept` names `application/json` and not `text/html`.
    """
    kind = problem_kinds().get(code)
    if kind is None:
        raise NotFound("No problem has this code.")
    root = request.app.state.settings.public_root
    if _wants_json(accept):
        return _json(_description(kind, root))
    content = (
        f'<p><a href="{escape(root)}/problems">All problems</a></p>\n<h1>{escape(kind.title)}</h1>\n'
        f"<p><code>{kind.code}</code>, with HTTP status {kind.status}</p>\n"
        f"<h2>What it means</h2>\n<p>{_prose(kind.explanation)}</p>\n"
        f"<h2>What to do</h2>\n<p>{_prose(kind.remedy)}</p>"
    )
    return _page(kind.title, content, root)


def _description(kind: ProblemKind, root: str) -> ProblemDescription:
    return ProblemDescription(
        type=f"{root}/problems/{kind.code}",
        code=kind.code,
        status=kind.status,
        title=kind.title,
        explanation=kind.explanation,
        remedy=kind.remedy,
    )


def _prose(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def _wants_json(accept: str) -> bool:
    return "application/json" in accept and "text/html" not in accept


def _json(content: BaseModel) -> Response:
    return JSONResponse(content.model_dump(mode="json"), headers=_HEADERS)


def _page(title: str, content: str, root: str) -> Response:
    return HTMLResponse(_PAGE.format(title=escape(title), content=content, root=escape(root)), headers=_HEADERS)
