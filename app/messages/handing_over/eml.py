"""A message as a file that mail programs open as a draft of one's own (RFC 5322)."""

from datetime import UTC, datetime

from app.mail.message import Address, Mail, composed, new_message_id

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def draft(sender: Address, to: Address, subject: str, body: str, language: str) -> bytes:
    """The file. `X-Unsent` says that it is a draft; a day and an id, as what was sent has them, it gets on its way."""
    mail = Mail(
        sender=sender,
        to=to,
        subject=" ".join(subject.splitlines()),
        text=f"{body.rstrip()}\n",
        message_id=new_message_id(sender.domain),
        date=_NEVER,
        language=language,
    )
    message = composed(mail)
    del message["Date"], message["Message-ID"]
    message["X-Unsent"] = "1"
    return message.as_bytes()
