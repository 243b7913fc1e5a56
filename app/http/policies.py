"""Content security policies: what a browser may load for an answer, and who may frame it."""

HEADER = "Content-Security-Policy"

_NOTHING_ELSE = "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

PAGE = f"default-src 'self'; {_NOTHING_ELSE}"
"""For HTML: everything comes from this server."""

DOCS = f"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; {_NOTHING_ELSE}"
"""For Swagger UI: it draws with style attributes and with images in data: addresses; scripts come from here only."""

DATA = "default-src 'none'; frame-ancestors 'none'"
"""For all that is no page: it loads nothing."""
