"""Subdivisions of countries: the codes and names of ISO 3166-2, and what was probably meant by something else."""

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pycountry

from app.text import folded

ADDED_SINCE = {
    "NO-31": "Østfold",
    "NO-32": "Akershus",
    "NO-33": "Buskerud",
    "NO-39": "Vestfold",
    "NO-40": "Telemark",
    "NO-55": "Troms",
    "NO-56": "Finnmark",
}
"""Codes that the list of the package does not have yet: counties of Norway since 2024."""

LONGEST = 60
"""Characters of a name that are looked at; those of ISO are shorter, and whoever sends more means none of them."""
MOST_SUGGESTIONS = 3
NEAR = 0.7


@cache
def names() -> Mapping[str, str]:
    """The name of each subdivision by its code, read once, at first use (some 10 ms)."""
    # Not `pycountry.subdivisions`: the objects that it makes of this file take six times as long and stay in memory.
    listed = json.loads((Path(pycountry.DATABASE_DIR) / "iso3166-2.json").read_bytes())
    return {**{one["code"]: one["name"] for one in listed["3166-2"]}, **ADDED_SINCE}


def exists(code: str) -> bool:
    """Whether a subdivision has this code."""
    return code in names()


def suggestions(given: str) -> list[str]:
    """Subdivisions that may be meant by a name or a code that is none, each as "CA-ON (Ontario)"."""
    wanted, code = folded(given[:LONGEST]), given[:LONGEST].strip().upper()
    near = [code] if exists(code) else _by_name().get(wanted, ())
    if not near:
        country = [one for one in names() if one.startswith(code[:3])] if code[2:3] == "-" else []
        near = difflib.get_close_matches(code, country, MOST_SUGGESTIONS, NEAR)
    return [f"{one} ({names()[one]})" for one in near[:MOST_SUGGESTIONS]]


@cache
def _by_name() -> Mapping[str, Sequence[str]]:
    """Codes by name, without case and accents; "Catalunya [Cataluña]" are two names. Made once (some 0.1 s)."""
    found: dict[str, list[str]] = {}
    for code, name in names().items():
        for part in filter(None, re.split(r"\s*[\[\]]", name)):
            found.setdefault(folded(part), []).append(code)
    return found
