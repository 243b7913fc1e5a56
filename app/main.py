"""Puts the application together: wiring only."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from tempfile import TemporaryDirectory
from threading import Event, Thread

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

from app import country_names, subdivisions
from app.accounts import (
    api_keys_router,
    mail_router,
    me_router,
    registration_router,
    sample,
    tokens_router,
)
from app.accounts import examples as accounts_examples
from app.accounts import named_schemas as accounts_words
from app.accounts.authentication import TokenAuthenticator
from app.accounts.keys import derived_key, signing_keys
from app.accounts.limits import Limits
from app.accounts.mail_tokens import MailTokens
from app.accounts.passwords import Passwords, Turns
from app.accounts.tokens import AccessTokens
from app.applications import examples as applications_examples
from app.applications import named_schemas as applications_words
from app.applications import router as applications_router
from app.background.engine import CONNECTIONS
from app.companies import examples as companies_examples
from app.companies import named_schemas as companies_words
from app.companies import reports_router as practice_reports_router
from app.companies import router as companies_router
from app.contacts import examples as contacts_examples
from app.contacts import named_schemas as contacts_words
from app.contacts import router as contacts_router
from app.db import migrations
from app.db.database import Database
from app.db.engine import SECONDS_TO_WAIT
from app.db.errors import Busy, DatabaseUnavailable
from app.db.types import counted_ids
from app.events import examples as events_examples
from app.events import named_schemas as events_words
from app.events import router as events_router
from app.follow_up import decisions_router, interview_decisions_router, rules_router, summary_router
from app.follow_up import examples as decisions_examples
from app.follow_up import named_schemas as rules_words
from app.follow_up.plan import named_schemas as plan_words
from app.follow_up.plan import router as plan_router
from app.follow_up.tasks import examples as tasks_examples
from app.follow_up.tasks import router as tasks_router
from app.guide import GUIDE
from app.http import clock, docs, etags, health, problem_pages, problems
from app.http.admission import Admission
from app.http.caller import SCOPES
from app.http.docs import EXAMPLE_DAY, DescribedAPI, ExampleWorld
from app.http.jobs import NoJobs
from app.http.metrics import RequestMetrics
from app.http.middleware import RequestMiddleware
from app.interviews import examples as interviews_examples
from app.interviews import named_schemas as interviews_words
from app.interviews import participants_router, reflections_router
from app.interviews import router as interviews_router
from app.messages import examples as messages_examples
from app.messages import named_schemas as messages_words
from app.messages import router as messages_router
from app.messages import sending_router
from app.messages.handing_over import examples as handing_over_examples
from app.messages.handing_over import router as handing_over_router
from app.messages.mailboxes import examples as mailboxes_examples
from app.messages.mailboxes import named_schemas as mailboxes_words
from app.messages.mailboxes import router as mailboxes_router
from app.messages.mailboxes.passwords import Vault
from app.messages.mailboxes.post import Post
from app.messages.mailboxes.sample import PretendedPost
from app.page import router as page_router
from app.references import briefings_router, uses_router
from app.references import examples as references_examples
from app.references import named_schemas as references_words
from app.references import router as references_router
from app.rules.book import RuleBook
from app.settings import Settings
from app.wiring import background, queue, read_rules

TAGS = [
    {
        "name": "accounts",
        "description": "Opening an account, logging in, mails that confirm an address or replace a password, API keys.",
    },
    {"name": "applications", "description": "For which position, at which company, and how far it has come."},
    {"name": "companies", "description": "Employers the user has to do with, and what is reported of their practice."},
    {
        "name": "contacts",
        "description": "People of the user's interviews, with names in every script they are written in.",
    },
    {"name": "decisions", "description": "Whether and how to follow up after an interview, and why."},
    {"name": "events", "description": "What has happened, in order, for whoever follows it."},
    {"name": "health", "description": "For the machines that run the server."},
    {"name": "interviews", "description": "When and how they are held, and who takes part."},
    {"name": "mailboxes", "description": "Accounts at mail servers that the user's own mail is sent with, 10 at most."},
    {
        "name": "messages",
        "description": "Notes, enquiries and words to references: drafted, approved, sent once or handed over.",
    },
    {"name": "problems", "description": "What each error code means and what to do about it."},
    {"name": "references", "description": "People who speak for the user: consent, where named, what they were told."},
    {"name": "reflections", "description": "What the user learned in interviews, and how they went."},
    {"name": "rules", "description": "The rules themselves: countries, companies, sectors, statutes, with evidence."},
    {"name": "tasks", "description": "What is to be done after each interview, and in the whole search."},
]


_log = logging.getLogger(__name__)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = app.state.settings.worker_threads
    database: Database = app.state.database
    if database.is_embedded:
        migrations.upgrade(database.engine)
    if not health.is_ready(app):
        app.state.rule_book = read_rules()
    Thread(target=_warm, args=(app.state.rule_book,), daemon=True).start()
    with _looked_at(database), _working(app):
        yield
    database.close()


@contextmanager
def _working(app: FastAPI) -> Iterator[None]:
    """Do the background work beside the requests, if it is not done elsewhere."""
    settings: Settings = app.state.settings
    if settings.background == "elsewhere":
        yield
        return
    stop = Event()
    registry = app.state.metrics.registry
    # With connections of its own, so that no request waits for it.
    database = app.state.database.beside(connections=CONNECTIONS)
    engine = background(settings, database, app.state.rule_book, registry, app.state.jobs, stop)
    thread = Thread(target=engine.run, name="background", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(settings.shutdown_seconds)
        database.close()


@contextmanager
def _example_world(app: FastAPI) -> Iterator[ExampleWorld]:
    """A database of its own for the examples in the documentation, and somebody who is logged in."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/examples.db", connections=app.state.settings.worker_threads)
        migrations.upgrade(database.engine)
        before = EXAMPLE_DAY - timedelta(minutes=1)
        with clock.stopped_at(before), counted_ids(before):
            user_id, token = sample.logged_in(database, app.state.access_tokens, SCOPES, sample.EMAIL)
            other_id, _ = sample.logged_in(database, app.state.access_tokens, (), sample.FORGETFUL)
        state = {
            "database": database,
            "jobs": NoJobs(),
            "mail_tokens": sample.MailTokensOfExamples({"verification": user_id, "password_reset": other_id}),
            "passwords": sample.PASSWORDS,
            "post": PretendedPost(app.state.settings, app.state.post.vault),
            # Those of the server belong to its event loop, and to its requests.
            "admission": Admission(threads=1, most_waiting=0),
            "turns": Turns(1),
        }
        yield ExampleWorld(state, {"authorization": f"Bearer {token}"})
        database.close()


