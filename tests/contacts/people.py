"""People who do not exist."""

from typing import Any

from tests.stored import Account

PATH = "/v1/contacts"

TANAKA: dict[str, Any] = {
    "name": {
        "family_name": "田中",
        "given_name": "愛子",
        "phonetic_family_name": "たなか",
        "phonetic_given_name": "あいこ",
        "honorific_suffix": "様",
        "language": "ja",
    },
    "other_names": [{"given_name": "Aiko", "family_name": "Tanaka", "order": "family_first", "language": "ja-Latn"}],
    "pronouns": "she",
    "job_title": "Head of Engineering",
    "department": "Platform",
    "emails": [
        {"address": "Aiko.Tanaka@initech.example", "use": "work", "source": "business_card", "noted_on": "2026-11-20"}
    ],
    "phones": [{"number": "06-1234-5678 ext. 12", "country": "JP", "source": "business_card"}],
    "addresses": [{"street": "1-2-3 Umeda\n5F", "locality": "Osaka", "postal_code": "530-0001", "country": "JP"}],
    "profiles": [{"url": "https://profiles.example.com/in/aiko", "kind": "professional_network", "source": "website"}],
    "languages": ["ja", "pt-br"],
    "time_zone": "Asia/Tokyo",
    "wishes_note": True,
    "channels": ["email", "letter"],
    "known_personally": False,
    "source": "said",
    "noted_on": "2026-11-23",
    "tags": ["Panel", "Übersee"],
    "notes": "Asked about queues.",
}
"""A contact that has everything."""


def named(given: str | None = None, family: str | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - members of a contact
    """The body of a contact with a name."""
    return {"name": {"given_name": given, "family_name": family}, **more}


def called(account: Account, **params: Any) -> list[str]:  # noqa: ANN401 - query parameters
    """The names of the contacts in a list."""
    return [item["display_name"] for item in account.seen(PATH, **params)["items"]]
