"""The other measure of the figures on stored data: the same resource as most FastAPI applications are written.

After the full-stack template: a session from a `yield` dependency, one that reads the token and loads the user, ORM
objects with relationships, models that FastAPI validates on the way out, the framework's own forty threads, and
SQLAlchemy's own engine settings. Lists count nothing, although the template does.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel, ConfigDict
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Session, foreign, relationship, sessionmaker

from app.accounts import models as accounts
from app.db.types import new_id
from app.http import server
from app.interviews import models
from app.settings import Settings
from app.tables import METADATA


class Base(DeclarativeBase):
    """The tables of ours, mapped as a tutorial would."""

    metadata = METADATA


class User(Base):
    """Somebody with an account."""

    __table__ = accounts.User.__table__
    __allow_unmapped__ = True
    id: Any


class Participant(Base):
    """Somebody who takes part."""

    __table__ = models.Participant.__table__


class Interview(Base):
    """An interview."""

    __table__ = models.Interview.__table__
    __allow_unmapped__ = True
    id: Any
    owner_id: Any
    starts_at: Any
    ends_at: Any
    time_zone: Any

    participants = relationship(
        Participant,
        primaryjoin=(foreign(Participant.__table__.c.interview_id) == models.Interview.__table__.c.id)
        & (foreign(Participant.__table__.c.owner_id) == models.Interview.__table__.c.owner_id),
        order_by=Participant.__table__.c.id,
        lazy="selectin",
    )

    @property
    def starts_at_local(self) -> datetime:
        """When it begins, where it is held."""
        local: datetime = self.starts_at.astimezone(ZoneInfo(self.time_zone))
        return local

    @property
    def ends_at_local(self) -> datetime | None:
        """When it ends, where it is held."""
        local: datetime | None = self.ends_at and self.ends_at.astimezone(ZoneInfo(self.time_zone))
        return local

    @property
    def said(self) -> dict[str, Any]:
        """What was said about the next step."""
        return {name: getattr(self, f"said_{name}") for name in SaidPublic.model_fields}


class SaidPublic(BaseModel):
    """What was said about the next step."""

    who_contacts: str | None = None
    answer_by: date | None = None
    no_contact: bool | None = None
    note_welcome: bool | None = None
    canvassing_disqualifies: bool | None = None


class ParticipantCreate(BaseModel):
    """Somebody who takes part, as it is sent."""

    contact_id: UUID
    role: str | None = None
    attended: bool | None = None
    note_sent_at: datetime | None = None


class ParticipantPublic(ParticipantCreate):
    """Somebody who takes part, as it is shown."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    note_delivery: str | None
    note_scheduled_at: datetime | None


class InterviewBase(BaseModel):
    """What is sent and shown of an interview."""

    application_id: UUID
    stage: str | None = None
    format: str | None = None
    language: str | None = None
    starts_at: datetime
    ends_at: datetime | None = None
    time_zone: str
    place: str | None = None
    link: str | None = None
    status: str = "scheduled"
    said: SaidPublic = SaidPublic()
    thanked_in_person: bool | None = None
    enquiries: int | None = None
    last_enquiry_on: date | None = None
    notes: str | None = None


class InterviewCreate(InterviewBase):
    """An interview as it is sent."""

    participants: list[ParticipantCreate] = []


class InterviewPublic(InterviewBase):
    """An interview as it is shown."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    created_at: datetime
    updated_at: datetime
    starts_at_local: datetime
    ends_at_local: datetime | None
    participants: list[ParticipantPublic]


class InterviewsPublic(BaseModel):
    """A page."""

    items: list[InterviewPublic]
    next_cursor: str | None = None


def create_app(url: str, key: str) -> FastAPI:
    """An application with the three operations, on tokens that `key` signs."""
    engine = create_engine(url, connect_args={"check_same_thread": False} if url.startswith("sqlite") else {})
    new_session = sessionmaker(engine)
    bearer = OAuth2PasswordBearer(tokenUrl="login")
    app = FastAPI()

    def get_db() -> Iterator[Session]:
        with new_session() as session:
            yield session

    SessionDep = Annotated[Session, Depends(get_db)]  # noqa: N806 - a type

    def get_current_user(session: SessionDep, token: Annotated[str, Depends(bearer)]) -> User:
        try:
            payload = jwt.decode(token, key, algorithms=["HS256"], audience="afterword")
        except jwt.InvalidTokenError as error:
            raise HTTPException(403, "Could not validate credentials") from error
        user = session.get(User, UUID(payload["sub"]))
        if user is None:
            raise HTTPException(404, "User not found")
        return user

    CurrentUser = Annotated[User, Depends(get_current_user)]  # noqa: N806 - a type

    @app.get("/v1/interviews/{interview_id}", response_model=InterviewPublic)
    def read_interview(session: SessionDep, current_user: CurrentUser, interview_id: UUID) -> Any:  # noqa: ANN401 - as the template has it
        interview = session.get(Interview, (current_user.id, interview_id))
        if interview is None:
            raise HTTPException(404, "Interview not found")
        return interview

    @app.get("/v1/interviews", response_model=InterviewsPublic)
    def read_interviews(session: SessionDep, current_user: CurrentUser, skip: int = 0, limit: int = 100) -> Any:  # noqa: ANN401 - the same
        statement = select(Interview).where(Interview.owner_id == current_user.id)
        latest_first = statement.order_by(Interview.starts_at.desc(), Interview.id.desc())
        return InterviewsPublic(items=session.scalars(latest_first.offset(skip).limit(limit)).all())  # type: ignore[arg-type]

    @app.post("/v1/interviews", response_model=InterviewPublic, status_code=201)
    def create_interview(session: SessionDep, current_user: CurrentUser, sent: InterviewCreate) -> Any:  # noqa: ANN401 - the same
        now, zone = datetime.now(UTC), ZoneInfo(sent.time_zone)
        own = {"owner_id": current_user.id, "created_at": now, "updated_at": now, "version": 1}
        interview = Interview(
            id=new_id(),
            **own,
            **sent.model_dump(exclude={"said", "participants", "starts_at", "ends_at"}),
            **{f"said_{name}": value for name, value in sent.said.model_dump().items()},
            starts_at=sent.starts_at.replace(tzinfo=zone),
            ends_at=sent.ends_at and sent.ends_at.replace(tzinfo=zone),
            search_text=f"{sent.place} {sent.notes}".casefold(),
        )
        interview.participants = [Participant(id=new_id(), **own, **one.model_dump()) for one in sent.participants]
        session.add(interview)
        session.commit()
        session.refresh(interview)
        return interview

    return app


if __name__ == "__main__":
    server.serve(create_app(sys.argv[1], sys.argv[2]), Settings(port=0))
