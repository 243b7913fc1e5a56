"""Examples in the documentation: requests, and requests that are refused. A test executes every one of them."""

from collections.abc import Mapping, Sequence

from app.http.examples import ExampleRequest, Examples, Made

_INITECH = Made("create_company", "initech")
_CONTACT = {"contact_id": Made("create_contact", "tanaka")}
_ANY_VERSION = {"If-Match": "*"}

EXAMPLES: Examples = {
    "create_contact": {
        "tanaka": ExampleRequest(
            "An interviewer in Osaka, with both scripts of her name",
            headers={"Idempotency-Key": "5a4c1f0e-add-tanaka"},
            body={
                "name": {
                    "family_name": "田中",
                    "given_name": "愛子",
                    "phonetic_family_name": "たなか",
                    "phonetic_given_name": "あいこ",
                    "language": "ja",
                },
                "other_names": [
                    {"given_name": "Aiko", "family_name": "Tanaka", "order": "family_first", "language": "ja-Latn"},
                ],
                "job_title": "開発部長",
                "company_id": _INITECH,
                "emails": [
                    {
                        "address": "aiko.tanaka@initech.example",
                        "use": "work",
                        "source": "business_card",
                        "noted_on": "2026-11-20",
                    }
                ],
                "phones": [{"number": "06-1234-5678", "country": "JP", "extension": "12", "source": "business_card"}],
                "languages": ["ja", "en"],
                "time_zone": "Asia/Tokyo",
                "wishes_note": True,
                "channels": ["email"],
                "source": "said",
                "noted_on": "2026-11-23",
                "tags": ["panel"],
            },
        ),
        "tanaka_again": ExampleRequest(
            "The same person, from a signature",
            body={
                "name": {"given_name": "Aiko", "family_name": "Tanaka"},
                "emails": [{"address": "Aiko.Tanaka@initech.example", "source": "email_signature"}],
                "addresses": [
                    {"street": "1-2-3 Umeda", "locality": "Osaka", "postal_code": "530-0001", "country": "JP"},
                ],
            },
            answer_shown=False,
        ),
        "one_name": ExampleRequest(
            "Somebody with one name, and no way to reach them",
            body={"name": {"given_name": "Suryani"}},
            answer_shown=False,
        ),
    },
    "list_contacts": {
        "search": ExampleRequest(
            "Whoever is called Tanaka",
            query={
                "query": "tanaka",
                "company_id": _INITECH,
                "tag": "panel",
                "language": "ja",
                "email": "aiko.tanaka@initech.example",
                "reachable": True,
                "sort": "name",
                "limit": 25,
            },
        ),
        "unreachable": ExampleRequest(
            "Those whom there is no way to reach", query={"reachable": False}, answer_shown=False
        ),
    },
    "get_contact": {"tanaka": ExampleRequest("A contact", path=_CONTACT)},
    "list_contact_duplicates": {"tanaka": ExampleRequest("Contacts with the same name or address", path=_CONTACT)},
    "change_contact": {
        "title": ExampleRequest(
            "A new title, another order of the names, and no telephone",
            path=_CONTACT,
            headers=_ANY_VERSION,
            body={"job_title": "本部長", "name": {"order": "family_first"}, "phones": []},
        )
    },
    "merge_contact": {
        "tanaka": ExampleRequest(
            "Take the duplicate in",
            path=_CONTACT,
            headers={**_ANY_VERSION, "Idempotency-Key": "5a4c1f0e-merge-tanaka"},
            body={"contact_id": Made("create_contact", "tanaka_again")},
        )
    },
    "delete_contact": {
        "one_name": ExampleRequest(
            "Forget somebody", path={"contact_id": Made("create_contact", "one_name")}, headers=_ANY_VERSION
        )
    },
}

REFUSALS: Mapping[str, Sequence[ExampleRequest]] = {
    "create_contact": (
        ExampleRequest(
            "A number that could be anywhere",
            body={"name": {"given_name": "Aiko"}, "phones": [{"number": "06-1234-5678"}]},
        ),
    ),
    "get_contact": (
        ExampleRequest("An id that nothing of yours has", path={"contact_id": "01932b6e-0000-7000-8000-000000000000"}),
    ),
}
