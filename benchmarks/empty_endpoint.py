"""The measure of the HTTP figures: a bare FastAPI application that does nothing but take facts and give a body.

It is served exactly as Afterword is, has no middleware and writes no log. The body has as many bytes as a decision, in
objects of about the size of a decision's reasons and sources.
"""

import sys
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, create_model

from app.http import server
from app.rules.facts import Facts
from app.settings import Settings

_FIELDS: dict[str, Any] = {name: (field.annotation, field) for name, field in Facts.model_fields.items()}
PlainFacts: type[BaseModel] = create_model("PlainFacts", **_FIELDS)
"""The facts without the checks that look at several of them."""


class Item(BaseModel):
    """One object of the body."""

    field: str
    value: str
    scope: str
    confidence: str
    sources: list[str]
    notes: list[str]


class Body(BaseModel):
    """The body."""

    id: str
    items: list[Item]


_TEXT = "As many words as the reason for a field has on average, and an address of the source that says it. " * 2


def body_of(size: int) -> Body:
    """A body of exactly `size` bytes of JSON, if it is at least that of one item."""
    body = Body(id="", items=[])
    while len(body.model_dump_json()) + 400 < size:
        body.items.append(_item())
    body.id = "." * (size - len(body.model_dump_json()))
    return body


def _item() -> Item:
    return Item(
        field="thank_you.expectation",
        value="appreciated",
        scope="country:XX",
        confidence="medium",
        sources=["XX:one", "XX:another"],
        notes=[_TEXT],
    )


def create_app(size: int) -> FastAPI:
    """An application with two endpoints: `/built` makes the models for each request, `/ready` has made them once."""
    app = FastAPI(openapi_url=None)
    ready = body_of(size)
    number, filler = len(ready.items), ready.id

    @app.post("/built")
    async def built(facts: PlainFacts) -> Body:  # noqa: ARG001 - taken, not looked at
        return Body(id=filler, items=[_item() for _ in range(number)])

    @app.post("/ready")
    async def made_before(facts: PlainFacts) -> Body:  # noqa: ARG001 - taken, not looked at
        return ready

    return app


if __name__ == "__main__":
    server.serve(create_app(int(sys.argv[1])), Settings(port=0))
