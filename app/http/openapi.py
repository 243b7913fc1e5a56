"""Makes the OpenAPI document that the framework writes read well: named schemas instead of repeated ones."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

Schema = dict[str, Any]
_COMPONENTS = "#/components/schemas/"
_PAGE_OF = re.compile("Page_(.+)_")
_ONE, _SEVERAL, _NAMED = {"items", "additionalProperties", "propertyNames"}, {"anyOf", "oneOf", "allOf"}, {"properties"}
"""Keywords whose value is a schema, a list of schemas, schemas by name."""


@dataclass(frozen=True, slots=True)
class NamedSchema:
    """A schema that the document names once, wherever it is used."""

    name: str
    schema: Schema
    """What is replaced by a reference to the name."""
    description: str

    @classmethod
    def of_words(cls, name: str, words: object, description: str) -> "NamedSchema":
        """The closed list of words of a `Literal`, with what they mean."""
        return cls(name, {"enum": list(get_args(words))}, description)


def tidy(document: dict[str, Any], named: Sequence[NamedSchema]) -> None:
    """Rewrite the schemas of an OpenAPI document in place; what it allows stays the same.

    Components get the names that their titles give; what is in `named` becomes a component; a component that was
    written out at its place of use becomes a reference; "this or null" is one list of types, and only this in
    parameters; titles that only repeat names go.
    """
    schemas: dict[str, Schema] = document["components"]["schemas"]
    tidier = _Tidier(schemas, named)
    tidied: dict[str, Schema] = {}
    for name, schema in schemas.items():
        new_name = tidier.names[name]
        tidied[new_name] = {"title": new_name} | tidier.inside(schema)
    for holder in _holders(document):
        holder["schema"] = tidier.anywhere(holder["schema"])
        if "in" in holder:
            _as_parameter(holder)
    for used in tidier.used.values():
        tidied[used.name] = {"type": "string", **used.schema, "title": used.name, "description": used.description}
    document["components"]["schemas"] = dict(sorted(tidied.items()))


def _holders(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The parameters and media types of all operations."""
    for methods in document["paths"].values():
        for operation in methods.values():
            yield from operation.get("parameters", ())
            for described in (operation.get("requestBody", {}), *operation["responses"].values()):
                yield from (media for media in described.get("content", {}).values() if "schema" in media)


def _as_parameter(parameter: dict[str, Any]) -> None:
    """A parameter is given or left out, never null; it has its description already."""
    schema = parameter["schema"]
    schema.pop("description", None)
    if "anyOf" in schema:
        (schema,) = (member for member in schema["anyOf"] if member != {"type": "null"})
    if isinstance(schema.get("type"), list):
        (schema["type"],) = (kind for kind in schema["type"] if kind != "null")
    parameter["schema"] = schema


class _Tidier:
    def __init__(self, components: Mapping[str, Schema], named: Sequence[NamedSchema]) -> None:
        self._components = components
        self._named = named
        self.used: dict[str, NamedSchema] = {}
        titles = Counter(schema.get("title") for schema in components.values())
        self.names = {name: self._name(name, schema, titles) for name, schema in components.items()}

    @staticmethod
    def _name(name: str, schema: Schema, titles: Mapping[str | None, int]) -> str:
        page, title = _PAGE_OF.fullmatch(name), schema.get("title")
        if page:
            return f"{page[1]}Page"
        return title if title and titles[title] == 1 else name

    def anywhere(self, schema: Schema) -> Schema:
        """A schema that is not a component itself."""
        if "properties" in schema:
            for name, component in self._components.items():
                if schema == component:
                    return {"$ref": _COMPONENTS + self.names[name]}
        return self._nameable(_joined(self.inside(schema)))

    def inside(self, schema: Schema) -> Schema:
        """A schema with everything in it tidied."""
        result: Schema = {}
        for key, value in schema.items():
            if key == "$ref":
                result[key] = _COMPONENTS + self.names[value.removeprefix(_COMPONENTS)]
            elif key in _ONE and isinstance(value, dict):
                result[key] = self.anywhere(value)
            elif key in _SEVERAL:
                result[key] = [self.anywhere(one) for one in value]
            elif key in _NAMED:
                result[key] = {name: self.anywhere(one) for name, one in value.items()}
            elif key != "title":
                result[key] = value
        return result

    def _nameable(self, schema: Schema) -> Schema:
        """A reference instead of a schema that has a name."""
        for named in self._named:
            if named.schema.items() <= schema.items():
                self.used[named.name] = named
                rest = {key: value for key, value in schema.items() if key not in {"type", *named.schema}}
                return {"$ref": _COMPONENTS + named.name} | rest
        return schema


def _joined(schema: Schema) -> Schema:
    """`anyOf` of types as one list of types, where at most one of them has anything to add."""
    members = schema.get("anyOf", [])
    detailed = [member for member in members if member.keys() != {"type"}]
    types = [member.get("type") for member in members]
    if len(detailed) > 1 or any(not isinstance(kind, str) for kind in types):
        return schema
    if any("enum" in member or "const" in member for member in detailed):
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**(detailed[0] if detailed else {}), **rest, "type": types} if members else schema


def share_responses(document: dict[str, Any]) -> None:
    """Say once, as a component, what several operations answer in the same words."""
    places: dict[str, list[tuple[dict[str, Any], str]]] = {}
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                places.setdefault(json.dumps(response), []).append((operation["responses"], status))
    shared: dict[str, Any] = {}
    for used in places.values():
        responses, status = used[0]
        if len(used) > 1 and "problem+json" in json.dumps(response := responses[status]):
            name = _name_of(response, shared)
            shared[name] = response
            for responses, status in used:
                responses[status] = {"$ref": f"#/components/responses/{name}"}
    document["components"]["responses"] = dict(sorted(shared.items()))


def _name_of(response: Mapping[str, Any], taken: Mapping[str, Any]) -> str:
    """The codes of the problems that a response has, as one name of its own."""
    (media,) = response["content"].values()
    name = "Or".join("".join(map(str.title, code.split("_"))) for code in media["examples"])
    return name if name not in taken else f"{name}{len(taken)}"
