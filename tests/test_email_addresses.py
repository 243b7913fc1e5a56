import pytest
from pydantic_core import PydanticCustomError

from app.email_addresses import checked, deliverable, normalised


@pytest.mark.parametrize(
    "given",
    ["Aiko.Tanaka@Example.COM", " aiko.tanaka@example.com ", "AIKO.TANAKA@EXAMPLE.COM"],
)
def test_neither_case_nor_space_makes_another_address(given: str) -> None:
    assert normalised(given) == "aiko.tanaka@example.com"


def test_a_domain_in_unicode_is_the_same_as_in_ascii() -> None:
    assert normalised("kim@bücher.example.com") == normalised("kim@xn--bcher-kva.example.com")


def test_signs_in_the_first_part_make_another_address() -> None:
    assert len({normalised(f"kim{sign}@example.com") for sign in ("", "+jobs", ".larsen")}) == 3


LONGER_WHEN_FOLDED = "ß" * 62 + "@" + ("d" * 60 + ".") * 2 + "example.com"


@pytest.mark.parametrize(
    "given", ["kim", "kim@", "@example.com", "kim@localhost", "a@b@example.com", LONGER_WHEN_FOLDED]
)
def test_what_is_no_address_is_told_how_it_is_written(given: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        checked(given)
    assert refused.value.message() == "This is no e-mail address"
    assert refused.value.context is not None
    assert refused.value.context["hint"].startswith("Write it as name@example.com. ")
    assert refused.value.context["hint"].endswith(".")


def test_mail_goes_to_an_address_as_it_is_written_at_a_domain_in_ascii() -> None:
    assert deliverable(" Kim.Larsen@Bücher.example.com ") == "Kim.Larsen@xn--bcher-kva.example.com"


@pytest.mark.parametrize("given", ["kim", "ß" * 63 + "@" + ("d" * 60 + ".") * 3 + "example.com"])
def test_mail_goes_to_nothing_that_is_no_address(given: str) -> None:
    with pytest.raises(ValueError, match=r"@|characters|long"):
        deliverable(given)
