"""Texts of one form, which say in words what they should have been."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True)
class Form:
    """In `Annotated[str, Form(r"^[0-9]{3}$", "This is no …", "Write …")]`: a text that matches the pattern."""

    pattern: str
    problem: str
    """What is said of any other text."""
    hint: str
    """How to mend it."""
    most: int | None = None
    """Characters at most."""
    least: int | None = None
    """Characters at least."""

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Kind and length first, with the words that these have everywhere."""
        formed = core_schema.custom_error_schema(
            core_schema.str_schema(pattern=self.pattern),
            custom_error_type="form",
            custom_error_message=self.problem,
            custom_error_context={"hint": self.hint},
        )
        return core_schema.chain_schema([core_schema.str_schema(min_length=self.least, max_length=self.most), formed])

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """As a string with that pattern."""
        lengths = {"minLength": self.least, "maxLength": self.most}
        return {
            "type": "string",
            **{name: length for name, length in lengths.items() if length is not None},
            "pattern": self.pattern,
        }
