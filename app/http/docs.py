"""The description of the API for programs (`/openapi.json`) and for people (`/docs`), all served from here."""

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from starlette.staticfiles import StaticFiles

from app.errors import Invalid
from app.http.etags import Revalidate
from app.http.problems import problem_schemas, responses

# Swagger UI draws with style attributes and with images in data: addresses; scripts come from here only.
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
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


class DescribedAPI(FastAPI):
    """An application whose OpenAPI document describes errors as they are: one `Problem`, in its own media type."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document. Built once, and again when routes were added."""
        document = super().openapi()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        if "Problem" not in schemas:
            schemas.pop("HTTPValidationError", None)
            schemas.pop("ValidationError", None)
            schemas.update(problem_schemas())
            _replace_default_validation_error(document)
            document["components"]["schemas"] = dict(sorted(schemas.items()))
        return document


def _replace_default_validation_error(document: dict[str, Any]) -> None:
    """Put the `Problem` where the framework documents its own error shape by default."""
    for operations in document["paths"].values():
        for operation in operations.values():
            if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                operation["responses"]["422"] = responses(Invalid)[422]


def operation_id(route: APIRoute) -> str:
    """The operationId of a route: the name of its function, which generated clients take for their methods."""
    return route.name


@router.get("/openapi.json")
async def get_openapi(request: Request, revalidate: Revalidate) -> Response:
    """The OpenAPI document, as JSON."""
    state = request.app.state
    if not hasattr(state, "openapi_json"):
        state.openapi_json = json.dumps(request.app.openapi(), ensure_ascii=False, separators=(",", ":")).encode()
        state.openapi_version = blake2b(state.openapi_json, digest_size=16).hexdigest()
    headers = revalidate.by_version(state.openapi_version, cache_control="no-cache")
    return Response(state.openapi_json, media_type="application/json", headers=headers)


@router.get("/docs")
async def get_docs() -> HTMLResponse:
    """The description as a page to read and to try."""
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})


@router.get("/assets/swagger-ui/{path:path}")
async def get_swagger_ui(path: str, request: Request) -> Response:
    """A script or style of Swagger UI, from its package."""
    return await _swagger_ui.get_response(path, request.scope)


@router.get("/assets/{path:path}")
async def get_asset(path: str, request: Request) -> Response:
    """A script or style of our own pages."""
    return await _assets.get_response(path, request.scope)
