import re
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.mail.errors import UnusableMail
from app.mail.message import Address, Mail, composed, new_message_id
from tests.mail.mails import KIM, NOON, a_mail

WRITABLE = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
LINES = st.one_of(
    st.text(WRITABLE, max_size=120).map(str.strip), st.from_regex(r"[ -~]{0,200}", fullmatch=True).map(str.strip)
)
TEXTS = st.text(st.one_of(WRITABLE, st.just("\n")), max_size=1500)
LOOKS_LIKE_MORE = "Kim, <other@example.com>, " * 8 + "Kim"


def _read(mail: Mail) -> tuple[bytes, EmailMessage, Message]:
    """Its bytes, and what two different readers make of them."""
    content = composed(mail).as_bytes()
    modern = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(modern, EmailMessage)
    return content, modern, BytesParser(policy=policy.compat32).parsebytes(content)


@given(LINES, LINES, TEXTS)
@example(LOOKS_LIKE_MORE, "=?utf-8?q?Bcc?=", "From here\n.\n..\n" + "é" * 3000)
@example('Kim "K." \\ Larsen', "Two  spaces " + "x" * 900, "." * 2000)
@example("Kim\u00a0<other@example.com>", "a " * 100 + "a", "\n")
def test_nothing_that_anybody_writes_becomes_another_header_or_address(name: str, subject: str, text: str) -> None:
    mail = a_mail(sender=Address(name, "kim@example.com"), to=Address(name, "Tanaka@bücher.example"), subject=subject)
    content, modern, plain = _read(Mail(**{**vars(mail), "text": text}))
    assert modern.keys() == [
        "Date", "From", "To", "Subject", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"
    ]  # fmt: skip
    for header, email in (("From", "kim@example.com"), ("To", "Tanaka@xn--bcher-kva.example")):
        assert [one.addr_spec for one in modern[header].addresses] == [email]
        read_name, read_email = parseaddr(plain[header].replace("\r\n", ""))
        assert (str(make_header(decode_header(read_name))), read_email) == (name, email)
    assert modern["Subject"] == subject
    assert modern.get_content().replace("\r\n", "\n") == text.removesuffix("\n") + "\n"
    assert content.isascii()
    assert all(len(line) <= 78 for line in content.split(b"\r\n"))
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", content)


@given(st.text(max_size=30), st.sampled_from("\r\n\0\x0b\x1b\x7f\x85\u2028\u2029\ud800\uffff"), st.text(max_size=30))
def test_a_name_or_a_subject_with_a_line_end_or_another_control_character_is_refused(
    before: str, character: str, after: str
) -> None:
    with pytest.raises(UnusableMail, match=r"^U\+[0-9A-F]{4} cannot stand in a "):
        Address(before + character + after, "kim@example.com")
    with pytest.raises(UnusableMail, match=r"^U\+[0-9A-F]{4} cannot stand in a subject$"):
        a_mail(subject=before + character + after)


@pytest.mark.parametrize(
    "email",
    [
        "kim@example.com\r\nBcc: other@example.com",
        "kim@example.com> SIZE=1",
        "kim@example.com, other@example.com",
        "Kim <kim@example.com>",
        "kim\0@example.com",
        "kim",
        "",
    ],
)
def test_what_is_not_one_address_is_refused(email: str) -> None:
    with pytest.raises(UnusableMail):
        Address(None, email)


@pytest.mark.parametrize(
    ("member", "wrong"),
    [
        ("text", "a\rb"),
        ("text", "\x1b[2J"),
        ("text", "\ud800"),
        ("message_id", "<a@example.com>\r\nBcc: <b@example.com>"),
        ("message_id", "a@example.com"),
        ("language", "de\r\nBcc: other@example.com"),
        ("language", ""),
        ("date", NOON.replace(tzinfo=None)),
    ],
)
def test_whatever_else_no_mail_may_have_is_refused(member: str, wrong: object) -> None:
    with pytest.raises(UnusableMail):
        a_mail(**{member: wrong})


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("本日の御礼", "田中様\n\n本日はお時間をいただき、誠にありがとうございました。\n"),
        ("شكرًا على المقابلة", "عزيزتي السيدة منى،\n\nشكرًا جزيلًا على وقتك.\n"),  # noqa: RUF001 - Arabic
        ("Thank you for the conversation on Tuesday about the position of a senior engineer", "Dear Ms Ito,\n"),
    ],
)
def test_subjects_and_texts_arrive_in_every_script(subject: str, text: str) -> None:
    _, message, _ = _read(a_mail(subject=subject, text=text))
    assert (message["Subject"], message.get_content().replace("\r\n", "\n")) == (subject, text)


def test_a_plain_mail_can_be_read_as_it_is_sent() -> None:
    subject = "Thank you for the conversation on Tuesday about the position of a senior engineer"
    mail = a_mail(to=Address("Ito, A.", "ito@example.com"), subject=subject, text="Dear Ms Ito,\n", language="en-GB")
    assert composed(mail).as_string() == (
        "Date: Fri, 20 Nov 2026 12:00:00 +0000\r\n"
        "From: Kim Larsen <kim@example.com>\r\n"
        'To: "Ito, A." <ito@example.com>\r\n'
        "Subject: Thank you for the conversation on Tuesday about the position of\r\n a senior engineer\r\n"
        "Message-ID: <0123456789abcdef@example.com>\r\n"
        'Content-Type: text/plain; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: 7bit\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Language: en-GB\r\n\r\n"
        "Dear Ms Ito,\r\n"
    )


def test_what_a_program_sends_says_so_and_where_answers_go() -> None:
    _, message, _ = _read(a_mail(automatic=True, reply_to=Address("Kim", "kim@example.org")))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "Kim <kim@example.org>"


def test_only_an_address_outside_ascii_makes_a_mail_need_more_than_ascii() -> None:
    assert not a_mail().needs_utf8
    mail = a_mail(to=Address("用户", "用户@例子.example"))
    assert mail.needs_utf8
    content = composed(mail).as_bytes()
    assert "<用户@xn--fsqu00a.example>".encode() in content
    assert b"=?utf-8?" in content


def test_no_two_message_ids_are_the_same_and_each_may_stand_in_a_mail() -> None:
    made = {new_message_id(KIM.domain) for _ in range(1000)}
    assert len(made) == 1000
    assert all(a_mail(message_id=one).message_id.endswith("@example.com>") for one in made)
