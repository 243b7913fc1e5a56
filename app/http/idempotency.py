"""POST that may be sent again: the answer is kept in the same transaction as the effect.

After draft-ietf-httpapi-idempotency-key-header: same key and same request, same answer; same key and another request,
422; the first still running, 409.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from sqlalchemy import ForeignKey, LargeBinary, SmallInteger, String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.db.constraints import repeats
from app.db.database import Writing
from app.errors import AppError, FieldError
from app.http import clock
from app.rules.form import Form

KEPT_FOR = timedelta(hours=24)
_HEADER = "Idempotency-Key"
_KEPT_HEADERS = ("location", "etag", "content-type", "cache-control")


class KeyReused(
    AppError,
    code="idempotency_key_reused",
    status=422,
    title="The Idempotency-Key was used for another request",
    explanation="A key names one request. This one came before with another address or another body, and nothing was "
    "done this time.",
    remedy="Make a new key for each new request; send the same key only with exactly the same request.",
):
    """The same key with another request."""


class StillRunning(
    AppError,
    code="still_running",
    status=409,
    title="The same request is still running",
    explanation="A request with this `Idempotency-Key` came before and had not ended. This one changed nothing.",
    remedy="Send it again after the seconds in `Retry-After`; it will get the answer of the first.",
):
    """The first request with this key had not ended."""


class KeptAnswer(Base):
    """The answer to a request that had a key."""

    __tablename__ = "idempotency_keys"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    created_at: Mapped[datetime]
    request_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[int] = mapped_column(SmallInteger)
    headers: Mapped[dict[str, Any]]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Once:
    """Does what a POST asks for once, however often it is sent with the same key; without a key, each time."""

    def __init__(self, request: Request, key: str | None) -> None:
        self._request = request
        self._key = key

    def __call__(
        self, session: Writing, make: Callable[[], Response], *, keep: Callable[[Response], Response] | None = None
    ) -> Response:
        """The answer of `make`, or the one that the first request with this key got.

        What is kept of an answer that holds a secret is what `keep` makes of it. Call it first in the transaction.
        Raises `KeyReused` and `StillRunning`.
        """
        if self._key is None:
            return make()
        wanted = (KeptAnswer.owner_id == session.owner_id, KeptAnswer.key == self._key)
        kept = session.execute(select(KeptAnswer).where(*wanted)).scalar()
        if kept is not None and kept.created_at > clock.now() - KEPT_FOR:
            return self._again(kept)
        if kept is not None:
            session.execute(delete(KeptAnswer).where(*wanted))
            session.expunge(kept)
        answer = make()
        self._keep(session, self._key, keep(answer) if keep else answer)
        return answer

    def _keep(self, session: Writing, key: str, answer: Response) -> None:
        _forget_old(session)
        session.add(
            KeptAnswer(
                owner_id=session.owner_id,
                key=key,
                created_at=clock.now(),
                request_hash=self._hash(),
                status=answer.status_code,
                headers={name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers},
                body=answer.body,
            )
        )
        try:
            session.flush()
        except IntegrityError as error:
            if not repeats(error, KeptAnswer, "owner_id", "key"):
                raise
            # Both ran at once; the transaction of the other one is over now, and this one is rolled back.
            detail = "The first request with this key ended only now."
            raise StillRunning(detail, headers={"Retry-After": "1"}) from error

    def _again(self, kept: KeptAnswer) -> Response:
        if kept.request_hash != self._hash():
            wrong = FieldError(
                detail="This key came with another request.", parameter=_HEADER, place="header", hint="Make a new key."
            )
            raise KeyReused(f"The key was first used at {kept.created_at.isoformat()}.", errors=(wrong,))
        return Response(kept.body, kept.status, {**kept.headers, "Idempotency-Replayed": "true"})

    def _hash(self) -> bytes:
        """What makes two requests the same: method, address and body."""
        scope = self._request.scope
        # The route has read the body already; this function runs in a thread and cannot wait for it.
        body: bytes = getattr(self._request, "_body", b"")
        parts = (scope["method"].encode(), scope["path"].encode(), scope["query_string"], body)
        return sha256(b"\0".join(parts)).digest()


async def _once(
    request: Request,
    idempotency_key: Annotated[
        Annotated[
            str,
            Form("^[!-~]+$", "This has other characters than visible ones of ASCII", "Send a UUID.", least=1, most=255),
        ]
        | None,
        Header(
            alias=_HEADER,
            description="Any text of your own that names this request, such as a UUID: sent again within 24 hours, the "
            "request has no second effect and gets the first answer.",
        ),
    ] = None,
) -> Once:
    return Once(request, idempotency_key)


Idempotent = Annotated[Once, Depends(_once)]
ONCE_PROBLEMS = (KeyReused, StillRunning)
"""What every POST with a key can answer."""


def _forget_old(session: Writing) -> None:
    """Delete the caller's answers that are kept no longer: they are people's data."""
    outdated = clock.now() - KEPT_FOR
    session.execute(delete(KeptAnswer).where(KeptAnswer.owner_id == session.owner_id, KeptAnswer.created_at < outdated))
