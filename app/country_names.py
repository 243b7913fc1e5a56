"""Countries by name, in many languages: what people write where a code is wanted.

Names are those of Unicode's CLDR in every official language of any country and in some thirty world languages; CLDR
has one name for each language, so the other usual English and native ones stand here.
"""

import difflib
import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale, localedata
from babel.core import get_global
from babel.languages import get_official_languages
from babel.localedata import exists

WORLD_LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "pl", "cs", "ro", "hu", "el", "ru", "uk"),
    *("tr", "ar", "he", "ja", "ko", "zh", "zh_Hant", "vi", "id", "th", "hi", "bn", "fa", "ur", "ms", "sw", "fil"),
)
NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""Two-letter codes to which CLDR gives a name, but ISO 3166-1 no country."""

ALIASES: dict[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates", "Dubai", "Abu Dhabi", "الإمارات"),
    "BN": ("Brunei Darussalam",),
    "BO": ("Plurinational State of Bolivia",),
    "BQ": ("Bonaire, Sint Eustatius and Saba", "Bonaire"),
    "CD": (
        "Congo",
        "Kongo",
        "Конго",
        "DR Congo",
        "DRC",
        "Democratic Republic of the Congo",
        "Congo, Democratic Republic of the",
        "Zaire",
    ),
    "CG": ("Congo", "Kongo", "Конго", "Republic of the Congo", "Republic of Congo"),
    "CI": ("Ivory Coast",),
    "CN": ("PRC", "People's Republic of China", "Mainland China", "中华人民共和国", "中華人民共和國"),
    "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic", "Česká republika", "Tschechische Republik"),
    "DE": ("Federal Republic of Germany", "Bundesrepublik Deutschland", "BRD"),
    "FK": ("Falkland Islands (Malvinas)", "Malvinas"),
    "FM": ("Federated States of Micronesia",),
    "GB": (
        *("UK", "U.K.", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland"),
        *("United Kingdom of Great Britain and Northern Ireland", "Grande-Bretagne", "Großbritannien", "イギリス"),
        *("Angleterre", "Inglaterra", "Inghilterra", "Англия", "Великобритания"),
    ),
    "GM": ("Republic of the Gambia",),
    "GR": ("Hellas", "Hellenic Republic"),
    "HK": ("Hong Kong", "香港", "홍콩", "Hongkong", "Гонконг"),
    "IE": ("Republic of Ireland", "Éire"),
    "IR": ("Islamic Republic of Iran", "Persia"),
    "IN": ("Bharat",),
    "JP": ("Nippon", "Nihon", "日本国"),
    "KN": ("Saint Kitts", "Saint Kitts and Nevis"),
    "KP": ("DPRK", "Democratic People's Republic of Korea", "Korea, Democratic People's Republic of", "北朝鮮"),
    "KR": ("Republic of Korea", "Korea, Republic of", "한국", "南韓"),
    "LA": ("Lao People's Democratic Republic", "Lao PDR"),
    "LC": ("Saint Lucia",),
    "MD": ("Republic of Moldova",),
    "MF": ("Saint Martin (French part)",),
    "MK": ("Macedonia", "Republic of North Macedonia", "FYROM"),
    "MM": ("Burma", "Myanmar"),
    "MO": ("Macau", "Macao", "澳門", "澳门", "マカオ"),
    "NL": ("Holland",),
    "PM": ("Saint Pierre and Miquelon",),
    "PS": ("Palestine", "State of Palestine"),
    "RU": ("Russian Federation", "Российская Федерация", "РФ"),
    "SA": ("KSA", "السعودية", "سعودی عرب"),
    "SH": ("Saint Helena", "Saint Helena, Ascension and Tristan da Cunha"),
    "ST": ("Sao Tome",),
    "SX": ("Sint Maarten (Dutch part)",),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TH": ("ประเทศไทย",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "TW": ("Republic of China", "Taiwan, Province of China", "ROC", "Chinese Taipei", "中華民國", "中华民国", "臺灣"),
    "TZ": ("United Republic of Tanzania",),
    "UM": ("United States Minor Outlying Islands",),
    "US": (
        "USA",
        "U.S.",
        "U.S.A.",
        "America",
        "United States of America",
        "アメリカ",
        "EEUU",
        "EE. UU.",
        "США",
        "États-Unis",
    ),
    "VA": ("Vatican", "Holy See"),
    "VC": ("Saint Vincent", "Saint Vincent and the Grenadines"),
    "VE": ("Bolivarian Republic of Venezuela",),
    "VG": ("Virgin Islands (British)",),
    "VI": ("Virgin Islands (U.S.)", "US Virgin Islands"),
    "VN": ("Viet Nam",),
}

LONGEST = 80
"""Characters of a name that are looked at; none is longer."""
SHORTEST = 4
"""Characters of a name from which on it can be misspelt and still be known."""
NEAR = 0.8
"""How alike a misspelt name must be to one that exists (1 is equal)."""
MOST_SUGGESTIONS = 3
_ACCENTS = range(0x0300, 0x0370)
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Index:
    """What is known of names, and of the codes they stand for."""

    codes: dict[str, tuple[str, ...]]
    """A folded name to its country, or to all of those that have the name."""
    english: dict[str, str]
    words: dict[str, tuple[str, ...]]
    """A word of English names, folded, to the countries that have it."""
    by_letter: dict[str, list[str]]
    """Folded names by their first letter; only names that are long enough to be misspelt."""


@cache
def codes() -> frozenset[str]:
    """The code of every country: ISO 3166-1 alpha-2, and XK."""
    return frozenset(_english())


def code_for(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of the country with this name or code, in whatever language.

    Case, accents and punctuation do not matter. None where nobody has the name, or several countries do.
    """
    found = _found(name)
    return found[0] if len(found) == 1 else None


