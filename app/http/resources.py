"""Answers about a user's own resources: their ETags, where they are, and changes as JSON Merge Patch (RFC 7396)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Any, ClassVar, Literal, TypeVar, cast, get_args, get_origin
from uuid import UUID

from fastapi import Depends, Header, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema, create_model
from pydantic._internal._model_construction import ModelMetaclass  # of no public name; `type(BaseModel)` says less
from pydantic.fields import FieldInfo
from pydantic_core import to_json, to_jsonable_python

from app.db.errors import ChangedMeanwhile
from app.errors import AppError, FieldError
from app.http import etags
from app.http.answers import JSON
from app.http.pages import Page, link_to_next
from app.http.problems import BODY_PROBLEMS, invalid_request
from app.http.validation import field_errors

OWN_AND_FRESH = "private, no-cache"
"""For what is one user's: nobody shares it, and it is asked for again each time, mostly to get a 304."""


class NoSuchResource(
    AppError,
    code="no_such_resource",
    status=404,
    title="There is no such thing",
    explanation="Nothing of yours has this id: it never existed, was deleted, or is somebody else's.",
    remedy="Look it up in the list above this address.",
):
    """An id in the path that is none of the caller's."""


class PreconditionRequired(
    AppError,
    code="precondition_required",
    status=428,
    title="Say which version you change",
    explanation="Changing and deleting need an `If-Match` header, so that nobody overwrites what they have not seen.",
    remedy="Read it, and send the `ETag` of that answer as `If-Match`; `*` stands for whatever version there is.",
):
    """A change without If-Match."""


class InUse(
    AppError,
    code="in_use",
    status=409,
    title="Something else refers to it",
    explanation="It cannot be deleted while other things of yours refer to it. Nothing was changed.",
    remedy="Delete or change what `detail` names first.",
):
    """Something that others refer to was to be deleted."""


class Sent(BaseModel):
    """Base of what clients send: unknown members are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, hide_input_in_errors=True)


class Shown(BaseModel):
    """Base of what clients get."""

    model_config = ConfigDict(from_attributes=True, use_attribute_docstrings=True, hide_input_in_errors=True)


class Versioned(Shown):
    """Base of what shows a row in a version that can be named when it is changed."""

    id: UUID
    version: int = Field(exclude=True)


class Resource(Versioned):
    """Base of what has an address, an ETag, and a row of its own."""

    id: UUID
    """UUID version 7."""
    created_at: datetime
    updated_at: datetime


Written = TypeVar("Written", bound=Sent)
Id = Annotated[UUID, Path(description="Its `id`.")]


# ---- what is answered


def found(request: Request, resource: Versioned) -> Response:
    """200 with the resource, or another view of it, and its ETag. Raises `NotModified` when the client has it."""
    return _unless_known(request, *_represented(resource))


def created(request: Request, resource: Resource) -> Response:
    """201 with the resource, its ETag and where it is: below the address that it was posted to."""
    return created_at(request, f"{request.scope['path']}/{resource.id}", resource)


def created_at(request: Request, path: str, resource: Resource) -> Response:
    """The same for a resource that is at another address."""
    body, headers = _represented(resource)
    headers["Location"] = f"{request.app.state.settings.public_root}{path}"
    return Response(body, 201, media_type=JSON, headers=headers)


def changed(resource: Resource) -> Response:
    """200 with the resource as it is now, and its new ETag."""
    body, headers = _represented(resource)
    return Response(body, media_type=JSON, headers=headers)


def unchanging(request: Request, resource_id: UUID, body: bytes) -> Response:
    """200 with what never changes. Raises `NotModified` when the client has it."""
    return _unless_known(request, body, unchanging_headers(resource_id))


def unchanging_headers(resource_id: UUID) -> dict[str, str]:
    """The ETag of what never changes is its id."""
    return {"ETag": f'"{resource_id.hex}"', "Cache-Control": OWN_AND_FRESH}


def deleted() -> Response:
    """204: it is gone."""
    return Response(status_code=204)


def placed(request: Request, resource: Resource, *, new: bool) -> Response:
    """What a PUT is answered with: 201 where it made the resource, 200 where it replaced it."""
    body, headers = _represented(resource)
    if new:
        headers["Location"] = f"{request.app.state.settings.public_root}{request.scope['path']}"
    return Response(body, 201 if new else 200, media_type=JSON, headers=headers)


def listed(request: Request, page: Page[Any]) -> Response:
    """200 with a page of resources."""
    body = b'{"items":[' + b",".join(map(_json, page.items)) + b'],"next_cursor":' + _quoted(page.next_cursor) + b"}"
    return Response(body, media_type=JSON, headers={"Cache-Control": OWN_AND_FRESH, **link_to_next(request, page)})


def _unless_known(request: Request, body: bytes, headers: dict[str, str]) -> Response:
    """200, unless the client has it. Raises `NotModified`."""
    if_none_match = request.headers.getlist("if-none-match")
    if if_none_match and etags.matches(if_none_match, headers["ETag"]):
        raise etags.NotModified(headers)
    return Response(body, media_type=JSON, headers=headers)


def _quoted(cursor: str | None) -> bytes:
    return b"null" if cursor is None else f'"{cursor}"'.encode()


def _json(resource: BaseModel | Mapping[str, Any]) -> bytes:
    return resource.__pydantic_serializer__.to_json(resource) if isinstance(resource, BaseModel) else to_json(resource)


def _represented(resource: Versioned) -> tuple[bytes, dict[str, str]]:
    """The body, and its headers. The ETag begins with the version, which `If-Match` is held against."""
    body = _json(resource)
    tag = f'"{_version_of(resource)}.{blake2b(body, digest_size=8).hexdigest()}"'
    return body, {"ETag": tag, "Cache-Control": OWN_AND_FRESH}


def _version_of(resource: Any) -> str:  # noqa: ANN401 - a resource, or a row of its table
    return f"{resource.id.hex[-8:]}.{resource.version}"


# ---- changing what is there


class Match:
    """The `If-Match` of a request."""

    def __init__(self, tags: str) -> None:
        self._tags = [tag.strip() for tag in tags.split(",")]

    def require(self, row: Any) -> None:  # noqa: ANN401 - a row of any resource's table
        """Raises `ChangedMeanwhile` unless the header names the row's version."""
        current = f'"{_version_of(row)}.'
        if not any(tag == "*" or (tag.startswith(current) and tag.endswith('"')) for tag in self._tags):
            raise _not_current(self._tags)


