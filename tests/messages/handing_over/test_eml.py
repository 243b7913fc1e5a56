"""Files that mail programs open."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest

from app.mail.errors import UnusableMail
from app.mail.message import Address
from app.messages.handing_over.eml import draft

KIM = Address("Kim Larsen", "kim@example.com")
TANAKA = Address("田中 愛子", "tanaka@bücher.example")


def read(content: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(content)


def test_a_file_has_everything_but_what_only_sending_gives() -> None:
    message = read(draft(KIM, TANAKA, "面接のお礼", "田中様\n\nありがとうございました。\n", "ja"))
    assert (message["From"], message["Subject"]) == ("Kim Larsen <kim@example.com>", "面接のお礼")
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("田中 愛子", "tanaka@xn--bcher-kva.example")
    assert (message["X-Unsent"], message["Content-Language"]) == ("1", "ja")
    assert (message.get_content_type(), message.get_content_charset()) == ("text/plain", "utf-8")
    assert message.get_content().replace("\r\n", "\n") == "田中様\n\nありがとうございました。\n"
    assert not {"date", "message-id", "received", "auto-submitted"} & {name.lower() for name in message}


def test_lines_end_as_mail_has_them_and_none_is_too_long() -> None:
    content = draft(KIM, TANAKA, ("Größe " * 60).strip(), "Dank für alles. " * 200 + "\n\nKim", "de")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert content.isascii()
    assert read(content)["Subject"] == ("Größe " * 60).strip()


def test_a_subject_on_several_lines_adds_no_header() -> None:
    message = read(draft(KIM, TANAKA, "Thanks\r\nBcc: eve@example.com", "", "en"))
    assert (message["Subject"], message["Bcc"]) == ("Thanks Bcc: eve@example.com", None)


def test_a_name_that_could_be_another_header_is_refused() -> None:
    with pytest.raises(UnusableMail):
        draft(KIM, Address("Aiko\nBcc: eve@example.com", "aiko@example.com"), "Thanks", "", "en")
