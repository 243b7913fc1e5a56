"""Changing mailboxes."""

from uuid import UUID

from sqlalchemy import Select, bindparam, func

from app.db.database import OWNER, Writing, owned
from app.db.errors import ChangedMeanwhile
from app.db.references import detach
from app.errors import FieldError
from app.events.recording import happened, held_counter
from app.http import clock
from app.http.problems import invalid_request
from app.http.resources import InUse, Match, patched
from app.mail.message import Mail, new_message_id
from app.messages.mailboxes import queries, schemas
from app.messages.mailboxes.errors import TooManyMailboxes
from app.messages.mailboxes.models import Mailbox
from app.messages.mailboxes.passwords import Vault
from app.messages.mailboxes.post import Post, Trial, sender_of
from app.messages.models import Message

PORTS = (25, 465, 587, 2465, 2525, 2587)
"""Where mail servers of providers listen; others are refused where users may name public hosts only."""
_MAILBOX = owned(Mailbox).where(Mailbox.id == bindparam("id"))
# What is deleted gets no messages meanwhile: their foreign keys wait for this lock.
_LOCKED = _MAILBOX.with_for_update()
_NUMBER = owned(Mailbox).with_only_columns(func.count())
_TO_LEAVE = (
    owned(Message).with_only_columns(func.count()).where(Message.mailbox_id == bindparam("id"), Message.is_under_way())
)


def create(session: Writing, sent: schemas.MailboxWrite, vault: Vault, *, any_port: bool) -> schemas.Mailbox:
    """Add a mailbox. Raises `TooManyMailboxes`, `Invalid`."""
    _require_port(sent, any_port=any_port)
    if session.execute(_NUMBER, {OWNER: session.owner_id}).scalar_one() >= schemas.MOST_MAILBOXES:
        raise TooManyMailboxes
    now = clock.now()
    mailbox = Mailbox(owner_id=session.owner_id, created_at=now, updated_at=now)
    mailbox.write(sent)
    _keep(mailbox, sent.password, vault)
    session.add(mailbox)
    session.flush()
    happened(session, "mailbox.created", mailbox.id)
    return queries.shown(mailbox)


def change(  # noqa: PLR0913 - what is changed, and what is needed for it
    session: Writing, mailbox_id: UUID, match: Match, patch: schemas.MailboxPatch, vault: Vault, *, any_port: bool
) -> schemas.Mailbox:
    """Change a mailbox. Raises `NoSuchResource`, `ChangedMeanwhile`, `Invalid`."""
    mailbox = _mailbox(session, mailbox_id)
    match.require(mailbox)
    before = (mailbox.login, mailbox.from_address)
    sent = patched(schemas.MailboxWrite, mailbox, patch)
    _require_port(sent, any_port=any_port)
    mailbox.write(sent)
    is_given = "password" in patch.model_fields_set
    if mailbox.login != before[0] and mailbox.password_encrypted is not None and not is_given:
        raise _given_to_another()
    if is_given:
        _keep(mailbox, sent.password, vault)
    if is_given or before != (mailbox.login, mailbox.from_address):
        mailbox.forget_test()
    if session.touch(mailbox, clock.now()):
        happened(session, "mailbox.changed", mailbox_id)
    return queries.shown(mailbox)


def delete(session: Writing, mailbox_id: UUID, match: Match) -> None:
    """Delete a mailbox and its password.

    Raises `NoSuchResource`, `ChangedMeanwhile`; `InUse` while messages are about to be sent with it.
    """
    # Messages lose it, and whoever changes those holds the counter first.
    held_counter(session)
    mailbox = _mailbox(session, mailbox_id, _LOCKED)
    match.require(mailbox)
    if number := session.execute(_TO_LEAVE, {OWNER: session.owner_id, "id": mailbox_id}).scalar_one():
        raise InUse(f"Messages are scheduled to be sent with this mailbox: {number}. Cancel them first.")
    detach(session, Mailbox.__tablename__, mailbox_id, clock.now())
    session.delete(mailbox)
    session.flush()
    happened(session, "mailbox.deleted", mailbox_id)


def trial_of(session: Writing, mailbox_id: UUID, post: Post) -> Trial:
    """What is to be sent to test a mailbox.

    Raises `NoSuchResource`, `MailboxWithoutPassword`.
    """
    mailbox = _mailbox(session, mailbox_id)
    sender = sender_of(mailbox)
    mail = Mail(
        sender=sender,
        to=sender,
        subject=f"Afterword can send with the mailbox {mailbox.name}",
        text="This is a test message that you have asked for. Nothing is to be done.\n",
        message_id=new_message_id(sender.domain),
        date=clock.now(),
        language="en",
        automatic=True,
    )
    return Trial(post.server_of(mailbox), mail)


def tested(session: Writing, mailbox_id: UUID, trial: Trial, problem: str | None, post: Post) -> schemas.Mailbox:
    """Note how a test has ended.

    Raises `NoSuchResource`; `ChangedMeanwhile` where the mailbox is another one by now.
    """
    mailbox = _mailbox(session, mailbox_id)
    way = (trial.server, trial.mail.sender.email)
    if mailbox.password_encrypted is None or (post.server_of(mailbox), mailbox.from_address) != way:
        raise ChangedMeanwhile("The mailbox was changed while it was tested. Test it again.")
    now = clock.now()
    mailbox.tested_at = None if problem else now
    mailbox.problem = problem
    mailbox.password_encrypted = post.vault.renewed(mailbox.password_encrypted)
    session.touch(mailbox, now)
    if problem is None:
        happened(session, "mailbox.tested", mailbox_id)
    return queries.shown(mailbox)


def _keep(mailbox: Mailbox, password: str | None, vault: Vault) -> None:
    mailbox.password_encrypted = None if password is None else vault.sealed(mailbox.login, password)


def _mailbox(session: Writing, mailbox_id: UUID, statement: Select[Mailbox] = _MAILBOX) -> Mailbox:
    mailbox = session.find(statement, id=mailbox_id)
    if mailbox is None:
        raise queries.no_mailbox()
    return mailbox


def _require_port(sent: schemas.MailboxWrite, *, any_port: bool) -> None:
    """Whoever may name any port of any host has this server look for open ones. Raises `Invalid`."""
    if not any_port and sent.port not in PORTS:
        hint = f"Use one of {', '.join(map(str, PORTS))}; mostly it is 587 with starttls, or 465 with tls."
        raise invalid_request((FieldError("No mail is sent to this port.", "#/port", hint=hint),), 1)


def _given_to_another() -> Exception:
    """The error for a password that would be shown to another server, or for another user, than it was given for."""
    detail = "The password was given for another login, and is needed again."
    hint = "Send it together with the new host, port, security or username, or null to delete it."
    return invalid_request((FieldError(detail, "#/password", hint=hint),), 1)
