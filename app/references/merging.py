"""What a reference says after another one was taken in, who is the same person."""

from collections.abc import Iterator

from app.references.availability import joined
from app.references.schemas import ReferenceWrite

_CONSENT = ("consent_given_on", "consent_for", "consent_until")


def united(own: ReferenceWrite, other: ReferenceWrite) -> ReferenceWrite:
    """What `own` says after `other` was taken in.

    Of two consents the one that was given later holds, as a whole. What differs stands in the notes. Raises
    `ValidationError` where that is more than a reference can have.
    """
    newer, older = (other, own) if _is_newer(other, own) else (own, other)
    notes = [own.notes, other.notes, "\n".join(_differing(own, other, newer, older))]
    return ReferenceWrite(
        relationship=own.relationship or other.relationship,
        consent_given_on=newer.consent_given_on,
        consent_for=newer.consent_for,
        consent_until=newer.consent_until,
        unavailable=list(joined([*own.unavailable, *other.unavailable])),
        is_confidential=own.is_confidential or other.is_confidential,
        notes="\n\n".join(filter(None, notes)) or None,
    )


def _is_newer(one: ReferenceWrite, other: ReferenceWrite) -> bool:
    """Whether the consent of one reference was given after that of the other."""
    if one.consent_given_on is None:
        return False
    return other.consent_given_on is None or one.consent_given_on > other.consent_given_on


def _differing(
    own: ReferenceWrite, other: ReferenceWrite, newer: ReferenceWrite, older: ReferenceWrite
) -> Iterator[str]:
    """What the result says nowhere else."""
    if other.relationship not in {None, own.relationship or other.relationship}:
        yield f"relationship: {other.relationship}"
    for field in _CONSENT:
        before = getattr(older, field)
        if before not in {None, getattr(newer, field)}:
            yield f"{field}: {before}"
