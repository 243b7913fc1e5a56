"""Text that people write: kept as they wrote it, compared without case, accents, width or kind of kana."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_WITHOUT_ACCENT = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
_LETTERS = {ord(letter): plain for letter, plain in _WITHOUT_ACCENT.items()}
_KANA_MARKS = {0x3099, 0x309A}


def normalised(text: str) -> str:
    """The text in NFC, with line feeds as line ends and without white space around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def folded(text: str) -> str:
    """What a text is compared and searched by; never shown.

    Case, accents, width, kind of kana and runs of white space do not matter: `Müller` and `MULLER`, `タナカ` and
    `たなか`, full-width and plain letters are the same. The marks that tell か from が stay.
    """
    compatible = unicodedata.normalize("NFKC", text).casefold()
    letters = unicodedata.normalize("NFD", compatible)
    plain = "".join(one for one in letters if not unicodedata.combining(one) or ord(one) in _KANA_MARKS)
    return " ".join(unicodedata.normalize("NFC", plain).translate(_KATAKANA).translate(_LETTERS).split())


@dataclass(frozen=True, slots=True)
class Prose:
    """In `Annotated[str, Prose(2000)]`: a text of 1 to so many characters, in NFC, trimmed, without control characters.

    It may have several lines.
    """

    most: int
    _forbidden: ClassVar = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
    _kind: ClassVar = "text"

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Length first, so that nothing is done to a text that is too long."""
        text = core_schema.str_schema(min_length=1, max_length=self.most)
        return core_schema.no_info_after_validator_function(self._checked, text)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """As a string that is not only white space."""
        return {**handler(schema), "pattern": r"\S"}

    def _checked(self, given: str) -> str:
        text = normalised(given)
        if len(text) > self.most:  # NFC writes a few letters as several
            message = "This must have at most {max_length} characters, and has {length} in NFC"
            raise PydanticCustomError("too_long_in_nfc", message, {"max_length": self.most, "length": len(text)})
        if found := self._forbidden.search(text):
            context = {"code": f"U+{ord(found[0]):04X}", "kind": self._kind}
            message = "The control character {code} is not allowed in {kind}"
            raise PydanticCustomError("control_character", message, context)
        if not text:
            raise PydanticCustomError("empty_text", "This must have at least one character that is not white space")
        return text


class Line(Prose):
    """In `Annotated[str, Line(200)]`: the same on a single line, such as a name.

    What changes the direction of what follows is refused, too: with it a name could look like another.
    """

    _forbidden: ClassVar = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
    _kind: ClassVar = "a single line"