def _warm(rules: RuleBook) -> None:
    """Do once, beside the first requests, what would otherwise make somebody's first request slow."""
    country_names.code_for("")
    subdivisions.suggestions("")
    rules.at(clock.now().date())


@contextmanager
def _looked_at(database: Database) -> Iterator[None]:
    """Look at a database that is not ours to migrate, beside the first requests."""
    if database.is_embedded:
        yield
        return
    thread = Thread(target=_look_at, args=(database,), name="database", daemon=True)
    thread.start()
    try:
        yield
    finally:
        # Its connection would stay open where the server stops as soon as it has started.
        thread.join(SECONDS_TO_WAIT)


def _look_at(database: Database) -> None:
    """Say in the log what an operator has to do before the database can be used."""
    with suppress(Busy, DatabaseUnavailable):  # which are in the log then
        if not database.is_migrated():
            _log.error("the database is not migrated; run `afterword migrate`")


def create_app(settings: Settings | None = None, rules: RuleBook | None = None) -> FastAPI:
    """The application, ready to serve.

    Without `settings` they are read from the environment; without `rules` it reads its own when it starts.
    """
    settings = Settings() if settings is None else settings
    app = DescribedAPI(
        title="Afterword",
        summary="What to do after the interview.",
        description=GUIDE,
        version=version("afterword"),
        contact=settings.contact,
        license_info={"name": "MIT", "url": "https://spdx.org/licenses/MIT.html"},
        servers=[{"url": settings.public_root or "/", "description": "This server."}],
        openapi_tags=TAGS,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # OpenTelemetry is not configured here, and asking whether it is costs every request 5 µs.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=_lifespan,
    )
    # Accounts come first: what is made first in the examples is deleted last.
    with_examples = (
        accounts_examples,
        companies_examples,
        contacts_examples,
        applications_examples,
        interviews_examples,
        references_examples,
        decisions_examples,
        tasks_examples,
        mailboxes_examples,
        messages_examples,
        handing_over_examples,
        events_examples,
        health,
        problem_pages,
    )
    app.examples = {name: examples for one in with_examples for name, examples in one.EXAMPLES.items()}
    app.refusals = {name: refusals for one in with_examples for name, refusals in one.REFUSALS.items()}
    app.example_world = partial(_example_world, app)
    named = (
        accounts_words,
        applications_words,
        companies_words,
        contacts_words,
        events_words,
        interviews_words,
        mailboxes_words,
        messages_words,
        plan_words,
        references_words,
        rules_words,
    )
    app.named_schemas = [schema for one in named for schema in one.NAMED]
    app.state.settings = settings
    app.state.database = Database(settings.database, connections=settings.worker_threads)
    app.state.jobs = queue(app.state.database)
    keys = signing_keys(settings)
    app.state.access_tokens = AccessTokens(keys)
    app.state.mail_tokens = MailTokens(keys)
    app.state.limits = Limits(settings, derived_key(keys, "limits"))
    app.state.passwords = Passwords()
    app.state.post = Post(settings, Vault(keys))
    app.state.turns = Turns(settings.worker_threads)
    app.state.authenticator = TokenAuthenticator(app.state.access_tokens)
    app.state.admission = Admission(threads=settings.worker_threads, most_waiting=settings.most_waiting)
    app.state.rule_book = rules
    app.state.metrics = RequestMetrics()
    app.add_middleware(RequestMiddleware, metrics=app.state.metrics, max_request_bytes=settings.max_request_bytes)
    problems.install(app)
    etags.install(app)
    # Tried in this order, at a cost for each: what is asked most comes first; `docs` takes what is left of /assets/.
    for feature in (
        decisions_router,
        interviews_router,
        interview_decisions_router,
        plan_router,
        tasks_router,
        summary_router,
        events_router,
        participants_router,
        reflections_router,
        applications_router,
        companies_router,
        practice_reports_router,
        contacts_router,
        references_router,
        uses_router,
        briefings_router,
        mailboxes_router,
        messages_router,
        sending_router,
        handing_over_router,
        tokens_router,
        me_router,
        api_keys_router,
        registration_router,
        mail_router,
        rules_router,
        health,
        problem_pages,
        page_router,
        docs,
    ):
        # As they are: `include_router` builds each a second time, and asks two objects about it with each request.
        app.router.routes.extend(feature.router.routes)
    return app
