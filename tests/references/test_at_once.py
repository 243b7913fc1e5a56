"""Changes of references at the same time: nothing is there twice, and nothing is lost."""

from typing import Any

from tests.interviews.test_at_once import both
from tests.people import a_person
from tests.references.conftest import PATH, an_application
from tests.stored import ANY, Account

ROUNDS = 8


def test_of_two_who_make_a_contact_a_reference_one_does(account: Account) -> None:
    for _ in range(ROUNDS):
        body = {"contact_id": a_person(account)}
        assert both(lambda _, body=body: account.ask("POST", PATH, json=body)) == {201: 1, 409: 1}  # type: ignore[misc]


def test_of_two_who_name_a_reference_in_an_application_one_does(account: Account, reference: str) -> None:
    path = f"{PATH}/{reference}/applications"
    for _ in range(ROUNDS):
        body = {"application_id": an_application(account)}
        assert both(lambda _, body=body: account.ask("POST", path, json=body)) == {201: 1, 409: 1}  # type: ignore[misc]


def test_who_is_named_while_their_contact_is_merged_is_named_in_the_end_or_not_there(account: Account) -> None:
    for _ in range(ROUNDS):
        contacts = [a_person(account, name) for name in ("Ada", "Grace")]
        references = [account.made(PATH, {"contact_id": one})["id"] for one in contacts]
        merge = (f"/v1/contacts/{contacts[0]}/merge", {"contact_id": contacts[1]})
        name = (f"{PATH}/{references[1]}/applications", {"application_id": an_application(account)})

        def ask(number: int, requests: Any = (merge, name)) -> Any:  # noqa: ANN401 - two requests, and a response
            path, body = requests[number]
            return account.ask("POST", path, json=body, headers=ANY if "merge" in path else {})

        outcome = both(ask)
        assert outcome in ({200: 1, 201: 1}, {200: 1, 404: 1})
        named = account.seen(f"{PATH}/{references[0]}")["applications"]
        assert named == ([name[1]["application_id"]] if 201 in outcome else [])


def test_an_application_that_is_deleted_while_it_names_a_reference_is_gone_in_the_end(
    account: Account, reference: str
) -> None:
    for _ in range(ROUNDS):
        application = an_application(account)

        def ask(number: int, application: str = application) -> Any:  # noqa: ANN401 - a response
            if number:
                return account.ask("DELETE", f"/v1/applications/{application}", headers=ANY)
            path = f"{PATH}/{reference}/applications"
            return account.ask("POST", path, json={"application_id": application})

        assert both(ask) in ({204: 1, 201: 1}, {204: 1, 422: 1})
        assert account.seen(f"{PATH}/{reference}")["applications"] == []
