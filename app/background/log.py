"""What DBOS writes to the log."""

import logging

_SECONDS = 60
_MOST_KEPT = 100


def use_our_log() -> None:
    """Let DBOS write to the log of the process; where its logger has no handler, it would add one for the console."""
    log = logging.getLogger("dbos")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
        log.addFilter(_is_news)
        log.addFilter(Seldom())


def _is_news(record: logging.LogRecord) -> bool:
    """Why it has not started is said by `Engine.run`, once and without a trace."""
    return record.getMessage() != "DBOS failed to launch:"


class Seldom(logging.Filter):
    """Lets the same warning through once in a minute: each of its threads says several times a second what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is an error, or was not said lately; what comes after a colon tells the two apart no more."""
        if record.levelno > logging.WARNING:
            return True
        what = record.getMessage().partition(":")[0]
        if record.created - self._said.get(what, 0) < _SECONDS:
            return False
        if len(self._said) >= _MOST_KEPT:
            self._said.clear()
        self._said[what] = record.created
        return True
