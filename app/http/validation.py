"""Turns what Pydantic found wrong with a request into places, words and hints for the client."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args
from urllib.parse import quote

from pydantic import BaseModel

from app.errors import FieldError, ParameterPlace

MOST_ERRORS = 100
"""Errors listed in one problem; a batch of bad items would otherwise answer with more bytes than it sent."""

_PLACES: Mapping[str, ParameterPlace] = {"query": "query", "path": "path", "header": "header"}
_OUT_OF_FORM = "string_pattern_mismatch"
_QUOTED = re.compile("'([^']*)'")
_LONGEST_NAME = 100
_SHORTEST_PART = 3
_FEW = 3
_PLAIN_WORDS = {
    "missing": "This is required.",
    "extra_forbidden": "This is not known here.",
    "model_attributes_type": "This must be a JSON object.",
    "model_type": "This must be a JSON object.",
    "dict_type": "This must be a JSON object.",
    "list_type": "This must be a JSON array.",
    "string_type": "This must be a string.",
    "string_too_short": "This must have at least {min_length} character(s).",
    "string_too_long": "This must have at most {max_length} characters.",
    "too_short": "This must have at least {min_length} item(s).",
    "too_long": "This must have at most {max_length} items.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "literal_error": "This must be {expected}.",
    "int_type": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "int_parsing_size": "This must be a whole number of fewer digits.",
    "int_from_float": "This must be a whole number.",
    "bool_type": "This must be true or false.",
    "finite_number": "This must be a finite number.",
    "date_type": "This must be a day, such as 2026-11-23.",
    "date_from_datetime_parsing": "This is no day that exists: {error}.",
    "date_parsing": "This is no day that exists: {error}.",
    "datetime_type": "This must be a moment, such as 2026-11-23T15:00:00+09:00.",
    "datetime_from_date_parsing": "This is no moment that exists: {error}.",
    "datetime_parsing": "This is no moment that exists: {error}.",
    "timezone_aware": "This needs an offset from UTC, as in 2026-11-23T15:00:00+09:00.",
    _OUT_OF_FORM: "This is not in the form that is needed here.",
}


def json_pointer(location: Sequence[str | int]) -> str:
    """A JSON Pointer in its URI fragment form (RFC 6901 section 6): `("a/b", 0)` gives `#/a~1b/0`."""
    return "#" + "".join(
        "/" + quote(str(part).replace("~", "~0").replace("/", "~1"), safe="~!$&'()*+,;=:@") for part in location
    )


@dataclass(frozen=True, slots=True)
class Expected:
    """What an operation takes; used for hints only."""

    model: object = None
    """The annotation that the body was validated against."""
    parameters: Mapping[str, str | None] = field(default_factory=dict)
    """Descriptions of the parameters, by name."""


def field_errors(errors: Sequence[Mapping[str, Any]], body: object, expected: Expected) -> tuple[FieldError, ...]:
    """The first `MOST_ERRORS` of `errors`, as places with words and hints.

    `errors` is what `RequestValidationError.errors()` or `pydantic.ValidationError.errors()` gives; for the latter put
    "body" before each location. `body` is the parsed body.
    """
    return tuple(_field_error(error, body, expected) for error in errors[:MOST_ERRORS])


def _field_error(error: Mapping[str, Any], body: object, expected: Expected) -> FieldError:
    where, *location = error["loc"]
    model = expected.model
    detail, hint = _words(error)
    if where in _PLACES:
        name = ".".join(map(str, location))
        if error["type"] == _OUT_OF_FORM:
            hint = expected.parameters.get(name)
        return FieldError(detail=detail, parameter=name, place=_PLACES[where], hint=hint)
    location += _field_named_by(error)
    location = list(_present(location, body, last_is_absent=error["type"] == "missing"))
    if location and error["type"] == "extra_forbidden":
        hint = hint_for_unknown(str(location[-1]), tuple(fields_at(model, location[:-1])))
    if location and error["type"] == _OUT_OF_FORM:
        hint = fields_at(model, location[:-1]).get(str(location[-1]))
    return FieldError(detail=detail, pointer=json_pointer(location), hint=hint)


def _field_named_by(error: Mapping[str, Any]) -> Sequence[str | int]:
    """Which of its fields is to be mended, where a validator of a whole model says so: a name, or several in turn."""
    named = error.get("ctx", {}).get("field", ())
    return (named,) if isinstance(named, str | int) else named


def _words(error: Mapping[str, Any]) -> tuple[str, str | None]:
    """What to say about an error: its detail, and the hint that a validator gave with it."""
    context = error.get("ctx", {})
    raised = context.get("error")
    if isinstance(raised, ValueError):
        return str(raised), getattr(raised, "hint", None)
    words = _PLAIN_WORDS.get(error["type"])
    message = words.format_map(context) if words else str(error["msg"]).removesuffix(".") + "."
    return message, context.get("hint") or _hint_for_word(error)


def _hint_for_word(error: Mapping[str, Any]) -> str | None:
    """The word that was probably meant, where one of a closed list is needed."""
    given = error.get("input")
    if error["type"] != "literal_error" or not isinstance(given, str):
        return None
    return did_you_mean(given, _QUOTED.findall(error["ctx"]["expected"]))


def _present(location: Sequence[str | int], body: object, *, last_is_absent: bool) -> Iterator[str | int]:
    """The parts of a location that exist in the body; Pydantic also names union members, which nobody sent."""
    for part in location[:-1] if last_is_absent else location:
        match body:
            case dict() if part in body:
                body = body[part]
                yield part
            case list() if isinstance(part, int) and part < len(body):
                body = body[part]
                yield part
    if last_is_absent and location:
        yield location[-1]


def fields_at(model: object, location: Sequence[str | int]) -> dict[str, str | None]:
    """The fields that `model` has at a location, with their descriptions; empty where it has no known fields."""
    models = list(_models_in(model))
    for part in location:
        if isinstance(part, str):
            fields = (
                info for member in models for name, info in member.model_fields.items() if _alias(info, name) == part
            )
            models = [inner for info in fields for inner in _models_in(info.annotation)]
    found = ((_alias(info, name), info) for member in models for name, info in member.model_fields.items())
    return {name: info.description for name, info in found}


def _alias(info: Any, name: str) -> str:  # noqa: ANN401 - FieldInfo is generic over nothing we use
    return str(info.alias or name)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def hint_for_unknown(name: str, known: Sequence[str]) -> str | None:
    """What to write instead of an unknown name: the known name nearest to it, or all known names."""
    if not known:
        return None
    return did_you_mean(name, known) or "Known here: " + ", ".join(sorted(known)) + "."


def did_you_mean(given: str, known: Iterable[str]) -> str | None:
    """A question after the few known names of which it is a whole word, or else after the nearest.

    None where nothing is near. Case, and whether words are joined by spaces, hyphens or underscores, do not matter.
    """
    wanted = re.sub(r"[\s-]+", "_", given[:_LONGEST_NAME].strip().casefold())
    names = {name.casefold(): name for name in known}
    near = [wanted] if wanted in names else [name for name in names if f"_{wanted}_" in f"_{name}_"]
    if len(wanted) < _SHORTEST_PART or not 0 < len(near) <= _FEW:
        near = difflib.get_close_matches(wanted, names, n=1)
    return f"Did you mean {' or '.join(repr(names[name]) for name in near)}?" if near else None
