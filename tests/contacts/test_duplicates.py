from typing import Any

from app.companies.schemas import MOST_DUPLICATES
from tests.contacts.people import PATH, TANAKA, named
from tests.people import NOBODY
from tests.stored import Account


def same_as(account: Account, contact: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Ids of what may be the same as a contact, and what they have in common."""
    items = account.seen(f"{PATH}/{contact['id']}/duplicates")["items"]
    return [(item["contact"]["id"], item["same"]) for item in items]


def test_duplicates_say_what_is_the_same(account: Account, stranger: Account) -> None:
    tanaka = account.made(PATH, TANAKA)
    by_name = account.made(PATH, named("TANAKA", "Aiko"))
    by_script = account.made(PATH, named("田中愛子"))
    by_reading = account.made(PATH, named("アイコ", "タナカ"))
    by_address = account.made(PATH, named("A. T.", emails=[{"address": "AIKO.TANAKA@initech.example"}]))
    by_number = account.made(PATH, named("Reception", phones=[{"number": "+81 6 1234 5678"}]))
    by_all = account.made(PATH, TANAKA)
    account.made(PATH, named("Ken", "Sato", tags=TANAKA["tags"], languages=TANAKA["languages"]))
    stranger.made(PATH, TANAKA)
    assert same_as(account, tanaka) == [
        (by_name["id"], ["name"]),
        (by_script["id"], ["name"]),
        (by_reading["id"], ["name"]),
        (by_address["id"], ["email"]),
        (by_number["id"], ["phone"]),
        (by_all["id"], ["name", "email", "phone"]),
    ]
    assert same_as(account, by_number) == [(tanaka["id"], ["phone"]), (by_all["id"], ["phone"])]


def test_a_duplicate_is_shown_whole(account: Account) -> None:
    first, second = account.made(PATH, TANAKA), account.made(PATH, TANAKA)
    (item,) = account.seen(f"{PATH}/{first['id']}/duplicates")["items"]
    assert item["contact"] == second


def test_most_people_have_no_duplicates(account: Account) -> None:
    ken = account.made(PATH, named("Ken", "Sato"))
    account.made(PATH, TANAKA)
    assert same_as(account, ken) == []


def test_only_what_is_there_can_have_duplicates(account: Account) -> None:
    assert account.refused("GET", f"{PATH}/{NOBODY}/duplicates", 404)["code"] == "no_such_resource"


def test_of_many_duplicates_the_oldest_fifty_are_shown(account: Account) -> None:
    tanaka, *others = [account.made(PATH, TANAKA) for _ in range(MOST_DUPLICATES + 2)]
    assert MOST_DUPLICATES == 50
    assert same_as(account, tanaka) == [(other["id"], ["name", "email", "phone"]) for other in others[:50]]


def test_a_domain_in_ascii_is_the_same_as_in_unicode(account: Account) -> None:
    one, other = (
        account.made(PATH, named(name, emails=[{"address": f"kim@{domain}"}]))
        for name, domain in (("Kim", "bücher.example.com"), ("K. Larsen", "xn--bcher-kva.example.com"))
    )
    assert same_as(account, one) == [(other["id"], ["email"])]
    assert one["emails"][0]["address"] == "kim@bücher.example.com"