def _not_current(tags: Sequence[str]) -> ChangedMeanwhile:
    """The error for tags of which none is the current one, or could be."""
    detail, hint = "The version in If-Match is not the current one.", "Read it again, and send the ETag of that answer."
    if not all(map(etags.is_entity_tag, tags)):
        detail = "If-Match has something that is no entity tag, so it names no version."
        hint = 'Send the ETag as it came, with its double quotes: If-Match: "…"; or * for any version.'
    elif any(tag.startswith("W/") for tag in tags):
        detail = "If-Match has a weak entity tag, which names no version."
        hint = "Send the ETag without W/ before it; some proxies add that when they compress an answer."
    wrong = FieldError(detail, parameter="If-Match", place="header", hint=hint)
    return ChangedMeanwhile(detail, errors=(wrong,))


async def _match(
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            max_length=1000,
            description="The `ETag` of what you change, with its quotes, or `*`. Without it the answer is 428.",
        ),
    ] = None,
) -> Match:
    if if_match is None:
        raise _without_if_match()
    return Match(if_match)


def _without_if_match() -> PreconditionRequired:
    wrong = FieldError(
        detail="This is required.", parameter="If-Match", place="header", hint="Give the ETag of what you read."
    )
    return PreconditionRequired("The request has no If-Match header.", errors=(wrong,))


class PutMatch:
    """The `If-Match` and `If-None-Match` of a PUT."""

    def __init__(self, match: Match | None, *, only_new: bool) -> None:
        self._match = match
        self._only_new = only_new

    def require(self, row: Any | None) -> None:  # noqa: ANN401 - a row of any resource's table
        """Make sure that the PUT means what is there: `row`, or nothing.

        Raises `ChangedMeanwhile`; `PreconditionRequired` where something is there and the request does not say which
        version it replaces.
        """
        if row is None:
            if self._match is not None:
                raise ChangedMeanwhile("There is none, so If-Match cannot name its version.")
            return
        if self._only_new:
            raise ChangedMeanwhile("There is one already, and If-None-Match is for a new one only.")
        if self._match is None:
            raise _without_if_match()
        self._match.require(row)


