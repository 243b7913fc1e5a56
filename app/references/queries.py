"""Reading references, where they are named and what they were told."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, bindparam, cast, exists, func, or_, select

from app.accounts.home import HOME, home_zone
from app.contacts.models import Contact
from app.contacts.queries import called
from app.db.database import Reading, owned
from app.http.pages import Page, Wanted, both_ways, rows_of
from app.http.resources import NoSuchResource
from app.references import schemas
from app.references.availability import away_until
from app.references.consent import Consent, consent_on
from app.references.models import Briefing, Reference, ReferenceUse
from app.rules import zones

ReferenceSort = Literal["name", "-name", "created_at", "-created_at"]
SORTS = both_ways(name=(Contact.sort_key, Reference.id), created_at=(Reference.id,))
UseSort = Literal["created_at", "-created_at"]
USE_SORTS = both_ways(created_at=(ReferenceUse.id,))
BriefingSort = Literal["created_at", "-created_at"]
BRIEFING_SORTS = both_ways(created_at=(Briefing.id,))

_SEPARATOR = ","
_NAMED_IN = (
    select(func.aggregate_strings(cast(ReferenceUse.application_id, String(36)), _SEPARATOR))
    .where(ReferenceUse.owner_id == Reference.owner_id, ReferenceUse.reference_id == Reference.id)
    .correlate(Reference)
    .scalar_subquery()
)
_REFERENCES = (
    owned(Reference)
    .add_columns(Contact.display_name, Contact.sort_key, _NAMED_IN.label("named_in"))
    .join(Contact, and_(Contact.owner_id == Reference.owner_id, Contact.id == Reference.contact_id))
)
_REFERENCE = _REFERENCES.where(Reference.id == bindparam("id"))
_EXISTS = owned(Reference).with_only_columns(Reference.id).where(Reference.id == bindparam("id"))
_USES = owned(ReferenceUse).where(ReferenceUse.reference_id == bindparam("reference_id"))
_USE = _USES.where(ReferenceUse.id == bindparam("id"))
_BRIEFINGS = owned(Briefing).where(Briefing.reference_id == bindparam("reference_id"))
_BRIEFING = _BRIEFINGS.where(Briefing.id == bindparam("id"))


def reference(reading: Reading, reference_id: UUID, now: datetime, good_for: timedelta) -> schemas.Reference:
    """A reference; consent is good for so long. Raises `NoSuchResource`."""
    row = reading.execute(_REFERENCE, id=reference_id).first()
    if row is None:
        raise no_reference()
    return _with_its_applications(row, _today(reading, now), good_for)


def references(  # noqa: PLR0913 - one argument for each filter
    reading: Reading,
    wanted: Wanted,
    now: datetime,
    good_for: timedelta,
    *,
    query: str | None = None,
    contact_id: UUID | None = None,
    application_id: UUID | None = None,
    consents: Sequence[str] = (),
) -> Page[schemas.Reference]:
    """A page of references. Raises `Invalid` for a cursor that is not of this list."""
    today = _today(reading, now)
    statement = _REFERENCES.where(*called(Reference.owner_id, Reference.contact_id, query))
    if contact_id:
        statement = statement.where(Reference.contact_id == contact_id)
    if application_id:
        statement = statement.where(_named_in(application_id))
    if consents:
        conditions = _by_consent(today, good_for)
        statement = statement.where(or_(*(conditions[one] for one in conditions if one in consents)))
    rows, next_cursor = rows_of(reading, statement, SORTS, wanted)
    return Page([_with_its_applications(row, today, good_for) for row in rows], next_cursor)


def use(reading: Reading, reference_id: UUID, use_id: UUID) -> schemas.ReferenceUse:
    """An application in which a reference is named. Raises `NoSuchResource`."""
    row = reading.execute(_USE, reference_id=reference_id, id=use_id).first()
    if row is None:
        raise no_use()
    return schemas.ReferenceUse.model_validate(row)


def uses(reading: Reading, reference_id: UUID, wanted: Wanted) -> Page[schemas.ReferenceUse]:
    """A page of the applications in which a reference is named.

    Raises `NoSuchResource`, and `Invalid` for a cursor of another list.
    """
    _require(reading, reference_id)
    rows, next_cursor = rows_of(reading, _USES, USE_SORTS, wanted, reference_id=reference_id)
    return Page(list(map(schemas.ReferenceUse.model_validate, rows)), next_cursor)


def briefing(reading: Reading, reference_id: UUID, briefing_id: UUID) -> schemas.ReferenceBriefing:
    """An interview that a reference was told about. Raises `NoSuchResource`."""
    row = reading.execute(_BRIEFING, reference_id=reference_id, id=briefing_id).first()
    if row is None:
        raise no_briefing()
    return schemas.ReferenceBriefing.model_validate(row)


def briefings(reading: Reading, reference_id: UUID, wanted: Wanted) -> Page[schemas.ReferenceBriefing]:
    """A page of the interviews that a reference was told about.

    Raises `NoSuchResource`, and `Invalid` for a cursor of another list.
    """
    _require(reading, reference_id)
    rows, next_cursor = rows_of(reading, _BRIEFINGS, BRIEFING_SORTS, wanted, reference_id=reference_id)
    return Page(list(map(schemas.ReferenceBriefing.model_validate, rows)), next_cursor)


def shown(
    row: Any,  # noqa: ANN401 - a reference, or a row with its columns
    display_name: str,
    applications: Sequence[UUID],
    today: date,
    good_for: timedelta,
) -> schemas.Reference:
    """A reference as clients get it."""
    made = {
        "display_name": display_name,
        "consent_status": consent_on(today, row.consent_given_on, row.consent_until, good_for),
        "is_available_today": away_until(row.unavailable, today) is None,
        "applications": applications,
    }
    stored = (name for name in schemas.Reference.model_fields if name not in made)
    return schemas.Reference.model_validate({**{name: getattr(row, name) for name in stored}, **made})


def day_of(now: datetime, zone: str | None) -> date:
    """The day that it is at a moment for a user, whose zone it is."""
    return zones.local(now, zone or HOME).date()


def no_reference() -> NoSuchResource:
    """The error for an id that no reference of the caller's has."""
    return NoSuchResource("No reference of yours has this id.")


