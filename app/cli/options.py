"""One option of the command line for each fact, made from the model of the facts."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from inspect import Parameter
from typing import Annotated, Any, Literal, get_args, get_origin

import typer
from pydantic import BaseModel, ValidationError, field_validator
from pydantic.fields import FieldInfo

from app import country_names
from app.http.countries import subdivision_only
from app.http.validation import words_for
from app.rules.facts import Facts

_METAVARS = {date: "YYYY-MM-DD", datetime: "TIME", int: "NUMBER"}
_DIGITS = re.compile("-?[0-9]{1,20}")
_PANELS = {
    "said": "What was said",
    "reported": "What is reported of the company",
    "recipient": "The recipient",
    "choice": "The user's own decision",
}


class WrongInput(Exception):
    """What is wrong with an option, as a sentence."""


class TypedFacts(Facts):
    """The facts, held against what only the application knows."""

    _subdivision_exists = field_validator("subdivision", mode="before")(subdivision_only)


@dataclass(frozen=True, slots=True)
class FactOption:
    """An option and the fact that it gives."""

    path: tuple[str, ...]
    field: FieldInfo
    type: Any
    """The annotation of a known value, without None."""

    @property
    def parameter(self) -> str:
        """The name of the command's parameter."""
        return "_".join(self.path)

    @property
    def flag(self) -> str:
        """What is typed."""
        return "--" + self.parameter.replace("_", "-")

    @property
    def words(self) -> tuple[str, ...]:
        """The allowed words, where the fact has a closed set."""
        return tuple(map(str, _words(self.type)))

    def as_parameter(self) -> Parameter:
        """The parameter that Typer makes the option from; Pydantic reads its value later."""
        panel = _PANELS.get(self.path[0])
        text = self.field.description
        if self.words:
            text = f"{text} One of: {', '.join(self.words)}."
        if self.type is bool:
            option = typer.Option(f"{self.flag}/--no-{self.flag[2:]}", help=text, rich_help_panel=panel)
            kind: Any = bool | None
        else:
            metavar = "WORD" if self.words else _METAVARS.get(self.type, "TEXT")
            option = typer.Option(self.flag, help=text, metavar=metavar, rich_help_panel=panel)
            kind = list[str] | None if get_origin(self.type) is list else str | None
        return Parameter(self.parameter, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind, option])

    def typed(self, value: object) -> str:
        """What to type to give a value."""
        if isinstance(value, bool):
            return self.flag if value else f"--no-{self.flag[2:]}"
        return f"{self.flag} {value}"


def _options(model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[FactOption]:
    """The options of a model and of the groups in it."""
    for name, field in model.model_fields.items():
        kind = _known(field.annotation)
        path = (*above, name)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _options(kind, path)
        else:
            yield FactOption(path, field, kind)


def _known(annotation: Any) -> Any:  # noqa: ANN401 - a type
    """The annotation of a value that is there, without what restricts it."""
    if get_origin(annotation) is Annotated:
        return _known(get_args(annotation)[0])
    members = get_args(annotation)
    if type(None) in members:
        return _known(next(member for member in members if member is not type(None)))
    return annotation


def _words(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a type
    """The words of a literal, or of a list of them."""
    if get_origin(kind) is list:
        return _words(_known(get_args(kind)[0]))
    return get_args(kind) if get_origin(kind) is Literal else ()


OPTIONS: Mapping[tuple[str, ...], FactOption] = {option.path: option for option in _options(Facts)}


def facts_from(given: Mapping[str, object]) -> Facts:
    """The facts that the options give, by the names of their parameters; None and empty lists are left out.

    Raises `WrongInput` with a sentence for each option that is wrong.
    """
    content: dict[str, Any] = {}
    for path, option in OPTIONS.items():
        value: Any = given[option.parameter]
        if value is None or value == []:
            continue
        group = content
        for name in path[:-1]:
            group = group.setdefault(name, {})
        group[path[-1]] = int(value) if option.type is int and _DIGITS.fullmatch(str(value)) else value
    try:
        return TypedFacts.model_validate(content)
    except ValidationError as error:
        raise WrongInput(" ".join(_sentence(dict(one)) for one in error.errors(include_url=False))) from None


def unknown_country(given: str) -> str:
    """The sentence about a country that is none, with what was probably meant."""
    problem = f"--country: {given!r} is no ISO 3166-1 alpha-2 code of a country"
    code = country_names.code_for(given)
    if code:
        return f"{problem}; write {code}."
    near = country_names.suggestions(given)
    return f"{problem}; did you mean {' or '.join(near)}?" if near else f"{problem}, such as JP."


_PLAIN: Mapping[str, Callable[[FactOption, Any], str]] = {
    "missing": lambda option, _: f"{option.flag} is needed.",
    "literal_error": lambda option, given: f"{option.flag}: {given!r} is not known; write one of {_listed(option)}.",
    "date": lambda option, given: f"{option.flag}: {given!r} is no day; write it as in 2026-11-23.",
    "datetime": lambda option, given: f"{option.flag}: {given!r} is no time; write it as in 2026-11-23T15:00+09:00.",
    "int": lambda option, given: f"{option.flag}: {given!r} is no whole number.",
}


def _sentence(error: Mapping[str, Any]) -> str:
    """What Pydantic found wrong, for somebody who typed options."""
    option = OPTIONS.get(tuple(part for part in error["loc"] if isinstance(part, str)))
    if option is None:
        message = _with_flags(error["msg"]) + "."
        about = OPTIONS.get((error.get("ctx", {}).get("field"),))
        return message if about is None or about.flag in message else f"{about.flag}: {message}"
    if option.path == ("country",) and error["type"] != "missing":
        return unknown_country(error["input"])
    plain = _PLAIN.get(error["type"]) or _PLAIN.get(error["type"].partition("_")[0])
    if plain:
        return plain(option, error["input"])
    detail, hint = words_for(error)
    return " ".join(filter(None, [f"{option.flag}: {error['input']!r}: {detail}", hint]))


def _listed(option: FactOption) -> str:
    return ", ".join(option.words)


def _with_flags(message: str) -> str:
    """A message that names facts, with the options instead."""
    for option in OPTIONS.values():
        if "_" in option.parameter:
            message = re.sub(rf"\b{option.parameter}\b", option.flag, message)
    return message
