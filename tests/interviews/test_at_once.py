"""Changes of one thing at the same time: one of them wins, and the others are told."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.people import a_person
from tests.stored import Account

PATH = "/v1/interviews"
ROUNDS = 8


def both(ask: Callable[[int], Any]) -> Counter[int]:
    """The statuses of two requests that are sent at once."""
    barrier = Barrier(2)

    def one(number: int) -> int:
        barrier.wait()
        status: int = ask(number).status_code
        return status

    with ThreadPoolExecutor(2) as threads:
        return Counter(threads.map(one, range(2)))


@pytest.mark.parametrize("what", ["", "/participants"])
def test_of_two_changes_of_the_same_version_one_wins(account: Account, interview: dict[str, Any], what: str) -> None:
    path = f"{PATH}/{interview['id']}"
    if what:
        path += f"{what}/{interview['participants'][0]['id']}"
    for round_ in range(ROUNDS):
        tag = account.get(path).headers["etag"]

        def change(number: int, tag: str = tag, round_: int = round_) -> Any:  # noqa: ANN401 - a response
            moment = f"2026-11-{round_ + 1:02}T10:00:0{number}Z"
            body = {"note_sent_at": moment} if what else {"starts_at": moment, "ends_at": None}
            return account.ask("PATCH", path, json=body, headers={"If-Match": tag})

        assert both(change) == {200: 1, 412: 1}


def test_of_two_first_reflections_one_is_the_first(account: Account, interview: dict[str, Any]) -> None:
    path = f"{PATH}/{interview['id']}/reflection"
    for _ in range(ROUNDS):
        outcome = both(lambda number: account.ask("PUT", path, json={"went_well": str(number)}))
        assert outcome in ({201: 1, 412: 1}, {201: 1, 428: 1})
        account.deleted(path)


def test_of_two_who_add_the_same_contact_one_does(account: Account, interview: dict[str, Any]) -> None:
    path = f"{PATH}/{interview['id']}/participants"
    for _ in range(ROUNDS):
        body = {"contact_id": a_person(account)}
        assert both(lambda _, body=body: account.ask("POST", path, json=body)) == {201: 1, 409: 1}  # type: ignore[misc]


def test_an_interview_that_is_deleted_while_it_is_changed_is_changed_or_gone(
    account: Account, application: str, people: list[str]
) -> None:
    body = {
        "application_id": application,
        "starts_at": "2026-11-20T14:00:00",
        "time_zone": "Asia/Tokyo",
        "participants": [{"contact_id": people[0]}],
    }
    for _ in range(ROUNDS):
        made = account.made(PATH, body)
        path = f"{PATH}/{made['id']}"
        participant = f"{path}/participants/{made['participants'][0]['id']}"

        def ask(number: int, path: str = path, participant: str = participant) -> Any:  # noqa: ANN401 - a response
            if number:
                return account.ask("DELETE", path, headers={"If-Match": "*"})
            return account.ask("PATCH", participant, json={"attended": True}, headers={"If-Match": "*"})

        # Whoever deletes has read the version first: where the other change came between, it is told so.
        assert both(ask).keys() <= {200, 204, 404, 412}


def test_somebody_who_is_forgotten_while_they_are_added_takes_part_already_or_is_gone(
    account: Account, application: str
) -> None:
    for _ in range(ROUNDS):
        contact = a_person(account)
        body = {
            "application_id": application,
            "starts_at": "2026-11-20T14:00:00",
            "time_zone": "Asia/Tokyo",
            "participants": [{"contact_id": contact}],
        }
        path = f"{PATH}/{account.made(PATH, body)['id']}"

        def ask(number: int, path: str = path, contact: str = contact) -> Any:  # noqa: ANN401 - a response
            if number:
                return account.ask("DELETE", f"/v1/contacts/{contact}", headers={"If-Match": "*"})
            return account.ask("POST", f"{path}/participants", json={"contact_id": contact})

        assert both(ask) in ({204: 1, 409: 1}, {204: 1, 422: 1})
        assert account.seen(path)["participants"] == []
