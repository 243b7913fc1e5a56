"""A draft says what the record says and lists what the record does not have."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from jinja2.exceptions import SecurityError
from pydantic import ValidationError

from app.contacts.names import NameWrite
from app.messages.writing import LANGUAGES, Language, Occasion, Person, written
from app.messages.writing.drafts import _TEMPLATES
from app.messages.writing.vocabulary import PURPOSES, Purpose
from app.rules.vocabulary import Formality

ANNA = Person((NameWrite(given_name="Anna", family_name="Müller", honorific_prefix="Frau"),))
OCCASION = Occasion(
    "thank_you",
    "de",
    "formal",
    "Jonas Weber",
    ANNA,
    "Initech GmbH",
    "Dateningenieur",
    date(2026, 11, 5),
    "Die Abrechnung",
)


def test_nothing_is_missing_where_everything_is_known() -> None:
    draft = written(OCCASION)
    assert draft.missing == ()
    assert (draft.language, draft.level) == ("de", "formal")
    assert draft.subject == "Vielen Dank für das Gespräch am 5. November"
    assert draft.body.startswith("Sehr geehrte Frau Müller,\n\n")
    assert draft.body.endswith("Mit freundlichen Grüßen\nJonas Weber\n")


def test_what_is_not_known_is_listed_and_left_out() -> None:
    draft = written(replace(OCCASION, sender=None, recipient=None, point=None, interview_on=None))
    assert [(one.fact, one.is_required) for one in draft.missing] == [
        ("sender.name", True),
        ("recipient.name", False),
        ("reflection.point", False),
    ]
    assert draft.body.endswith("Mit freundlichen Grüßen\n[[name]]\n")
    assert "Punkt" not in draft.body
    assert "None" not in draft.subject + draft.body


def test_a_gender_that_is_not_on_record_is_listed() -> None:
    kim = Person((NameWrite(given_name="Kim", family_name="Berger"),))
    assert [one.fact for one in written(replace(OCCASION, recipient=kim)).missing] == ["recipient.gender"]


def test_nothing_is_asked_of_whoever_has_said_that_no_gender_is_to_be_assumed() -> None:
    robin = NameWrite(given_name="Robin", family_name="Hale", honorific_prefix="Mx")
    for reader in (Person((robin,)), Person((NameWrite(given_name="Robin"),), "they/them")):
        assert written(replace(OCCASION, recipient=reader)).missing == ()


@pytest.mark.parametrize(
    ("language", "formality", "missing"),
    [
        ("ko", "formal", []),
        ("th", "neutral", []),
        ("zh-Hans", "casual", []),
        ("zh-Hans", "neutral", ["recipient.gender"]),
        ("de", "casual", []),
        ("de", "formal", ["recipient.gender"]),
    ],
)
def test_a_gender_is_listed_only_where_the_language_addresses_by_it(
    language: str, formality: Formality, missing: list[str]
) -> None:
    kim = Person((NameWrite(given_name="Kim", family_name="Berger"),))
    draft = written(replace(OCCASION, language=language, formality=formality, recipient=kim))
    assert [one.fact for one in draft.missing] == missing


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_text_tells_by_its_salutation_whether_it_depends_on_a_gender(tag: str) -> None:
    """Otherwise a gender that would change the text were not listed as missing."""
    she, he = (Person((NameWrite(given_name="Kim", family_name="Berger"),), said) for said in ("she/her", "he/him"))
    patterns = LANGUAGES[tag].salutations
    for formality, level in LANGUAGES[tag].level_of.items():
        if patterns[level]["female"] == patterns[level]["male"]:
            for purpose in PURPOSES:
                occasion = replace(OCCASION, purpose=purpose, language=tag, formality=formality, recipient=she)
                assert written(occasion).body == written(replace(occasion, recipient=he)).body


@pytest.mark.parametrize("text", ["{{ 7 * 7 }}", "{% raw %}", "<b>&amp;</b>", "{{ company.__class__ }}"])
def test_what_the_user_wrote_is_text_and_no_template(text: str) -> None:
    draft = written(replace(OCCASION, point=text, company=text, position=text, sender=text))
    assert f"in Erinnerung geblieben: {text}\n" in draft.body
    assert draft.body.endswith(f"{text}\n")


def test_a_point_of_several_lines_becomes_one() -> None:
    assert ": Eins zwei drei\n" in written(replace(OCCASION, point="Eins\nzwei\n\n drei ")).body


def test_a_sentence_that_ends_with_a_name_with_a_full_stop_has_no_second_one() -> None:
    draft = written(replace(OCCASION, purpose="reference_thanks", language="nl", company="Initech B.V.", point=None))
    assert "bij Initech B.V.\n" in draft.body
    assert "Mal sehen...\n" in written(replace(OCCASION, point="Mal sehen...")).body


@pytest.mark.parametrize(
    ("day", "written_as"), [(date(2026, 12, 1), "am 1te Dezember"), (date(2026, 12, 2), "am 2.12.")]
)
def test_the_first_of_a_month_may_be_written_otherwise(
    day: date, written_as: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    language = Language.model_validate(_language(date_format="d.M.", date_format_of_first="d'te' MMMM"))
    monkeypatch.setattr("app.messages.writing.drafts.LANGUAGES", {"de": language})
    assert written(replace(OCCASION, interview_on=day)).subject.endswith(written_as)


def test_spaces_at_which_no_line_may_break_are_kept() -> None:
    point = "le projet\u00a0: «\u202fAtlas\u202f»"
    assert f": {point}\n" in written(replace(OCCASION, point=point)).body


def test_templates_cannot_reach_into_the_program() -> None:
    with pytest.raises(SecurityError):
        _TEMPLATES.from_string("{{ ''.__class__.__mro__ }}").render()


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_text_closes_with_the_sender_and_is_short(tag: str, purpose: Purpose) -> None:
    for formality in ("casual", "neutral", "formal", "very_formal"):
        draft = written(replace(OCCASION, purpose=purpose, language=tag, formality=formality))
        assert "Jonas Weber" in draft.body.splitlines()[-1], "드림 and 敬上 stand after the name"
        assert "\n" not in draft.subject
        assert 0 < len(draft.subject) <= 120
        assert len(draft.body) <= 1200


def test_thanks_never_ask_for_the_result() -> None:
    for tag in LANGUAGES:
        assert not set("?\uff1f\u061f") & set(written(replace(OCCASION, language=tag)).body), tag


def _language(**changed: object) -> dict[str, Any]:
    return LANGUAGES["de"].model_dump(mode="json", exclude_none=True) | changed


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"closings": {"formal": "MfG"}}, "exactly the levels"),
        ({"salutations": {level: {"female": ["Hallo"]} for level in ("familiar", "polite", "formal")}}, "lacks male"),
        (
            {
                "salutations": {
                    level: {"female": ["{first}"], "male": ["-"], "unknown": ["-"], "nobody": ["-"]}
                    for level in ("familiar", "polite", "formal")
                }
            },
            "unknown placeholder first",
        ),
        (
            {
                "salutations": {
                    level: {"female": ["-"], "male": ["-"], "unknown": ["-"], "nobody": ["{family}"]}
                    for level in ("familiar", "polite", "formal")
                }
            },
            "a name that nobody has",
        ),
    ],
)
def test_a_language_that_is_not_whole_is_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Language.model_validate(_language(**changed))


def test_a_reader_is_addressed_with_the_company_only_where_they_belong_to_it() -> None:
    tanaka = Person((NameWrite(given_name="愛子", family_name="田中", language="ja"),))
    to_the_company = replace(OCCASION, language="ja", company="株式会社イニテック", recipient=tanaka)
    assert written(to_the_company).body.startswith("株式会社イニテック\n田中様\n\n")
    for elsewhere in (replace(to_the_company, via_agency=True), replace(to_the_company, purpose="reference_request")):
        assert written(elsewhere).body.startswith("田中様\n\n")
    assert written(replace(to_the_company, via_agency=True, recipient=None)).body.startswith("ご担当者様\n\n")


def test_a_british_letter_to_nobody_in_particular_closes_faithfully() -> None:
    british = replace(OCCASION, language="en-GB")
    assert "Yours sincerely," in written(british).body
    assert "Dear Sir or Madam,\n" in written(replace(british, recipient=None)).body
    assert written(replace(british, recipient=None)).body.endswith("Yours faithfully,\nJonas Weber\n")
