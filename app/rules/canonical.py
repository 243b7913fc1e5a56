"""The one way a data file is written down, so that two people's edits of the same facts give the same lines.

Used by `check` (a file that is not canonical is a finding) and by `fix` (writes it). Comments have no place in data
files: what is worth saying stands in `notes`, where programs can show it.
"""

from datetime import date
from typing import Any

import yaml
from pydantic import BaseModel

ORDER = (
    *("code", "key", "id", "name", "title", "aliases", "domains", "region", "iso", "m49", "primary_zone"),
    *("parent", "layer", "jurisdiction", "codes", "sectors", "applies_in", "over", "when", "because", "description"),
    *("fact_is_evidence", "derived_from", "time_zone", "regions", "countries"),
    *("topic", "binding", "toward_candidate", "duty", "citation", "clock", "conditions", "conditions_text"),
    *("in_force_since", "in_force_text", "effect"),
    *("thank_you_note", "next_move", "references", "gifts", "variations", "subdivisions"),
    *("since", "reviewed_on", "confidence", "less_sure"),
)
"""Keys that come first, in this order; other keys follow in the order of their model, `sources` and `notes` last."""
LAST = ("sources", "notes")
QUOTED = frozenset({"code", "region", "codes", "applies_in", "derived_from", "m49", "parent", "jurisdiction"})
"""Keys whose values are codes: always quoted, because YAML 1.1 readers take NO for false and 030 for 24."""


class _Quoted(str):
    """Text written with double quotes."""

    __slots__ = ()


class _Flow(list[Any]):
    """A list written on one line."""


class _FlowMapping(dict[str, Any]):
    """A mapping written on one line."""


class _Dumper(yaml.CSafeDumper):
    """Writes aliases out in full; knows quoted text and one-line collections."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


_Dumper.add_representer(_Quoted, lambda d, x: d.represent_scalar("tag:yaml.org,2002:str", str(x), style='"'))
_Dumper.add_representer(_Flow, lambda d, x: d.represent_sequence("tag:yaml.org,2002:seq", x, flow_style=True))
_Dumper.add_representer(_FlowMapping, lambda d, x: d.represent_mapping("tag:yaml.org,2002:map", x, flow_style=True))


def canonical(record: BaseModel) -> str:
    """The text of a data file with the content of `record`."""
    content = record.model_dump(by_alias=True, exclude_defaults=True)
    return yaml.dump(
        _arranged(content),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=118,
        default_flow_style=False,
    )


def _arranged(mapping: dict[str, Any], *, keep_order: bool = False) -> dict[str, Any]:
    """`mapping` with its keys in canonical order and its values ready for the dumper."""
    keys = list(mapping) if keep_order else sorted(mapping, key=_rank)
    return {_key(key): _value(key, mapping[key]) for key in keys}


def _rank(key: str) -> int:
    """Position of a key; equal ranks keep the order of the model."""
    if key in LAST:
        return len(ORDER) + 1 + LAST.index(key)
    return ORDER.index(key) if key in ORDER else len(ORDER)


def _key(key: str) -> str:
    """Keys that are codes are quoted as values are."""
    return _Quoted(key) if key.isdigit() or (len(key) == 2 and key.isupper()) else key  # noqa: PLR2004 - ISO alpha-2


def _value(key: str, value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """A value ready for the dumper."""
    if isinstance(value, dict):
        one_line = key in {"when", "less_sure"} and not any(isinstance(item, dict | list) for item in value.values())
        in_order = key in {"sources", "subdivisions", "regions", "countries"}
        return _FlowMapping(value) if one_line else _arranged(value, keep_order=in_order)
    if isinstance(value, list):
        if any(isinstance(item, dict) for item in value):
            return [_arranged(item) for item in value]
        return value if key == "conditions_text" else _Flow(_value(key, item) for item in value)
    if isinstance(value, bool | int | date):
        return value
    return _Quoted(value) if key in QUOTED else str(value)