def no_use() -> NoSuchResource:
    """The same for an application in which a reference is named."""
    return NoSuchResource("This reference is named in no application under this id.")


def no_briefing() -> NoSuchResource:
    """The same for a briefing."""
    return NoSuchResource("This reference has no briefing with this id.")


def _require(reading: Reading, reference_id: UUID) -> None:
    """Raises `NoSuchResource`."""
    if reading.execute(_EXISTS, id=reference_id).first() is None:
        raise no_reference()


def _today(reading: Reading, now: datetime) -> date:
    return day_of(now, home_zone(reading))


def _with_its_applications(row: Any, today: date, good_for: timedelta) -> schemas.Reference:  # noqa: ANN401 - a row of `_REFERENCES`
    applications = sorted(map(UUID, row.named_in.split(_SEPARATOR))) if row.named_in else []
    return shown(row, row.display_name, applications, today, good_for)


def _named_in(application_id: UUID) -> ColumnElement[bool]:
    """The condition that a reference is named in an application."""
    mine = (ReferenceUse.owner_id == Reference.owner_id, ReferenceUse.reference_id == Reference.id)
    return exists().where(*mine, ReferenceUse.application_id == application_id)


def _by_consent(today: date, good_for: timedelta) -> dict[Consent, ColumnElement[bool]]:
    """The condition that consent is worth so much today: what `consent_on` says, for the database."""
    given, until = Reference.consent_given_on, Reference.consent_until
    lasts = and_(given.is_not(None), or_(until.is_(None), until >= today))
    return {
        "none": given.is_(None),
        "ended": until < today,
        "old": and_(lasts, given < today - good_for),
        "current": and_(lasts, given >= today - good_for),
    }
