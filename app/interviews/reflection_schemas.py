"""What clients send and get about reflections."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from app.http.resources import Patch, Resource, Sent, Shown
from app.interviews import vocabulary as words
from app.text import Prose

MOST_ITEMS = 100
_Text = Annotated[str, Prose(20_000)]
_Sentence = Annotated[str, Prose(2000)]
_Answer = Annotated[str, Prose(5000)]
_Few = Field(max_length=MOST_ITEMS)


class ImportantPointWrite(Sent):
    """Something important that was said."""

    text: _Sentence = Field(description="What was said.")
    for_note: StrictBool = Field(default=False, description="A thank-you note may refer to it.")


class OpenQuestionWrite(Sent):
    """A question that the interview left open."""

    question: _Sentence = Field(description="What is still to be asked.")
    answer: _Answer | None = Field(None, description="The answer, once it is known.")


class AskedQuestionWrite(Sent):
    """A question that the user was asked."""

    question: _Sentence = Field(description="What was asked.")
    answer: _Answer | None = Field(None, description="What you answered.")
    went: words.Went | None = Field(None, description="How the answer went.")


class ReflectionWrite(Sent):
    """What the user makes of an interview. One that is no draft says something."""

    draft: StrictBool = Field(default=False, description="It is not finished; a draft may be empty.")
    learned_about_company: _Text | None = Field(None, description="What you learned about the company.")
    learned_about_position: _Text | None = Field(None, description="What you learned about the position.")
    important_points: Annotated[list[ImportantPointWrite], _Few] = Field(
        default=[], description="Important things that were said."
    )
    open_questions: Annotated[list[OpenQuestionWrite], _Few] = Field(
        default=[], description="Questions that are still open, or were afterwards."
    )
    questions_asked: Annotated[list[AskedQuestionWrite], _Few] = Field(
        default=[], description="Questions that you were asked, and how the answers went."
    )
    went_well: _Text | None = Field(None, description="What went well.")
    to_improve: _Text | None = Field(None, description="What to do better next time.")
    mood: words.Mood | None = Field(None, description="How you feel about it.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.draft and not any(getattr(self, name) for name in type(self).model_fields if name != "draft"):
            message = "A reflection that is no draft says something"
            context = {"hint": "Fill one of its members, or send draft: true."}
            raise PydanticCustomError("empty_reflection", message, context)
        return self


class ReflectionPatch(Patch, of=ReflectionWrite):
    """A change to a reflection, as JSON Merge Patch."""


class ImportantPoint(Shown):
    """Something important that was said."""

    text: str
    for_note: bool
    """A thank-you note may refer to it."""


class OpenQuestion(Shown):
    """A question that the interview left open."""

    question: str
    answer: str | None


class AskedQuestion(Shown):
    """A question that the user was asked."""

    question: str
    answer: str | None
    went: words.Went | None


class Reflection(Resource):
    """What the user makes of an interview."""

    interview_id: UUID
    draft: bool
    learned_about_company: str | None
    learned_about_position: str | None
    important_points: list[ImportantPoint]
    open_questions: list[OpenQuestion]
    questions_asked: list[AskedQuestion]
    went_well: str | None
    to_improve: str | None
    mood: words.Mood | None
