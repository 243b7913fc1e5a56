"""Links that open a mail program."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from app.messages.handing_over.mailto import LONGEST, link


def test_the_whole_message_is_in_the_link() -> None:
    made = link("aiko.tanaka@initech.example", "Tuesday", "Dear Ms Tanaka,\n\nThank you.\n")
    assert made.url == (
        "mailto:aiko.tanaka@initech.example?subject=Tuesday&body=Dear%20Ms%20Tanaka%2C%0D%0A%0D%0AThank%20you."
    )
    assert made.warnings == ()


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("面接のお礼", "田中様\n\n本日はありがとうございました。"),
        ("Größe & Maß = 100 %", "A+B? #1\n\tTab"),
        ("شكرا", "👋🏽 Zoë"),
    ],
)
def test_what_a_program_reads_is_what_was_written(subject: str, body: str) -> None:
    made = urlsplit(link("kim@example.com", subject, body).url)
    assert made.query.isascii()
    # A program reads + as itself; decoded as in a form it would be a space.
    assert "+" not in made.query
    assert parse_qs(made.query) == {"subject": [subject], "body": [body.replace("\n", "\r\n")]}


def test_neither_subject_nor_address_can_add_a_field() -> None:
    made = link("o'hara&bcc=x?y+jobs@example.com", "Thanks\r\nBcc: eve@example.com", "Hello&cc=eve@example.com")
    assert made.url.startswith("mailto:o%27hara%26bcc%3Dx%3Fy%2Bjobs@example.com?subject=")
    fields = parse_qs(urlsplit(made.url).query)
    assert fields == {"subject": ["Thanks Bcc: eve@example.com"], "body": ["Hello&cc=eve@example.com"]}


def test_a_domain_is_written_as_programs_know_it_that_know_no_idn() -> None:
    assert link("kim@bücher.example", "Tuesday", "").url == "mailto:kim@xn--bcher-kva.example?subject=Tuesday"


def test_an_address_that_few_servers_take_comes_with_a_warning() -> None:
    made = link("愛子@example.com", "", "")
    assert made.url == "mailto:%E6%84%9B%E5%AD%90@example.com"
    assert unquote(made.url) == "mailto:愛子@example.com"
    assert made.warnings == ("address_needs_smtputf8",)


def test_without_an_address_the_user_fills_it_in() -> None:
    made = link(None, "Tuesday", "Thank you.")
    assert made.url == "mailto:?subject=Tuesday&body=Thank%20you."
    assert made.warnings == ("no_address",)


def test_a_link_that_programs_may_cut_comes_with_a_warning() -> None:
    rest = len(link("kim@example.com", "Tuesday", "x").url) - 1
    assert link("kim@example.com", "Tuesday", "x" * (LONGEST - rest)).warnings == ()
    longer = link("kim@example.com", "Tuesday", "x" * (LONGEST - rest + 1))
    assert longer.warnings == ("link_is_long",)
    assert longer.url.endswith("x" * (LONGEST - rest + 1))