async def _put_match(
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            max_length=1000,
            description="The `ETag` of what you replace, or `*`; needed where there is something.",
        ),
    ] = None,
    if_none_match: Annotated[
        Annotated[Literal["*"], WithJsonSchema({"type": "string", "pattern": r"^\*$"})] | None,
        Header(alias="If-None-Match", description="`*`: make a new one only, and replace nothing."),
    ] = None,
) -> PutMatch:
    return PutMatch(None if if_match is None else Match(if_match), only_new=if_none_match is not None)


IfMatch = Annotated[Match, Depends(_match)]
IfMatchOrNew = Annotated[PutMatch, Depends(_put_match)]
CHANGE_PROBLEMS = (NoSuchResource, PreconditionRequired, ChangedMeanwhile)
PATCH_PROBLEMS = (*CHANGE_PROBLEMS, *BODY_PROBLEMS)


def merge(target: object, patch: Mapping[str, Any]) -> dict[str, Any]:
    """RFC 7396: members of `patch` replace those of `target`, null takes one away, objects are merged."""
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), value) if isinstance(value, dict) else value
    return merged


class _PatchOf(ModelMetaclass):
    """Makes the members of a patch from those of the model that it patches."""

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        of: type[BaseModel] | None = None,
        elsewhere: Mapping[str, str] | None = None,
        **given: Any,  # noqa: ANN401 - Pydantic's own
    ) -> type:
        """The class, with every member of `of`, optional."""
        if of is None:
            return super().__new__(mcs, name, bases, namespace, **given)
        members: dict[str, Any] = {name: (_optional(field), _absent(field)) for name, field in of.model_fields.items()}
        about = {"__module__": namespace["__module__"], "__doc__": namespace["__doc__"]}
        made = cast("type[Patch]", create_model(name, __base__=bases, **about, **members))
        made.elsewhere = elsewhere or {}
        return made

    def __init__(
        cls,  # noqa: N805 - a metaclass makes classes
        *given: Any,  # noqa: ANN401 - handed through
        of: type[BaseModel] | None = None,  # noqa: ARG002 - for __new__
        elsewhere: Mapping[str, str] | None = None,  # noqa: ARG002 - the same
        **more: Any,  # noqa: ANN401 - handed through
    ) -> None:
        super().__init__(*given, **more)


def _optional(field: FieldInfo) -> Any:  # noqa: ANN401 - an annotation
    """The annotation of a member that may be absent or null; objects in it are patched in their turn."""
    kind = field.annotation
    # A list is replaced as a whole, so what is in it is no patch.
    members = () if get_origin(kind) is list else (kind, *get_args(kind))
    models = [one for one in members if isinstance(one, type) and issubclass(one, Sent)]
    if models:
        (model,) = models
        kind = _PatchOf(
            f"{model.__name__.removesuffix('Write')}Patch",
            (Patch,),
            {"__module__": __name__, "__doc__": model.__doc__},
            of=model,
        )
    extra = Field(json_schema_extra=field.json_schema_extra)
    return Annotated[kind, *field.metadata, extra] | None


def _absent(field: FieldInfo) -> Any:  # noqa: ANN401 - a FieldInfo, which is not what its function says
    return Field(None, description=field.description, examples=field.examples, repr=field.repr)


class Patch(BaseModel, metaclass=_PatchOf):
    """Base of merge patches: `class CompanyPatch(Patch, of=CompanyWrite)` has every member of `CompanyWrite`, optional.

    A member that is absent stays as it is; null takes it away. `elsewhere` says of members that people look for here in
    vain how they are changed.
    """

    elsewhere: ClassVar[Mapping[str, str]] = {}

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a model, or a list that the mapper keeps
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else list(value)


def patched(written: type[Written], row: object, patch: BaseModel) -> Written:
    """What `row` says after the patch, valid as a whole. Raises `Invalid` where it is not."""
    # Not validated: what was stored may be refused by the rules of today, and then the client is told so below.
    before = to_jsonable_python({name: getattr(row, name) for name in written.model_fields}, fallback=_plain)
    merged = merge(before, patch.model_dump(mode="json", exclude_unset=True))
    try:
        return written.model_validate(merged)
    except ValidationError as error:
        found = error.errors(include_url=False)
        placed = [{**one, "loc": ("body", *one["loc"])} for one in found]
        raise invalid_request(field_errors(placed, merged, written), len(found)) from error
