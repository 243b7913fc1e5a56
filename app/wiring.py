"""Puts together what the server and a worker have in common: the rules, and what is done in the background."""

from collections.abc import Mapping
from datetime import timedelta
from threading import Event

from prometheus_client import CollectorRegistry

from app.accounts import mail_transport
from app.accounts.keys import signing_keys
from app.accounts.mail_tokens import MailTokens
from app.accounts.system_mail import SEND_SYSTEM_MAIL, SystemMails
from app.background.engine import Engine
from app.background.queue import Queue
from app.background.work import Work
from app.db.database import Database
from app.follow_up.plan.upkeep import Planner
from app.http.jobs import Job, Jobs
from app.messages.delivery import Delivery
from app.messages.guard import Guard
from app.messages.leaving import DELIVER
from app.messages.mailboxes.passwords import Vault
from app.messages.mailboxes.post import Post
from app.rules import checks, load
from app.rules.book import RuleBook
from app.settings import Settings
from app.working_days import WorkingDays

_URGENT = frozenset({SEND_SYSTEM_MAIL})
"""Somebody waits for it at this moment, and it must not wait for the mail servers of others."""


def read_rules() -> RuleBook:
    """The rules that come with the application, on the calendars of the world. Raises `app.rules.load.DataError`."""
    data = load.read()
    checks.refuse(data)
    return RuleBook(data, WorkingDays())


def background(  # noqa: PLR0913, PLR0917 - everything that such work needs
    settings: Settings, database: Database, rules: RuleBook, registry: CollectorRegistry, jobs: Jobs, stop: Event
) -> Engine:
    """What follows from time alone, and what is enqueued in `jobs`, done until `stop` is set; counts in `registry`."""
    planner = Planner(rules, timedelta(days=settings.consent_days))
    work = Work(database, planner, registry, stop)
    return Engine(settings, database, work, named_jobs(settings, database, rules, jobs, stop), stop)


def queue(database: Database) -> Queue:
    """Where jobs are enqueued."""
    return Queue(database, _URGENT)


def named_jobs(settings: Settings, database: Database, rules: RuleBook, jobs: Jobs, stop: Event) -> Mapping[str, Job]:
    """What can be enqueued, by name."""
    keys = signing_keys(settings)
    post = Post(settings, Vault(keys))
    mails = SystemMails(settings, database, MailTokens(keys), mail_transport.transport(settings), jobs)
    return {
        DELIVER: Delivery(database, Guard.of(settings, rules), post, jobs, stop).deliver,
        SEND_SYSTEM_MAIL: mails.send,
    }
