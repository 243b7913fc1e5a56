"""Errors of this feature."""

from collections.abc import Iterable

from app import country_names
from app.errors import AppError, FieldError, ParameterPlace
from app.http.validation import did_you_mean
from app.rules.book import RuleBook


class UnknownRule(
    AppError,
    code="unknown_rule",
    status=404,
    title="The rules have nothing under this name",
    explanation="There is no country, company, sector, format, situation or statute with this code or key.",
    remedy="Look it up in the list above this address, for instance /v1/rules/countries?query=japan. Case matters.",
):
    """A code or key in a path that the book does not have."""


def unknown_key(what: str, key: str, known: Iterable[str], where: str) -> UnknownRule:
    """The error for a key in a path that none of `known` is. `what` is its kind; `where` leads to all of them."""
    hint = did_you_mean(key, known) or f"{where[0].upper()}{where[1:]}."
    wrong = FieldError(detail=f"No {what} has this key.", parameter="key", place="path", hint=hint)
    return UnknownRule(f"No {what} has the key {key!r}; {where}.", errors=(wrong,))


def country_error(
    book: RuleBook,
    code: str,
    *,
    pointer: str | None = None,
    parameter: str | None = None,
    place: ParameterPlace | None = None,
) -> FieldError:
    """What is wrong with a code that is no country's, and what was probably meant."""
    meant = country_names.code_for(code)
    hint = "Write an ISO 3166-1 alpha-2 code; /v1/rules/countries lists them."
    if meant:
        hint = f'Write "{meant}" ({book.data.regions.countries[meant].name}).'
    detail = f"{code!r} is no ISO 3166-1 alpha-2 code of a country."
    return FieldError(detail=detail, pointer=pointer, parameter=parameter, place=place, hint=hint)


class InterviewNotHeld(
    AppError,
    code="interview_not_held",
    status=409,
    title="The interview was not held",
    explanation="An interview that was cancelled, or to which somebody did not come, leaves nobody to thank and no "
    "answer to wait for.",
    remedy="If it was held after all, change its `status` first.",
):
    """A decision was asked for about an interview that was not held."""
