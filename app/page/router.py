"""`/` and the files that its page loads: HTML, CSS and ES modules, served as they are written."""

from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.staticfiles import StaticFiles

from app.http import policies

_HERE = Path(__file__).parent
_page = StaticFiles(directory=_HERE)
_assets = StaticFiles(directory=_HERE / "assets")

# The modules belong together, so browsers ask each time whether they changed, and mostly get a 304. Its headers take
# the place of those that the browser has kept, so it needs the page's policy as much as a 200 does.
_ASK_AGAIN = {"Cache-Control": "no-cache"}

router = APIRouter(include_in_schema=False)


@router.get("/")
async def get_page(request: Request) -> Response:
    """The page: facts in, the decision with its reasons and sources out."""
    response = await _page.get_response("index.html", request.scope)
    response.headers.update(_ASK_AGAIN | {policies.HEADER: policies.PAGE})
    return response


@router.get("/assets/page/{path:path}")
async def get_page_asset(path: str, request: Request) -> Response:
    """A script or style of the page."""
    response = await _assets.get_response(path, request.scope)
    response.headers.update(_ASK_AGAIN)
    return response
