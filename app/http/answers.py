"""How answers are written: by Pydantic in one step, without the framework's second pass over what is typed already."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response
from pydantic import TypeAdapter

JSON = "application/json"


def answer(adapter: TypeAdapter[Any], value: object, headers: Mapping[str, str] | None = None) -> Response:
    """`value` as the JSON body of a 200. `adapter` is that of the documented response model."""
    return Response(adapter.dump_json(value), media_type=JSON, headers=headers)


def is_missing(value: object) -> bool:
    """For `exclude_if`: a member that there is nothing to say of is left out, rather than null."""
    return value is None
