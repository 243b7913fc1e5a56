"""What happens around every request: id, size limit, headers, log line, metrics, and the last resort."""

import re
from collections.abc import Iterable
from secrets import token_hex
from time import perf_counter

import structlog
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import InternalError
from app.http import policies
from app.http.logs import request_log
from app.http.metrics import RequestMetrics
from app.http.problems import REQUEST_ID, content_too_large, problem_response

CLIENT_CLOSED_REQUEST = 499
"""In log and metrics only: the client left, or the server's grace ended, before there was an answer."""

UNMATCHED = "unmatched"
"""In log and metrics, in place of a route template: no route has the path."""

_USABLE_ID = re.compile(rb"[A-Za-z0-9._-]{8,128}")
_POLICY = policies.HEADER.lower().encode("ascii")
_PAGE_POLICY, _DATA_POLICY = ((_POLICY, policy.encode("ascii")) for policy in (policies.PAGE, policies.DATA))
_EVERYWHERE = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))

log = structlog.get_logger()


class RequestMiddleware:
    """The only middleware: plain ASGI, a few microseconds a request.

    HEAD is answered as GET without the content (RFC 9110 section 9.3.2), so that no route has to declare it.
    """

    def __init__(self, app: ASGIApp, *, metrics: RequestMetrics, max_request_bytes: int) -> None:
        self._app = app
        self._limited = RequestBodyLimitMiddleware(app, max_request_bytes)
        self._metrics = metrics
        self._max_request_bytes = max_request_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; other kinds of ASGI scope pass through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        method = scope["method"]
        status = sent = 0
        request_id, length, chunked = _read_headers(scope)
        if method == "HEAD":
            scope = {**scope, "method": "GET"}
        scope[REQUEST_ID] = request_id

        async def answer(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _complete(message["headers"], request_id)
            elif method == "HEAD":
                message = {**message, "body": b""}
            else:
                sent += len(message.get("body", b""))
            await send(message)

        try:
            if length > self._max_request_bytes:
                await problem_response(scope, content_too_large(self._max_request_bytes))(scope, receive, answer)
            else:
                # The server holds a body to its Content-Length; only a chunked one must be counted as it comes.
                await (self._limited if chunked else self._app)(scope, receive, answer)
        except ClientDisconnect:
            pass
        except Exception:
            log.exception("request failed", request_id=request_id)
            if not status:
                failure = InternalError("The server failed while it worked on this request.")
                await problem_response(scope, failure)(scope, receive, answer)
        finally:
            seconds = perf_counter() - began
            route = getattr(scope.get("route"), "path_format", UNMATCHED)
            status = status or CLIENT_CLOSED_REQUEST
            self._metrics.observe(method, route, status, seconds)
            request_log.write(
                {
                    "request_id": request_id,
                    "method": method,
                    "route": route,
                    "status": status,
                    "duration_ms": round(seconds * 1000, 3),
                    "bytes_sent": sent,
                }
            )


def _read_headers(scope: Scope) -> tuple[str, int, bool]:
    """The request's id (the client's, if it sent a usable one), declared length in bytes, whether it is chunked."""
    request_id, length, chunked = None, 0, False
    for name, value in scope["headers"]:
        if name == b"content-length":
            length = int(value) if value.isdigit() else 0
        elif name == b"transfer-encoding":
            chunked = True
        elif name == b"x-request-id" and _USABLE_ID.fullmatch(value):
            request_id = value.decode("ascii")
    return request_id or token_hex(16), length, chunked


def _complete(headers: Iterable[tuple[bytes, bytes]], request_id: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, with those that every answer has."""
    own = dict(headers)
    completed = [*headers, (b"x-request-id", request_id.encode("ascii")), *_EVERYWHERE]
    if _POLICY not in own:
        is_page = own.get(b"content-type", b"").startswith(b"text/html")
        completed.append(_PAGE_POLICY if is_page else _DATA_POLICY)
    return completed
