"""When two names or addresses mean the same company."""

import re

from app.rules.book import without_address
from app.text import folded

LONGEST_KEY = 400
"""Characters of a key that are kept; folding makes a word of some letters."""
_FORMS = """
ab ag aps as asa bhd bv co company corp corporation doo ev gbr gmbh inc incorporated kg kgaa kk limited llc llp lp ltd
ltda mbh nv oy oyj oü pbc plc plt pte pty pvt sa sab sae sagl sarl sas se sl slu snc spa spj srl sro ug zrt
(株) (有) (주)
"""
_LEGAL_FORMS = frozenset(_FORMS.split())
_JOINED_FORMS = re.compile("株式会社|有限会社|合同会社|주식회사|股份有限公司|有限责任公司|有限公司")
_DROPPED = re.compile("[.'\u2019]")
_BETWEEN = re.compile(r"[\s,;:/&+·•-]+")


def name_key(name: str) -> str:
    """A company's name for comparison: folded, without punctuation and legal form.

    `Müller & Söhne GmbH` and `MULLER SOHNE` have the same key; so have `株式会社山田` and `山田`. A name that is
    nothing but a legal form keeps it.
    """
    plain = _DROPPED.sub("", _JOINED_FORMS.sub(" ", folded(name)))
    words = [word for word in _BETWEEN.split(plain) if word]
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return (" ".join(kept or words) or folded(name))[:LONGEST_KEY]


def distinctive_words(query: str) -> list[str]:
    """The folded words of a search; without legal forms, which names are not compared by, if there are others."""
    words = folded(_JOINED_FORMS.sub(" ", query)).split()
    return [word for word in words if word.strip(".") not in _LEGAL_FORMS] or words


def domain_of(address: str) -> str:
    """The domain of a domain, a URL or an e-mail address, in ASCII and without `www.`.

    Raises `ValueError` for what is none.
    """
    host = without_address(address.rpartition("@")[2])
    try:
        ascii_host = host.encode("idna").decode("ascii").rstrip(".")
    except UnicodeError as error:
        raise ValueError("not a domain") from error
    if not re.fullmatch(
        r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", ascii_host
    ):
        raise ValueError("not a domain")
    return ascii_host
