"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.http.examples import ExampleRequest, Examples

EXAMPLES: Examples = {
    "list_events": {
        "applications": ExampleRequest(
            "What has happened to applications",
            query={
                "after": 0,
                "type": "application.created,application.accepted",
                "sort": "number",
                "limit": 2,
            },
        )
    },
}
REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "list_events": [ExampleRequest("A number below none", query={"after": -1})],
}
