"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.http.examples import ExampleRequest, Examples, Made

_ENQUIRY = {"message_id": Made("create_message", "enquiry")}
_WITHDRAWAL = {"message_id": Made("create_message", "withdrawal")}

EXAMPLES: Examples = {
    "get_message_mailto": {"enquiry": ExampleRequest("A link", path=_ENQUIRY)},
    "get_message_eml": {"enquiry": ExampleRequest("A file for mail programs", path=_ENQUIRY)},
    "get_message_text": {"enquiry": ExampleRequest("The text alone", path=_ENQUIRY)},
    "get_message_letter": {
        "enquiry": ExampleRequest("A letter that is posted in Japan", path=_ENQUIRY, query={"posted_in": "JP"})
    },
}

REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "get_message_eml": (ExampleRequest("To nobody in particular", path=_WITHDRAWAL),),
}
