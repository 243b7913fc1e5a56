"""Two contacts turn out to be one person: they are one reference then."""

from typing import Any

from app.references.merging import united
from app.references.schemas import ReferenceWrite
from tests.people import a_person
from tests.references.conftest import PATH, an_application, an_interview
from tests.stored import ANY, Account


def merged(account: Account, into: str, other: str) -> None:
    answer = account.ask("POST", f"/v1/contacts/{into}/merge", json={"contact_id": other}, headers=ANY)
    assert answer.status_code == 200, answer.text


def told(account: Account, reference: str, interview: str) -> dict[str, Any]:
    return account.made(f"{PATH}/{reference}/briefings", {"interview_id": interview})


def test_a_reference_goes_along_with_the_contact(account: Account, contact: str, application: str) -> None:
    other = a_person(account, "Grace")
    path = f"{PATH}/{account.made(PATH, {'contact_id': other})['id']}"
    account.made(f"{path}/applications", {"application_id": application})
    before = account.get(path)
    merged(account, contact, other)
    account.require_changed(path, before)
    after = account.seen(path)
    assert (after["contact_id"], after["display_name"], after["applications"]) == (contact, "Ada", [application])


def test_two_references_become_one_with_all_that_either_was_named_in_and_told(
    account: Account, reference: str, contact: str
) -> None:
    grace = a_person(account, "Grace")
    other = account.made(PATH, {"contact_id": grace, "relationship": "mentor", "notes": "Theirs."})["id"]
    own, shared, theirs = applications = [an_application(account) for _ in range(3)]
    interviews = {one: an_interview(account, one) for one in applications}
    own_uses, their_uses = (f"{PATH}/{one}/applications" for one in (reference, other))
    kept = account.made(own_uses, {"application_id": shared, "thanked_on": "2026-11-02"})
    account.made(own_uses, {"application_id": own})
    account.made(their_uses, {"application_id": shared, "thanked_on": "2026-11-03", "outcome_told_on": "2026-11-04"})
    moved = account.made(their_uses, {"application_id": theirs})
    own_briefing = told(account, reference, interviews[shared])
    told(account, other, interviews[shared])
    their_briefing = told(account, other, interviews[theirs])
    before = account.get(f"{PATH}/{reference}")

    merged(account, contact, grace)

    account.require_changed(f"{PATH}/{reference}", before)
    (left,) = account.seen(PATH)["items"]
    assert (left["id"], left["contact_id"], left["applications"]) == (reference, contact, applications)
    assert (left["relationship"], left["notes"]) == ("mentor", "Theirs.")
    account.refused("GET", f"{PATH}/{other}", 404)
    uses = {one["application_id"]: one for one in account.seen(own_uses)["items"]}
    assert uses.keys() == set(applications)
    assert uses[shared]["id"] == kept["id"]
    assert (uses[shared]["thanked_on"], uses[shared]["outcome_told_on"]) == ("2026-11-02", "2026-11-04")
    assert (uses[theirs]["id"], uses[theirs]["reference_id"]) == (moved["id"], reference)
    briefings = account.seen(f"{PATH}/{reference}/briefings", sort="created_at")["items"]
    assert [one["id"] for one in briefings] == [own_briefing["id"], their_briefing["id"]]
    assert {one["reference_id"] for one in briefings} == {reference}


def test_two_references_who_are_too_much_for_one_are_not_merged(account: Account, contact: str) -> None:
    grace = a_person(account, "Grace")
    made = [
        account.made(PATH, {"contact_id": one, "notes": letter * 15_000})
        for one, letter in ((contact, "a"), (grace, "b"))
    ]
    problem = account.refused("POST", f"/v1/contacts/{contact}/merge", 422, json={"contact_id": grace}, headers=ANY)
    assert [(error["pointer"], error["detail"]) for error in problem["errors"]] == [
        ("#/contact_id", "Together the two have more than one reference can: notes.")
    ]
    assert account.seen(PATH, sort="created_at")["items"] == made


def write(**members: object) -> ReferenceWrite:
    return ReferenceWrite.model_validate(members)


def test_of_two_consents_the_later_one_holds_as_a_whole_and_the_other_is_noted() -> None:
    old = write(consent_given_on="2025-01-01", consent_for="Everything.", consent_until="2025-12-31", notes="Ours.")
    new = write(consent_given_on="2026-09-01")
    for own, other in ((old, new), (new, old)):
        result = united(own, other)
        assert (str(result.consent_given_on), result.consent_for, result.consent_until) == ("2026-09-01", None, None)
        lines = "consent_given_on: 2025-01-01\nconsent_for: Everything.\nconsent_until: 2025-12-31"
        assert result.notes == f"Ours.\n\n{lines}"


def test_consent_of_either_is_that_of_both() -> None:
    agreed = {"consent_given_on": "2026-09-01", "consent_for": "Calls."}
    for own, other in ((write(**agreed), write()), (write(), write(**agreed)), (write(**agreed), write(**agreed))):
        assert united(own, other) == write(**agreed)


def test_what_differs_is_noted_and_either_keeps_it_confidential() -> None:
    own = write(relationship="manager", notes="Ours.")
    other = write(relationship="client", notes="Theirs.", is_confidential=True)
    result = united(own, other)
    assert (result.relationship, result.is_confidential) == ("manager", True)
    assert result.notes == "Ours.\n\nTheirs.\n\nrelationship: client"


def test_periods_are_united_and_those_that_overlap_are_one() -> None:
    own = write(
        unavailable=[
            {"from_on": "2026-12-20", "until_on": "2027-01-06"},
            {"from_on": "2027-05-01", "until_on": "2027-05-02"},
        ]
    )
    other = write(
        unavailable=[
            {"from_on": "2026-11-01", "until_on": "2026-11-02"},
            {"from_on": "2026-12-24", "until_on": "2026-12-26"},
            {"from_on": "2027-01-06", "until_on": "2027-02-01"},
        ]
    )
    found = [(str(one.from_on), str(one.until_on)) for one in united(own, other).unavailable]
    assert found == [("2026-11-01", "2026-11-02"), ("2026-12-20", "2027-02-01"), ("2027-05-01", "2027-05-02")]
    assert united(other, own).unavailable == united(own, other).unavailable
