"""`afterword worker`."""

import signal
from threading import Event
from types import FrameType

from app.cli.migrate import upgrade
from app.cli.refusing import in_sentences
from app.cli.settings import read_settings


def worker() -> None:
    """Notice what has come due, and send messages at their time, until SIGINT or SIGTERM.

    The server does it itself unless AFTERWORD_BACKGROUND is `elsewhere`. There may be several of these; what one has
    begun that dies goes on in another. An embedded database is migrated first.
    """
    # The other commands need none of this, and importing it takes longer than they do.
    from prometheus_client import CollectorRegistry  # noqa: PLC0415

    from app.background.engine import CONNECTIONS  # noqa: PLC0415
    from app.db.database import Database  # noqa: PLC0415
    from app.http.logs import configure_logging  # noqa: PLC0415
    from app.wiring import background, queue, read_rules  # noqa: PLC0415

    settings = read_settings()
    with in_sentences(settings):
        rules = read_rules()
        database = Database(settings.database, connections=CONNECTIONS)
    if database.is_embedded:
        upgrade(database.engine)
    configure_logging(settings.log_level)
    stop = Event()
    with in_sentences(settings):
        engine = background(settings, database, rules, CollectorRegistry(), queue(database), stop)

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for handled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(handled, end)
    engine.run()
    database.close()
