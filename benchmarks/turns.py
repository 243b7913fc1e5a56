"""Turns of asking one server, which contenders take."""

from benchmarks.client import Client, Order
from benchmarks.servers import Server


class Turns:
    """Turns of carrying out one order; calling it is a turn and gives answers (or items) a second."""

    def __init__(self, client: Client, server: Server, order: Order, *, per_answer: int = 1) -> None:
        self._client, self._server, self._order = client, server, order
        self._per_answer = per_answer
        self.processor_microseconds: list[float] = []
        """What each turn's answers (or items) cost the server's processor, on average."""
        self.client_busy: list[float] = []
        """How much of a turn the client itself needed its processor."""
        self.p95: list[float] = []
        """Seconds that 95 of 100 answers of a turn took at most."""

    def __call__(self) -> float:
        """Ask for one turn."""
        before = self._server.cpu_seconds()
        outcome = self._client.ask(self._order)
        answers = outcome.answers * self._per_answer
        self.processor_microseconds.append((self._server.cpu_seconds() - before) / answers * 1e6)
        self.client_busy.append(outcome.busy)
        self.p95.append(outcome.p95)
        return answers / outcome.seconds

    def forget(self) -> None:
        """Leave the turns so far out of the figures: they warmed the server up."""
        self.processor_microseconds.clear()
        self.client_busy.clear()
        self.p95.clear()
