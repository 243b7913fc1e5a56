"""Lists of words: each once, and several of them in one query parameter."""

from dataclasses import dataclass
from typing import Any

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from app.http.validation import did_you_mean

_LONGEST = 2000


def _distinct(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


EACH_ONCE = AfterValidator(_distinct)
"""In `Annotated[list[str], EACH_ONCE]`: what stands in the list again is left out."""


@dataclass(frozen=True, slots=True)
class SeveralOf:
    """In `Annotated[str, SeveralOf(("open", "closed"))]`: some of the words, with commas between them.

    For query parameters; `named` gives the words.
    """

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Length first, so that nothing is done to a text that is too long."""
        text = core_schema.str_schema(max_length=_LONGEST)
        return core_schema.no_info_after_validator_function(self._checked, text)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """As a pattern, which a schema of one string can say."""
        word = "|".join(word.replace(".", r"\.") for word in self.words)
        return {**handler(schema), "pattern": f"^({word})(,({word}))*$"}

    def _checked(self, given: str) -> str:
        for word in named(given) or [given]:
            if word not in self.words:
                near = did_you_mean(word, self.words)
                known = f"Known here, with commas between them: {', '.join(self.words)}."
                context = {"word": repr(word), "hint": f"{near} {known}" if near else known}
                raise PydanticCustomError("unknown_word", "{word} is not known here", context)
        return given


def named(given: str | None) -> list[str]:
    """The words that such a parameter names; none where it is missing."""
    return given.split(",") if given else []
