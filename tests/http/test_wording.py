"""Every error of the validation library has words of ours."""

import string
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from app.http.validation import words_for
from app.http.wording import ANY_OTHER, WORDS

NOT_MET = {
    "any error of ours": {"value_error"},
    "JSON is parsed before": {"json_invalid", "json_type"},
    "models are made of what was parsed": {
        *(
            "needs_python_object",
            "recursion_loop",
            "recursion_depth_exceeded",
            "no_such_attribute",
            "get_attribute_error",
        ),
        *("invalid_key", "frozen_field", "frozen_instance", "default_factory_not_called", "missing_sentinel_error"),
        *("is_instance_of", "is_subclass_of", "callable_type", "ellipsis_error", "assertion_error"),
        *("dataclass_type", "dataclass_exact_type", "named_tuple_type", "datetime_object_invalid"),
    },
    "functions are not called with what was sent": {
        *("arguments_type", "missing_argument", "unexpected_keyword_argument", "missing_keyword_only_argument"),
        *("unexpected_positional_argument", "missing_positional_only_argument", "multiple_argument_values"),
    },
    "no model has a value of that kind": {
        *("none_required", "string_not_ascii", "enum", "frozen_dict_type", "ordered_dict_type", "counter_type"),
        *("mapping_type", "deque_type", "tuple_type", "set_type", "set_item_not_hashable", "frozen_set_type"),
        *("iterable_type", "iteration_error", "float_type", "float_parsing", "bytes_type", "bytes_too_short"),
        *("bytes_too_long", "bytes_invalid_encoding", "time_type", "time_parsing", "time_delta_type"),
        *("time_delta_parsing", "decimal_type", "decimal_parsing", "decimal_max_digits", "decimal_max_places"),
        *("decimal_whole_digits", "fraction_type", "fraction_parsing", "complex_type", "complex_str_parsing"),
    },
    "no model has a restriction of that kind": {
        *("greater_than", "less_than", "multiple_of", "date_past", "date_future", "datetime_past", "datetime_future"),
        *("date_from_datetime_inexact", "timezone_naive", "timezone_offset", "uuid_version", "url_syntax_violation"),
        *("union_tag_invalid", "union_tag_not_found"),
    },
}
"""Types of errors that no request can be answered with, by the reason."""


def test_every_type_of_error_has_its_words_or_a_reason_why_it_is_never_met() -> None:
    excused = {kind for kinds in NOT_MET.values() for kind in kinds}
    assert set(get_args(ErrorType)) == WORDS.keys() | excused
    assert sorted(WORDS.keys() & excused) == []


def test_a_type_of_error_that_is_not_known_yet_gets_general_words() -> None:
    error = {"type": "float_type", "msg": "Input should be a valid number", "loc": (), "input": "x"}
    assert words_for(error) == (ANY_OTHER.detail, None)


@pytest.mark.parametrize("kind", WORDS)
def test_words_are_sentences_and_need_no_more_than_the_error_has(kind: str) -> None:
    words = WORDS[kind]
    assert words.detail.endswith(".")
    assert words.hint is None or words.hint.endswith(".")
    needed = {name for _, name, _, _ in string.Formatter().parse(words.detail) if name}
    assert needed <= {"min_length", "max_length", "ge", "le", "expected"}
