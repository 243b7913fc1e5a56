"""What clients send and get about decisions."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, field_validator

from app.http.countries import form_only
from app.http.problems import Problem
from app.rules.decision import Decision, Described
from app.rules.facts import Facts

MOST_ITEMS = 1000


class PreviewFacts(Facts):
    """The facts of one interview and one recipient. Only `country` is needed; leave out what is not known."""

    model_config = ConfigDict(title="Facts")

    # Whether there is such a country is asked of the book: data of its own may know fewer.
    _country_is_a_code = field_validator("country", mode="before")(form_only)


class PreviewBatch(BaseModel):
    """Facts of many interviews."""

    model_config = ConfigDict(extra="forbid")

    items: Annotated[
        list[SkipValidation[PreviewFacts]],
        Field(
            min_length=1,
            max_length=MOST_ITEMS,
            description="Each is decided by itself; one that cannot be read gets its problem and spoils no other.",
        ),
    ]


@dataclass(slots=True)
class PreviewResult(Described):
    """The decision for one item of a batch, or its problem; the other is null."""

    decision: Decision | None
    problem: Problem | None


@dataclass(slots=True)
class PreviewBatchResults(Described):
    """Results in the order of the items."""

    results: list[PreviewResult]
