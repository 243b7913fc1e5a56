"""Examples of requests in the OpenAPI document, and the answers that the application gives to them.

Nobody writes an answer down: each request is sent to the application itself when the document is first asked for,
so an example cannot say what the server would not.
"""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlencode

from starlette.types import ASGIApp, Message

from app.http.problems import EXAMPLE_ID, REQUEST_ID

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Made:
    """Stands in an example for a member of what an earlier example of another operation was answered with."""

    operation: str
    example: str
    member: str = "id"


Members = Mapping[str, str | int | Made]


@dataclass(frozen=True, slots=True)
class ExampleRequest:
    """A request that the document shows.

    The first of an operation names every parameter that any of them names: pages that show the document fill their
    fields with the first example of each parameter, and that must be a request that makes sense as a whole.
    """

    summary: str
    path: Members = field(default_factory=dict)
    query: Members = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    content: str | None = None
    """The body as it is sent, for what is no JSON."""
    answer_shown: bool = True
    """False leaves its answer out of the document: for requests whose answers are long and much like another's."""

    masked: Mapping[str, str] = field(default_factory=dict)
    """Members of its answer that the document shows otherwise: scanners find what looks like a secret."""

    def parameters(self) -> dict[str, str | int | Made]:
        """Parameters together; an operation has no two of one name."""
        return {**self.path, **self.query, **self.headers}

    def told(self, made: Callable[[Made], Any]) -> "ExampleRequest":
        """The same with what `made` says in the places of what earlier examples made."""
        path, query, body = (_told(part, made) for part in (self.path, self.query, self.body))
        return replace(self, path=path, query=query, body=body)

    @property
    def is_form(self) -> bool:
        """Whether the body is a form and not JSON."""
        return self.headers.get("Content-Type") == FORM

    def encoded(self) -> str:
        """The body as it is sent."""
        return urlencode(self.body) if self.is_form and isinstance(self.body, dict) else _json(self.body)


def _told(value: Any, made: Callable[[Made], Any]) -> Any:  # noqa: ANN401 - any JSON, with places for what was made
    if isinstance(value, Made):
        return made(value)
    if isinstance(value, Mapping):
        return {name: _told(inner, made) for name, inner in value.items()}
    if isinstance(value, list):
        return [_told(inner, made) for inner in value]
    return value


Examples = Mapping[str, Mapping[str, ExampleRequest]]
"""By operationId and name of the example."""


@dataclass(frozen=True, slots=True)
class ExampleAnswer:
    """What the application answered."""

    status: int
    media_type: str
    content: str

    def value(self) -> Any:  # noqa: ANN401 - whatever the JSON holds
        """The content: parsed, if it is JSON."""
        return json.loads(self.content) if self.media_type.endswith("json") else self.content


Ask = Callable[[str, str, ExampleRequest], Awaitable[ExampleAnswer]]
"""Sends a method, path template and example to the application."""


def asking(app: ASGIApp, scope: Mapping[str, object], own_headers: Mapping[str, str]) -> Ask:
    """What sends examples to `app`, in this process.

    `scope` holds what the ASGI scope needs beside the request, `own_headers` what every request has unless it says
    otherwise.
    """

    async def ask(method: str, template: str, example: ExampleRequest) -> ExampleAnswer:
        content = example.content if example.content is not None else example.encoded()
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": content.encode(), "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await app({**scope, **_scope(method, template, example, own_headers)}, receive, send)
        headers = dict(sent[0]["headers"])
        return ExampleAnswer(
            status=sent[0]["status"],
            media_type=headers.get(b"content-type", b"").decode().partition(";")[0],
            content=b"".join(message.get("body", b"") for message in sent[1:]).decode(),
        )

    return ask


def _json(body: object) -> str:
    return "" if body is None else json.dumps(body)


def _scope(method: str, template: str, example: ExampleRequest, own_headers: Mapping[str, str]) -> dict[str, object]:
    path = template.format_map(example.path)
    given = {name.lower(): value for name, value in example.headers.items()}
    headers = {"content-type": "application/json", **own_headers, **given}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": method.upper(),
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": urlencode(example.query).encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": None,
        "server": None,
        "state": {},
        REQUEST_ID: EXAMPLE_ID,
    }


def show_requests(operation: dict[str, Any], examples: Mapping[str, ExampleRequest]) -> None:
    """Put examples of requests into an operation of the document, at its parameters and its body.

    A parameter is shown where the first of them names it: one that only others have, such as the If-Match of a PUT that
    replaces, would be filled in beside what the first one needs.
    """
    first: ExampleRequest | None = next(iter(examples.values()), None)
    for parameter in operation.get("parameters", ()):
        # Pages that show the document fill their fields with examples. What must not be sent unseen stays empty: a
        # version to change, the key of another request, filters that hide one's own things.
        if "security" in operation and parameter["in"] != "path":
            continue
        if first is not None and parameter["name"] in first.parameters():
            parameter["examples"] = {
                name: {"summary": example.summary, "value": example.parameters()[parameter["name"]]}
                for name, example in examples.items()
                if parameter["name"] in example.parameters()
            }
    for media in operation.get("requestBody", {}).get("content", {}).values():
        media["examples"] = {
            name: {"summary": example.summary, "value": example.body} for name, example in examples.items()
        }


def show_answer(operation: dict[str, Any], name: str, example: ExampleRequest, answer: ExampleAnswer) -> None:
    """Put an answer into an operation of the document. A problem takes the place of the general one of its code."""
    if not answer.content:
        return
    value = answer.value()
    if example.masked and answer.media_type == "application/json":
        value |= example.masked
    if answer.media_type == "application/problem+json":
        name = value["code"]
    media = operation["responses"][str(answer.status)]["content"][answer.media_type]
    media.setdefault("examples", {})[name] = {"summary": example.summary, "value": value}


SOME_ID = "01932b6e-0000-7000-8000-000000000000"
"""Stands for what an example made, where examples are shown that were not run."""


def refused(operation: Mapping[str, Any], model: ExampleRequest) -> Iterator[ExampleRequest]:
    """Requests that any operation refuses; what they have besides comes from `model`, which it accepts."""
    if "security" in operation:
        yield replace(model, summary="Without a token", headers={**model.headers, "authorization": ""})
    yield replace(model, summary="A query parameter that this operation does not have", query={"verbose": "true"})
    if "requestBody" in operation:
        other = "application/json" if model.is_form else FORM
        yield replace(model, summary="A comma after the last member", content='{"comma": "after the last member",}')
        yield replace(
            model,
            summary="JSON instead of a form" if model.is_form else "A form instead of JSON",
            headers={**model.headers, "content-type": other},
            content="name=value",
        )


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path template, method and description of each operation of an OpenAPI document."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation
