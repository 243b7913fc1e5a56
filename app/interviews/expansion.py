"""What interviews lead to, read with them and shown in brief: `expand`."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_
from sqlalchemy.orm import aliased

from app.applications.models import Application
from app.companies.models import Company
from app.contacts.models import Contact
from app.http.resources import Shown
from app.interviews import schemas
from app.interviews.models import Interview, Participant
from app.interviews.vocabulary import Expandable


class _InBrief:
    """Columns by which a row shows something that it leads to; no column of its own has their names."""

    def __init__(self, shown: type[Shown], table: Any) -> None:  # noqa: ANN401 - a mapped class, or an alias of one
        self._names = {member: f"{shown.__name__}_{member}" for member in shown.model_fields}
        self.columns: tuple[ColumnElement[Any], ...] = tuple(
            getattr(table, member).label(name) for member, name in self._names.items()
        )

    def of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The members of what is shown, out of a row that was read with the columns."""
        return {member: row[name] for member, name in self._names.items()}


# Under names of their own, so that conditions of a list can lead to the same tables.
_JOB, _EMPLOYER = aliased(Application), aliased(Company)
_APPLICATION = _InBrief(schemas.ApplicationInBrief, _JOB)
_COMPANY = _InBrief(schemas.CompanyInBrief, _EMPLOYER)
_CONTACT = _InBrief(schemas.ContactInBrief, Contact)


def with_company(interviews: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Interviews with what shows the application and the company."""
    return (
        interviews.add_columns(*_APPLICATION.columns, *_COMPANY.columns)
        .join(_JOB, and_(_JOB.owner_id == Interview.owner_id, _JOB.id == Interview.application_id))
        .join(_EMPLOYER, and_(_EMPLOYER.owner_id == _JOB.owner_id, _EMPLOYER.id == _JOB.company_id))
    )


def with_contacts(participants: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Participants with what shows each as a contact."""
    its_contact = and_(Contact.owner_id == Participant.owner_id, Contact.id == Participant.contact_id)
    return participants.add_columns(*_CONTACT.columns).join(Contact, its_contact)


def needs_company(expand: Collection[Expandable]) -> bool:
    """Whether interviews are to be read `with_company`."""
    return "application" in expand or "company" in expand


def needs_contacts(expand: Collection[Expandable]) -> bool:
    """Whether participants are to be read `with_contacts`."""
    return "contacts" in expand


def expanded(
    row: Any,  # noqa: ANN401 - a row of `interviews`
    participants: Sequence[Mapping[str, Any]],
    expand: Collection[Expandable],
) -> dict[str, object]:
    """What is to be shown of an interview besides; it and those who take part were read with what that needs."""
    members: dict[str, object] = {}
    if "application" in expand:
        members["application"] = _APPLICATION.of(row._asdict())
    if "company" in expand:
        members["company"] = _COMPANY.of(row._asdict())
    if "contacts" in expand:
        members["contacts"] = [_CONTACT.of(one) for one in participants]
    return members
