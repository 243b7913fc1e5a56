"""What is said where Pydantic finds a value wrong: our words for each of its own errors, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.rules.facts import MOMENTS_COUNT


@dataclass(frozen=True, slots=True)
class Words:
    """What is wrong, and how to mend it where that does not go without saying; both take the context of the error."""

    detail: str
    hint: str | None = None


ANY_OTHER: Final = Words("This cannot be used here.")
_OBJECT = Words("This must be a JSON object.")
_WHOLE_NUMBER = Words("This must be a whole number.")
_TRUE_OR_FALSE = Words("This must be true or false.")
_UUID = Words(
    "This is no UUID.", "Copy the `id` of what is meant from an earlier answer: 01932b6e-0000-7000-8000-000000000000."
)
_DAY = Words("This must be a day, such as 2026-11-23.")
_NO_DAY = Words(
    "This is no day that exists.", "Months go from 01 to 12, and days to the last of the month. Write 2026-11-23."
)
_MOMENT = Words("This must be a moment, such as 2026-11-23T15:00:00+09:00.")
_NO_MOMENT = Words("This is no moment that exists.", MOMENTS_COUNT)
_NO_ADDRESS = Words(
    "This is no address of a page.", "Write the whole of it, beginning with https://, as in https://example.com/jobs."
)

WORDS: Mapping[str, Words] = {
    "missing": Words("This is required."),
    "extra_forbidden": Words("This is not known here."),
    "model_attributes_type": _OBJECT,
    "model_type": _OBJECT,
    "dict_type": _OBJECT,
    "list_type": Words("This must be a JSON array."),
    "string_type": Words("This must be a string."),
    "string_unicode": Words("This must be text in UTF-8."),
    "string_too_short": Words("This must have at least {min_length} character(s)."),
    "string_too_long": Words("This must have at most {max_length} characters."),
    "string_pattern_mismatch": Words("This is not in the form that is needed here."),
    "too_short": Words("This must have at least {min_length} item(s)."),
    "too_long": Words("This must have at most {max_length} items."),
    "greater_than_equal": Words("This must be {ge} or more."),
    "less_than_equal": Words("This must be {le} or less."),
    "literal_error": Words("This must be {expected}."),
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": Words("This must be a whole number of fewer digits."),
    "int_from_float": _WHOLE_NUMBER,
    "bool_type": _TRUE_OR_FALSE,
    "bool_parsing": _TRUE_OR_FALSE,
    "finite_number": Words("This must be a finite number."),
    "date_type": _DAY,
    "date_parsing": _NO_DAY,
    "date_from_datetime_parsing": _NO_DAY,
    "datetime_type": _MOMENT,
    "datetime_parsing": _NO_MOMENT,
    "datetime_from_date_parsing": _NO_MOMENT,
    "timezone_aware": Words(
        "This needs an offset from UTC, as in 2026-11-23T15:00:00+09:00.",
        "Add +09:00 or the like, or Z for UTC itself.",
    ),
    "uuid_type": _UUID,
    "uuid_parsing": _UUID,
    "url_type": _NO_ADDRESS,
    "url_parsing": _NO_ADDRESS,
    "url_scheme": Words("This must begin with http:// or https://.", _NO_ADDRESS.hint),
    "url_too_long": Words("This must have at most {max_length} characters."),
}
"""By the type of the error. A test holds them against the list of all types there are."""
