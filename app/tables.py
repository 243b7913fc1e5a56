"""All tables together, for migrations: importing the models registers them."""

from app.accounts import models as accounts
from app.applications import models as applications
from app.background import models as background
from app.companies import models as companies
from app.contacts import models as contacts
from app.db.base import Base
from app.events import models as events
from app.follow_up import models as follow_up
from app.follow_up.plan import models as plan
from app.http import idempotency
from app.interviews import models as interviews
from app.messages import models as messages
from app.messages.mailboxes import models as mailboxes
from app.references import models as references

METADATA = Base.metadata
MODULES = (
    accounts,
    applications,
    background,
    companies,
    contacts,
    events,
    follow_up,
    idempotency,
    interviews,
    mailboxes,
    messages,
    plan,
    references,
)
"""Every module that has tables."""
