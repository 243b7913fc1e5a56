"""The language of a draft is the first that is wanted and that there are templates for."""

import pytest

from app.messages.writing import LANGUAGES, choose


@pytest.mark.parametrize(
    ("languages", "country", "tag"),
    [
        (["ja", "en"], "JP", "ja"),
        (["en"], "US", "en-US"),
        (["en"], "CA", "en-US"),
        (["en"], "PH", "en-US"),
        (["en"], "GB", "en-GB"),
        (["en"], "IE", "en-GB"),
        (["en"], "IN", "en-GB"),
        (["en"], "SE", "en-GB"),
        (["en-GB"], "US", "en-GB"),
        (["en"], None, "en-US"),
        (["de-CH", "fr-CH"], "CH", "de"),
        (["zh"], None, "zh-Hans"),
        (["zh"], "US", "zh-Hans"),
        (["zh"], "CN", "zh-Hans"),
        (["zh"], "TW", "zh-Hant"),
        (["zh"], "HK", "zh-Hant"),
        (["zh"], "MO", "zh-Hant"),
        (["zh-SG"], "TW", "zh-Hans"),
        (["zh-TW"], "US", "zh-Hant"),
        (["zh-Hant"], "CN", "zh-Hant"),
    ],
)
def test_a_language_is_chosen_in_the_form_of_the_country(languages: list[str], country: str | None, tag: str) -> None:
    assert choose(languages, country) == (tag, False)


def test_what_has_no_templates_is_passed_over() -> None:
    assert "sw" not in LANGUAGES
    assert choose(["sw", "en"], "KE") == ("en-GB", False)


@pytest.mark.parametrize(
    ("country", "tag"), [("RS", "en-US"), ("SI", "en-GB"), ("US", "en-US"), ("GB", "en-GB"), (None, "en-US")]
)
def test_english_stands_in_where_there_are_no_templates(country: str | None, tag: str) -> None:
    assert choose(["sr", "uz"], country) == (tag, True)
    assert choose([], country) == (tag, True)
