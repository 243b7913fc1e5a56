"""What Schemathesis cannot know from the document; loaded by schemathesis.toml.

A JSON Schema can say neither that two facts go together nor which names and days exist, and the batch answers 200 with
a problem in the place of an item that is wrong. Failures that rest on nothing else are dropped; all others count.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.openapi.checks import RejectedPositiveData

BEYOND_SCHEMAS = (
    ("country|posted_in", "ISO 3166-1 alpha-2 code"),
    ("subdivision", "is not a subdivision of|ISO 3166-2 code"),
    ("time_zone", "is no IANA time zone"),
    ("(starts|ends|ended)_at", "is no moment that exists"),
    ("(starts|ends|ended)_at", "needs an offset"),
    ("(starts|ends|ended)_at", "where the clocks change"),
    ("ends_at", "must be after starts_at"),
    ("expires_at", "This is over already"),
    ("decided_on", "is before applied_on"),
    ("enquiries", "says that (the candidate has|you have) asked"),
    ("via_agency|introduced_by_person", "is false, but"),
    ("status", "has not begun|lies in the future|is yet to come"),
    ("If-Match", "names no version|is not the current one"),
    ("cursor", "is no cursor of this list"),
    ("state|reason|until|working_days", "and only with it"),
    ("until", "is over"),
    ("state", "is answered with yes or no|cannot be|has not"),
    ("application_id", "is for another application"),
    # Where an answer says null, its follower asks for the id "None".
    ("[a-z_]*_id", "is no UUID"),
    ("region", "is no region of UN M49"),
    ("jurisdiction", "ISO 3166-1 alpha-2 code"),
    ("[a-z_]*_id", "of yours has this id|cannot be merged with itself"),
    ("domain|[0-9]+", "is no domain"),
    ("link|url|posting_url", "once everything but ASCII is escaped|must begin with|no address of a page"),
    ("address|email", "is no e-mail address"),
    ("number|extension", "phone|number|extension"),
    ("name|[0-9]+", "needs given_name or family_name"),
    ("password|new_password", "among the first that are guessed|is the address|the same|cannot be in a password"),
    ("(old_)?password", "is not the password of the account"),
    ("Idempotency-Key", "came with another request"),
    ("username|password", "do not belong together"),
    ("[0-9]+", "needs more than its country"),
    ("#", "that is no draft says something|says something about the company"),
    ("[a-z_]*_(on|at)", "lies in the future"),
    ("answer_by|last_enquiry_on", "is before the day of the interview"),
    ("(from|until)_on", "before another one has ended|must not be before from_on"),
    ("consent_(for|until)", "There is no consent whose|must not be before consent_given_on"),
    ("thanked_in_person|attended|starts_at", "has not begun|cannot be one to come"),
    ("If-None-Match", "must be "),
    ("password", "was given for another login"),
    ("purpose|(participant|contact|reference)_id", "needs somebody whom it is to|say to whom|not what says to whom"),
    # Which of the three is needed depends on the purpose.
    ("(participant|contact|reference)_id", "This is required"),
    ("override_prohibition", "is overridden for a reason"),
    ("language", "There are no templates in"),
    ("send_at", "This moment is over|days ahead|Say when it is to be sent"),
    ("token", "was not given out by this server"),
    ("from_address", "is no e-mail address"),
    (".*", "control character|not white space|in NFC|stands in the list already|stands twice|Name each channel once"),
)
"""Field or parameter, and what is said about it; patterns."""


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
    return any(re.fullmatch(field, place) and re.search(words, error["detail"]) for field, words in BEYOND_SCHEMAS)


def _problems(results: dict[str, Any]) -> Iterator[object]:
    return (result["problem"] for result in results["results"])
