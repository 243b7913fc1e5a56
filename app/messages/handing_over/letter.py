"""A message as a letter: one HTML page that prints on one sheet of paper, and loads and runs nothing."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.messages.handing_over.errors import LetterTooLong
from app.messages.handing_over.page_fit import SIZES, Block, Paper, largest_size
from app.messages.handing_over.postal_addresses import PostalAddress, address_block

_HERE = Path(__file__).parent
_TEMPLATE = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined).get_template(
    "letter.html.j2"
)
_STYLE = (_HERE / "letter.css").read_text(encoding="utf-8")

_A4, _LETTER = Paper("A4", 210, 297), Paper("letter", 215.9, 279.4)
_LETTER_COUNTRIES = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())  # noqa: SIM905 - reads better
"""Countries that print on US Letter, by CLDR."""
_AROUND, _LEFT, _RIGHT = 20, 25, 20
"""Margins in millimetres, after DIN 5008: the recipient stands in the window of an envelope."""
_SENDER, _RECIPIENT, _DATE, _SUBJECT, _SIGNATURE = 25, 27, 12, 6, 14
"""Heights and spaces in millimetres; letter.css has the same."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a letter."""

    language: str
    """BCP 47."""
    day: date
    sender: tuple[str, ...]
    """Lines, of which the first is the name."""
    recipient: str
    company: str | None
    address: PostalAddress | None
    subject: str
    body: str
    posted_in: str | None = None
    """The country in which it is printed and posted: ISO 3166-1 alpha-2; None where that is not known."""
    applied_in: str | None = None
    """The country of the application: its paper is taken where there is no address either."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A page, and the policy that it is to be sent with."""

    html: str
    policy: str


@dataclass(frozen=True, slots=True)
class _Parts:
    sender: tuple[str, ...]
    recipient: list[str]
    date: str
    subject: str
    body: str
    signature: str


def printable(letter: Letter) -> Printable:
    """The page. Raises `LetterTooLong` where it does not fit one sheet in type that can be read."""
    paper, locale = _paper(letter), _locale(letter.language)
    body, signature = _signed(letter.body, letter.sender[0])
    parts = _Parts(
        sender=letter.sender,
        recipient=address_block(letter.recipient, letter.company, letter.address, letter.posted_in),
        date=format_date(letter.day, "long", locale),
        subject=" ".join(letter.subject.splitlines()),
        body=body,
        signature=signature,
    )
    style = f"@page {{ size: {paper.name}; margin: {_AROUND}mm {_RIGHT}mm {_AROUND}mm {_LEFT}mm; }}\n"
    style += f"html {{ font-size: {_size(parts, paper)}pt; }}\n{_STYLE}"
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    html = _TEMPLATE.render(
        letter=letter,
        direction=locale.text_direction,
        parts=parts,
        policy=policy,
        style=Markup(style),  # noqa: S704 - nothing of it is anybody's text
        title=parts.subject or letter.recipient,
    )
    # A page that is kept in a file has no headers, and a policy in the page cannot say who may frame it.
    return Printable(html, f"{policy}; frame-ancestors 'none'")


def _paper(letter: Letter) -> Paper:
    country = letter.posted_in or (letter.address.country if letter.address else letter.applied_in)
    return _LETTER if country in _LETTER_COUNTRIES else _A4


def _locale(language: str) -> Locale:
    """How dates are written in a language; in English where CLDR does not know it."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _signed(body: str, name: str) -> tuple[str, str]:
    """The body, and the name at its end if it stands there alone: the signature goes above it."""
    text, _, last = body.rstrip().rpartition("\n")
    return (text.rstrip(), last) if last.strip() == name else (body.rstrip(), "")


def _size(parts: _Parts, paper: Paper) -> int:
    blocks = [
        Block(parts.sender, at_least=_SENDER),
        Block(parts.recipient, at_least=_RECIPIENT),
        Block([parts.date], around=_DATE),
        Block(parts.body.split("\n")),
    ]
    if parts.subject:
        blocks.append(Block([parts.subject.upper()], around=_SUBJECT))
    if parts.signature:
        blocks.append(Block([parts.signature], around=_SIGNATURE))
    size = largest_size(blocks, paper.width - _LEFT - _RIGHT, paper.height - 2 * _AROUND)
    if size is None:
        raise LetterTooLong(f"Set in {SIZES[-1]} points, the letter needs more than one page of {paper.name.title()}.")
    return size
