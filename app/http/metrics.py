"""What the server counts about its requests, in Prometheus' terms."""

from prometheus_client import CollectorRegistry, Counter, GCCollector, Histogram, PlatformCollector, ProcessCollector

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class RequestMetrics:
    """Counts requests by method, route template and status, and how long they took. One per application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._requests = Counter(
            "afterword_http_requests", "Requests answered.", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "afterword_http_request_duration_seconds",
            "Time from the request's headers to the end of the answer.",
            ["method", "route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        # Looking up labels costs the library more than counting; what was looked up once is kept.
        self._series: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request. `route` is a template, never a path, so that the number of series stays bounded."""
        key = (method, route, status)
        series = self._series.get(key)
        if series is None:
            if method not in _METHODS:
                method = "other"
                key = (method, route, status)
            series = (self._requests.labels(method, route, str(status)), self._seconds.labels(method, route))
            self._series[key] = series
        requests, durations = series
        requests.inc()
        durations.observe(seconds)
