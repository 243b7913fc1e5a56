"""Turns what Pydantic found wrong with a request into places, words and hints for the client."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args
from urllib.parse import quote

from pydantic import BaseModel
from pydantic_core.core_schema import ErrorType

from app.errors import FieldError, ParameterPlace
from app.http.wording import ANY_OTHER, WORDS

MOST_ERRORS = 100
"""Errors listed in one problem; a batch of bad items would otherwise answer with more bytes than it sent."""

_PLACES: Mapping[str, ParameterPlace] = {"query": "query", "path": "path", "header": "header"}
_PYDANTICS_OWN = frozenset(get_args(ErrorType))
_QUOTED = re.compile("'([^']*)'")
_LONGEST_NAME = 100
_SHORTEST_PART = 3
_FEW = 3


def json_pointer(location: Sequence[str | int]) -> str:
    """A JSON Pointer in its URI fragment form (RFC 6901 section 6): `("a/b", 0)` gives `#/a~1b/0`."""
    return "#" + "".join(
        "/" + quote(str(part).replace("~", "~0").replace("/", "~1"), safe="~!$&'()*+,;=:@") for part in location
    )


def field_errors(errors: Sequence[Mapping[str, Any]], body: object, model: object) -> tuple[FieldError, ...]:
    """The first `MOST_ERRORS` of `errors`, as places with words and hints.

    `errors` is what `RequestValidationError.errors()` or `pydantic.ValidationError.errors()` gives; for the latter put
    "body" before each location. `body` is the parsed body, `model` the annotation that it was validated against.
    """
    return tuple(_field_error(error, body, model) for error in errors[:MOST_ERRORS])


def _field_error(error: Mapping[str, Any], body: object, model: object) -> FieldError:
    where, *location = error["loc"]
    detail, hint = words_for(error)
    if where in _PLACES:
        name = ".".join(map(str, location))
        return FieldError(detail=detail, parameter=name, place=_PLACES[where], hint=hint)
    location += _field_named_by(error)
    location = list(_present(location, body, last_is_absent=error["type"] == "missing"))
    if location and error["type"] == "extra_forbidden":
        hint = _hint_where_else(model, location) or hint_for_unknown(str(location[-1]), fields_at(model, location[:-1]))
    return FieldError(detail=detail, pointer=json_pointer(location), hint=hint)


def _field_named_by(error: Mapping[str, Any]) -> Sequence[str | int]:
    """Which of its fields is to be mended, where a validator of a whole model says so: a name, or several in turn."""
    named = error.get("ctx", {}).get("field", ())
    return (named,) if isinstance(named, str | int) else named


def words_for(error: Mapping[str, Any]) -> tuple[str, str | None]:
    """What to say about an error: its detail, and the hint that a validator gave with it."""
    context = error.get("ctx", {})
    raised = context.get("error")
    if isinstance(raised, ValueError):
        return str(raised), getattr(raised, "hint", None)
    if error["type"] not in _PYDANTICS_OWN:
        return str(error["msg"]).removesuffix(".") + ".", context.get("hint")
    words = WORDS.get(error["type"], ANY_OTHER)
    hint = context.get("hint") or words.hint or _hint_for_word(error)
    return words.detail.format_map(context), hint


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


def fields_at(model: object, location: Sequence[str | int]) -> list[str]:
    """The fields that `model` has at a location; none where it has no known fields."""
    models = list(_models_in(model))
    for part in location:
        if isinstance(part, str):
            fields = (
                info for member in models for name, info in member.model_fields.items() if _alias(info, name) == part
            )
            models = [inner for info in fields for inner in _models_in(info.annotation)]
    found = (_alias(info, name) for member in models for name, info in member.model_fields.items())
    return list(dict.fromkeys(found))


def _hint_where_else(model: object, location: Sequence[str | int]) -> str | None:
    """Where a member of the body is changed that is none of `model`'s; None where nobody has said so."""
    elsewhere = (getattr(one, "elsewhere", {}) for one in _models_in(model))
    name = ".".join(map(str, location))
    return next((places[name] for places in elsewhere if name in places), None)


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
