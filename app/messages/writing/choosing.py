"""Chooses the language of a draft: the first of those wanted that there are templates for."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from babel.core import get_global

from app.messages.writing.language import LANGUAGES

_PARENTS = get_global("parent_exceptions")
_LIKELY = get_global("likely_subtags")
_ALSO = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}
"""Written alike, or old codes of the same language."""
_FALLBACK = "en"
_TRADITIONAL = frozenset({"HK", "MO", "TW"})
"""Where Chinese stands in traditional characters; a job elsewhere says nothing of how its reader writes it."""


class Choice(NamedTuple):
    """The language of a draft."""

    tag: str
    is_fallback: bool
    """None of the languages that were wanted has templates, so it is English."""


def choose(languages: Iterable[str], country: str | None) -> Choice:
    """The tag of the first language that there are templates for, in the form of the country; English otherwise."""
    for wanted in languages:
        if tag := _ours(wanted, country):
            return Choice(tag, is_fallback=False)
    return Choice(_ours(_FALLBACK, country) or "en-US", is_fallback=True)


def _ours(wanted: str, country: str | None) -> str | None:
    if wanted in LANGUAGES:
        return wanted
    language, *more = wanted.split("-")
    language = _ALSO.get(language, language)
    own_region = next((one for one in more if len(one) == len("JP") and one.isupper()), None)
    region = own_region or (country if language != "zh" or country in _TRADITIONAL else None)
    script = next((one for one in more if len(one) == len("Hans")), None)
    candidates = (f"{language}-{one}" for one in _forms(language, script, region))
    return next((tag for tag in (language, *candidates) if tag in LANGUAGES), None)


def _forms(language: str, script: str | None, region: str | None) -> Iterator[str]:
    """Regions and scripts that CLDR says a country's form of a language is nearest to."""
    if language == "zh":
        yield script or _LIKELY.get(f"zh_{region}", "zh_Hans").split("_")[1]
        return
    if region:
        yield region
    ancestors = set(_ancestors(f"{language}_{region}"))
    if "en_001" in ancestors:
        yield "GB"
    if "es_419" in ancestors:
        yield "419"
    if "pt_PT" in ancestors:
        yield "PT"
    yield {"en": "US", "es": "ES", "fr": "FR", "pt": "BR"}.get(language, "")


def _ancestors(locale: str) -> Iterator[str]:
    while locale in _PARENTS:
        locale = _PARENTS[locale]
        yield locale
