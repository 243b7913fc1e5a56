"""What clients send and get about decisions."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, field_validator

from app import country_names
from app.http.problems import Problem
from app.rules.decision import Decision, Described
from app.rules.facts import Facts

MOST_ITEMS = 1000
_CODE = re.compile(r"[A-Z]{2}")


class CountryNameGiven(ValueError):
    """A country was given by something else than its code."""

    def __init__(self, given: str) -> None:
        code = country_names.code_for(given)
        super().__init__("Give the country as an ISO 3166-1 alpha-2 code: two capital letters.")
        near = country_names.suggestions(given) if code is None else []
        self.hint = f'Write "{code}".' if code else f"Did you mean {' or '.join(near)}?" if near else None


class PreviewFacts(Facts):
    """The facts of one interview and one recipient. Only `country` is needed; leave out what is not known."""

    model_config = ConfigDict(title="Facts")

    @field_validator("country", mode="before")
    @classmethod
    def _country_is_a_code(cls, given: Any) -> Any:  # noqa: ANN401 - whatever was sent
        if isinstance(given, str) and not _CODE.fullmatch(given):
            raise CountryNameGiven(given)
        return given


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
