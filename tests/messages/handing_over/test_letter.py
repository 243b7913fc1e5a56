"""Letters, printed by a browser."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from app.messages.handing_over.errors import LetterTooLong
from app.messages.handing_over.letter import Letter, printable
from app.messages.handing_over.postal_addresses import PostalAddress

BERLIN = PostalAddress("DE", "Hauptstraße 1", "Berlin", None, "10115")
NEW_YORK = PostalAddress("US", "1 Main St", "Albany", "NY", "12207")
LETTER = Letter(
    language="en-GB",
    day=date(2026, 11, 24),
    sender=("Kim Larsen", "kim@example.com"),
    recipient="Dr. Julia Müller",
    company="Initech GmbH",
    address=BERLIN,
    subject="Our conversation on Tuesday",
    body="Dear Dr Müller,\n\nThank you for the conversation.\n\nBest regards,\n\nKim Larsen",
)
MILLIMETRE = 72 / 25.4


def printed(browser: Browser, folder: Path, letter: Letter) -> PdfReader:
    """The letter as the browser prints it, without the browser's own margins and without any network."""
    file = folder / "letter.html"
    file.write_text(printable(letter).html, encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    document = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert asked == [file.as_uri()]
    assert complaints == []
    return document


def size_of(letter: Letter) -> int:
    """The size of its type, in points; 0 where it does not fit."""
    try:
        html = printable(letter).html
    except LetterTooLong:
        return 0
    found = re.search(r"html \{ font-size: (\d+)pt; \}", html)
    assert found is not None
    return int(found[1])


def longest(letter: Letter, text: str, size: int) -> Letter:
    """The letter with as much of a text, said again and again, as fits in type of this size."""
    least, most = 1, 10_000
    while least < most:
        middle = (least + most + 1) // 2
        if size_of(_saying(letter, text, middle)) >= size:
            least = middle
        else:
            most = middle - 1
    return _saying(letter, text, least)


def _saying(letter: Letter, text: str, length: int) -> Letter:
    body = (text * (length // len(text) + 1))[:length]
    return replace(letter, body=f"Dear Dr Müller,\n\n{body}\n\nBest regards,\n\nKim Larsen")


@pytest.mark.parametrize(
    ("address", "posted_in", "paper"),
    [
        (BERLIN, None, (210, 297)),
        (NEW_YORK, None, (215.9, 279.4)),
        (NEW_YORK, "DE", (210, 297)),
        (BERLIN, "CA", (215.9, 279.4)),
        (None, None, (210, 297)),
    ],
)
def test_a_letter_prints_on_one_page_of_the_paper_of_the_country(
    browser: Browser,
    tmp_path: Path,
    address: PostalAddress | None,
    posted_in: str | None,
    paper: tuple[float, float],
) -> None:
    document = printed(browser, tmp_path, replace(LETTER, address=address, posted_in=posted_in))
    assert len(document.pages) == 1
    size = tuple(float(side) / MILLIMETRE for side in document.pages[0].mediabox[2:])
    assert size == pytest.approx(paper, abs=0.5)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for the conversation on Tuesday about the platform team, and for showing me round. ",
        "Weiterentwicklungsmöglichkeiten der Auftragsabwicklungssoftware: Donaudampfschifffahrtsgesellschaftskapitän. ",
        "本日はお忙しい中、面接のお時間をいただき、誠にありがとうございました。",
        "شكرا جزيلا على وقتك يوم الثلاثاء وعلى الحديث عن فريق المنصة. ",
        "MWW — 100 % @ ",
        "Short.\n",
    ],
    ids=["english", "long words", "japanese", "arabic", "wide", "lines"],
)
@pytest.mark.parametrize(("address", "size"), [(BERLIN, 11), (NEW_YORK, 9)], ids=["A4", "letter"])
def test_the_longest_letter_still_prints_on_one_page(
    browser: Browser, tmp_path: Path, text: str, address: PostalAddress, size: int
) -> None:
    letter = longest(replace(LETTER, address=address), text, size)
    assert size_of(letter) == size
    assert len(printed(browser, tmp_path, letter).pages) == 1


def test_a_longer_letter_is_set_in_smaller_type_until_that_cannot_be_read() -> None:
    sizes = [size_of(_saying(LETTER, "Thank you for the conversation. ", length)) for length in range(100, 4000, 50)]
    assert list(dict.fromkeys(sizes)) == [11, 10, 9, 0]
    with pytest.raises(LetterTooLong) as refused:
        printable(_saying(LETTER, "Thank you. ", 4000))
    assert refused.value.detail == "Set in 9 points, the letter needs more than one page of A4."


def test_a_usual_letter_is_set_in_type_of_the_usual_size() -> None:
    assert size_of(_saying(LETTER, "Thank you for the conversation. ", 1200)) == 11


def test_everything_is_in_the_letter(browser: Browser, tmp_path: Path) -> None:
    text = printed(browser, tmp_path, LETTER).pages[0].extract_text()
    assert [line for line in text.splitlines() if line.strip()] == [
        "Kim Larsen",
        "kim@example.com",
        "Dr. Julia Müller",
        "Initech GmbH",
        "Hauptstraße 1",
        "10115 BERLIN",
        "GERMANY",
        "24 November 2026",
        "Our conversation on Tuesday",
        "Dear Dr Müller,",
        "Thank you for the conversation.",
        "Best regards,",
        "Kim Larsen",
    ]


@pytest.mark.parametrize(
    ("language", "day", "direction"),
    [
        ("de-CH", "24. November 2026", "ltr"),
        ("ja", "2026年11月24日", "ltr"),
        ("ar", "24 نوفمبر 2026", "rtl"),
        ("he", "24 בנובמבר 2026", "rtl"),
        ("zh-Hant", "2026年11月24日", "ltr"),
        ("tlh", "November 24, 2026", "ltr"),
    ],
)
def test_the_day_and_the_direction_are_those_of_the_language(language: str, day: str, direction: str) -> None:
    html = printable(replace(LETTER, language=language)).html
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert f'<div class="date">{day}</div>' in html


def test_a_signature_goes_above_the_name_that_stands_alone_at_the_end() -> None:
    assert '<div class="signature">Kim Larsen</div>' in printable(LETTER).html
    assert 'class="signature"' not in printable(replace(LETTER, body="Thanks from Kim Larsen")).html


def test_no_subject_leaves_no_empty_line() -> None:
    assert 'class="subject"' not in printable(replace(LETTER, subject="")).html


def test_what_people_write_is_text_and_nothing_else() -> None:
    evil = '</style></title><script>alert(1)</script><img src="https://example.com/x">'
    letter = replace(LETTER, recipient=evil, company=evil, subject=evil, body=evil, sender=(evil,))
    html = printable(replace(letter, address=replace(BERLIN, street=evil))).html
    assert re.findall(r"<(script|img|link|iframe)", html) == []
    assert html.count("</style>") == 1
    assert "&lt;script&gt;" in html


def test_the_policy_lets_the_page_have_its_style_and_nothing_else() -> None:
    page = printable(LETTER)
    policy = page.policy.split("; ")
    assert policy[0] == "default-src 'none'"
    assert re.fullmatch(r"style-src 'sha256-[A-Za-z0-9+/=]{44}'", policy[1])
    assert policy[2:] == ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
    assert re.search(r'<meta http-equiv="Content-Security-Policy" content="default-src', page.html)
