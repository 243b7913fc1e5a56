"""The route class of the operations that OAuth 2 defines: they read forms as OAuth has it, and name errors so, too."""

from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import FormData

from app.accounts.errors import OAUTH_ERRORS, InvalidForm, MalformedForm, UnsupportedGrantType
from app.errors import AppError, ContentTooLarge, FieldError, Invalid, UnsupportedMediaType
from app.http.examples import FORM
from app.http.problems import content_too_large, invalid_request, not_valid
from app.http.routes import JsonRoute, ReadRequest

FORM_PROBLEMS = (MalformedForm, ContentTooLarge, UnsupportedMediaType)
"""What every operation with a form can answer."""

_MOST_BYTES = 16 * 1024
_MOST_FIELDS = 20
_INTERNAL_ERROR = 500


class FormRequest(ReadRequest):
    """A request with a form in its body."""

    async def parse(self) -> None:
        """Read and parse the form. A field without a value is as if it were not there (RFC 6749 section 3.2).

        Raises `UnsupportedMediaType`, `ContentTooLarge`, `MalformedForm`, and `Invalid` for a field that comes twice.
        """
        body = await self.body()
        media_type = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if body and media_type != FORM:
            sent = f"is declared as {media_type[:100]!r}" if media_type else "has no Content-Type"
            raise UnsupportedMediaType(f"The body {sent}; a form is read here.", headers={"Accept": FORM})
        if len(body) > _MOST_BYTES:
            raise content_too_large(_MOST_BYTES)
        fields = _fields(body)
        twice = [name for name, times in Counter(name for name, _ in fields).items() if times > 1]
        if twice:
            errors = tuple(FieldError("This is given more than once.", f"#/{name[:100]}") for name in twice)
            raise invalid_request(errors, len(errors))
        self._form = FormData(dict(fields))


def _fields(body: bytes) -> list[tuple[str, str]]:
    try:
        fields = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
            strict_parsing=bool(body),
        )
    except ValueError as error:
        raise MalformedForm(
            f"The form has something that is no field in UTF-8, or more than {_MOST_FIELDS} fields."
        ) from error
    if any("\0" in text for field in fields for text in field):
        raise MalformedForm("A field has the character U+0000, which is not accepted.")
    return [(name, value) for name, value in fields if value]


class OAuthRoute(JsonRoute):
    """A strict route that reads a form; its problems have `error` and `error_description` of RFC 6749 section 5.2."""

    request_class: ClassVar[type[ReadRequest]] = FormRequest

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the names of OAuth in its errors."""
        handle = super().get_route_handler()

        async def named(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                raise _named(_refusal(error, self)) from error
            except AppError as error:
                raise _named(_as_form(error)) from error

        return named


def _refusal(error: RequestValidationError, route: OAuthRoute) -> AppError:
    if any(one["loc"][1:] == ("grant_type",) and one["type"] == "literal_error" for one in error.errors()):
        return UnsupportedGrantType("Neither `password` nor `refresh_token` is the `grant_type`.")
    error.body = dict(error.body or {})
    return _as_form(not_valid(error, route))


def _as_form(error: AppError) -> AppError:
    return InvalidForm(error.detail, errors=error.errors) if isinstance(error, Invalid) else error


def _named(error: AppError) -> AppError:
    if error.kind.status < _INTERNAL_ERROR:
        name = OAUTH_ERRORS.get(error.kind.code, "invalid_request")
        error.members = {"error": name, "error_description": error.detail}
    return error
