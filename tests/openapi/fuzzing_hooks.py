"""What Schemathesis cannot know from the document; loaded by schemathesis.toml.

A JSON Schema can say neither that two facts go together nor which names and days exist, and the batch answers 200 with
a problem in the place of an item that is wrong. Failures that rest on nothing else are dropped; all others count.
"""

import json
from collections.abc import Iterator
from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.openapi.checks import RejectedPositiveData

BEYOND_SCHEMAS = (
    ("country", "is no ISO 3166-1 alpha-2 code"),
    ("subdivision", "is not a subdivision of"),
    ("time_zone", "is no IANA time zone"),
    ("ended_at", "is no moment that exists"),
    ("ended_at", "needs an offset"),
    ("ended_at", "where the clocks change"),
    ("enquiries", "says that the candidate has asked"),
    ("cursor", "is no cursor of this list"),
    ("region", "is no region of UN M49"),
    ("jurisdiction", "is no ISO 3166-1 alpha-2 code"),
)
"""Field or parameter, and what is said about it."""


@schemathesis.hook
def filter_failure(context: HookContext, failure: Failure, case: Case[Any], response: Response) -> bool:  # noqa: ARG001
    """Whether a failure counts."""
    content = json.loads(response.content or b"null")
    if isinstance(failure, RejectedPositiveData):
        return not all(map(_beyond_schemas, content["errors"]))
    if isinstance(failure, AcceptedNegativeData) and case.operation.path == "/v1/decisions/preview/batch":
        return not any(_problems(content))
    return True


def _beyond_schemas(error: dict[str, str]) -> bool:
    place = error.get("pointer", error.get("parameter", "")).rpartition("/")[2]
    return any(place == field and words in error["detail"] for field, words in BEYOND_SCHEMAS)


def _problems(results: dict[str, Any]) -> Iterator[object]:
    return (result["problem"] for result in results["results"])
