from tests.stored import Account

PATH = "/v1/companies"
INITECH = {
    "name": "Initech GmbH",
    "domains": ["https://www.initech.example/jobs"],
    "country": "DE",
    "sector": "technology",
}


def test_a_company_is_added_and_read_back(account: Account) -> None:
    made = account.made(PATH, INITECH)
    assert made["name"] == "Initech GmbH"
    assert made["domains"] == ["initech.example"]
    assert account.seen(f"{PATH}/{made['id']}") == made