def suggestions(name: str) -> list[str]:
    """Countries that may be meant by a name that is misspelt or that several have, best first: "DE (Germany)".

    The first letter must be right: it makes the search cheap enough for whatever a stranger sends.
    """
    index, wanted = _index(), _folded(name[:LONGEST])
    codes = list(_found(name))
    if len(codes) != 1:
        codes += index.words.get(wanted, ())
        for near in difflib.get_close_matches(wanted, index.by_letter.get(wanted[:1], ()), MOST_SUGGESTIONS, NEAR):
            codes += index.codes[near]
    return [f"{code} ({index.english[code]})" for code in list(dict.fromkeys(codes))[:MOST_SUGGESTIONS]]


def _found(name: str) -> tuple[str, ...]:
    """The countries that have a name."""
    codes, wanted = _index().codes, _folded(name[:LONGEST])
    return codes.get(wanted) or codes.get(wanted.removeprefix("the")) or ()


def _folded(text: str) -> str:
    """Letters and digits alone, without case and without the accents of Latin, Greek and Cyrillic letters."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("&", "and"))
    return "".join(one for one in apart if ord(one) not in _ACCENTS and unicodedata.category(one)[0] in "LNM")


def _index() -> _Index:
    """The index, made once, at first use (some 0.4 s)."""
    with _lock:
        return _made()


@cache
def _made() -> _Index:
    """Codes and the aliases above come first, then the names of CLDR, then the parts of names with brackets."""
    english = _english()
    found: dict[str, tuple[str, ...]] = {}
    for source in (_codes(english), _aliases(), *_full_and_partial(english)):
        batch: dict[str, list[str]] = {}
        for name, code in source:
            key = _folded(name)
            if key and key not in found and code not in batch.setdefault(key, []):
                batch[key].append(code)
        found |= {name: tuple(codes) for name, codes in batch.items()}
    words: dict[str, tuple[str, ...]] = {}
    for code, name in english.items():
        for word in filter(None, map(_folded, name.split())):
            words[word] = (*words.get(word, ()), code)
    by_letter: dict[str, list[str]] = {}
    for name in found:
        if len(name) >= SHORTEST:
            by_letter.setdefault(name[0], []).append(name)
    return _Index(found, english, words, by_letter)


def _english() -> dict[str, str]:
    """Codes and names in English."""
    return {
        code: name
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES  # noqa: PLR2004 - alpha-2
    }


def _codes(english: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Alpha-2 and alpha-3 codes, also former ones that lead to one country."""
    yield from ((code, code) for code in english)
    for former, codes in get_global("territory_aliases").items():
        if former.isalpha() and len(codes) == 1 and codes[0] in english:
            yield former, codes[0]


def _aliases() -> Iterator[tuple[str, str]]:
    """Names that CLDR does not have."""
    return ((name, code) for code, names in ALIASES.items() for name in names)


def _full_and_partial(english: dict[str, str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Names of CLDR; and of "Myanmar (Burma)" both parts, of "St. Lucia" the word in full."""
    languages = dict.fromkeys(WORLD_LANGUAGES)
    for code in english:
        languages |= dict.fromkeys(get_official_languages(code, de_facto=True))
    full, partial = [], []
    for language in filter(exists, languages):
        territories = Locale.parse(language).territories
        # Babel keeps every locale it has read, a megabyte each; nothing else here asks for so many.
        localedata._cache.clear()  # noqa: SLF001
        for code in english:
            name = territories.get(code, "")
            full.append((name, code))
            if "(" in name:
                partial += [(part, code) for part in re.split(r"[()]", name)]
            if "St. " in name:
                partial.append((name.replace("St. ", "Saint "), code))
    return full, partial
