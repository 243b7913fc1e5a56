"""The clocks that a user lives by."""

from sqlalchemy import bindparam, select

from app.accounts.models import User
from app.db.database import OWNER, Reading

HOME = "UTC"
"""The zone of a user who has not said theirs."""

ZONE = select(User.time_zone).where(User.id == bindparam(OWNER))
"""The zone that the caller has said, or None."""


def home_zone(reading: Reading) -> str:
    """The caller's own time zone."""
    return reading.execute(ZONE).scalar_one() or HOME
