"""What does not fit a model, in words for people who write data files: what is wrong, and how to mend it."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from app.rules import entries

SPELLINGS: Mapping[str, str] = {
    entries.SLUG: "small letters, digits and single hyphens, such as career-office",
    entries.COUNTRY: 'an ISO 3166-1 alpha-2 code in quotes, such as "NO"',
    entries.SUBDIVISION: 'an ISO 3166-2 code in quotes, such as "CA-ON"',
    entries.REGION: 'a UN M49 code of three digits in quotes, such as "030"',
    entries.LANGUAGE: "a language tag such as de, de-AT or zh-Hant-TW",
    entries.PRIMARY_LANGUAGE: "a language without script and country, such as de",
    entries.URL: "a complete address, such as https://example.com/page",
    entries.DOMAIN: "a host in small letters, such as example.com",
    entries.JURISDICTION: '"EU", a country such as "NO" or a subdivision such as "CA-ON"',
}
"""What each pattern of the models asks for."""
_MAPPINGS = ("model_type", "dict_type")
_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("is missing", "Add it"),
    **dict.fromkeys(_MAPPINGS, ("is no mapping", "Write a line such as `key: value` for each thing")),
    "list_type": ("is no list", "Write [one, two], or a line with a hyphen for each"),
    "bool_type": ("is neither true nor false", "Write true or false, without quotes"),
    "bool_parsing": ("is neither true nor false", "Write true or false, without quotes"),
    "int_type": ("is no whole number", "Write digits only, without quotes"),
    "int_parsing": ("is no whole number", "Write digits only, without quotes"),
    "greater_than_equal": ("is too small", "Write {ge} or more"),
    "less_than_equal": ("is too large", "Write {le} or less"),
    "string_too_short": ("is too short", "Write at least {min_length} characters"),
    "string_too_long": ("is too long", "Write at most {max_length} characters"),
    "too_short": ("has too few items", "Write at least {min_length}"),
    "too_long": ("has too many items", "Write at most {max_length}"),
    "repeated": ("{item} stands twice", "Keep one"),
    "not_ordered": ("the shortest wait, {shortest}, is longer than the longest, {longest}", "Write the shortest first"),
}
"""Problem and remedy by the type of Pydantic's error; braces hold what it tells besides."""
_OF_TEXT = frozenset({"literal_error", "string_pattern_mismatch", "string_type"})


def misfits(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[str, str, str]]:
    """Everything in a file's content that does not fit its model: the path inside it, what is wrong, how to mend it."""
    for one in error.errors(include_url=False):
        problem, remedy = _words(one, model)
        yield ".".join(str(part) for part in one["loc"]), problem, remedy


def _words(one: Mapping[str, Any], model: type[BaseModel]) -> tuple[str, str]:
    """Problem and remedy of one of Pydantic's errors."""
    kind, given, context = one["type"], one["input"], one.get("ctx", {})
    if kind == "extra_forbidden":
        keys = _allowed(model, one["loc"])
        remedy = _meant(str(one["loc"][-1]), keys) or f"Known here are {', '.join(keys)}. "
        return "is not known here", f"{remedy}Correct the key or remove it"
    if kind in _OF_TEXT:
        return _of_text(kind, given, context)
    if kind in _MAPPINGS and given is None:
        return "is empty", f"Begin with {', '.join(_required(model))}"
    if kind.startswith("date_"):
        return f"{given!r} is no day", "Write a day as 2026-11-23"
    problem, remedy = _WORDS.get(kind, (one["msg"], "See schema.json for what may stand here"))
    return problem.format(**context), remedy.format(**context)


def _of_text(kind: str, given: object, context: Mapping[str, Any]) -> tuple[str, str]:
    """Problem and remedy where a word, a code or any text is wanted."""
    if kind == "literal_error":
        words = [word.strip("'") for word in re.split(", | or ", context["expected"].replace("True", "true"))]
        return f"{given!r} is none of the words for this", f"{_meant(str(given), words)}Write {_one_of(words)}"
    if kind == "string_pattern_mismatch":
        return f"{given!r} is not in the form needed here", f"Write {SPELLINGS[context['pattern']]}"
    if isinstance(given, bool | int):
        text = str(given).lower()
        return f"{text} is not text without quotes", f'Write "{text}"'
    return "is no text", "Write a word or a sentence"


def _one_of(words: list[str]) -> str:
    """What may be written."""
    return f"one of {', '.join(words)}" if words[1:] else words[0]


def _meant(given: str, words: list[str]) -> str:
    """A question for what was probably meant, if there is anything like it."""
    near = get_close_matches(given, words, n=1, cutoff=0.7)
    return f"Did you mean {near[0]}? " if near else ""


def _required(model: type[BaseModel]) -> list[str]:
    """The keys that a file must have; where there is none, those with which it may begin."""
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    return needed or list(model.model_fields)[:1]


def _allowed(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys allowed where an unknown key stood: those of the model that `location` leads to."""
    for part in location[:-1]:
        if isinstance(part, int) or part not in model.model_fields:
            continue
        found = re.findall(r"entries\.(\w+)", repr(model.model_fields[part].annotation))
        if found:
            model = getattr(entries, found[-1])
    return [field.alias or name for name, field in model.model_fields.items()]
