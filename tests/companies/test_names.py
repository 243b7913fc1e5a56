import pytest

from app.companies.names import domain_of, name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller & Söhne GmbH", "MULLER SOHNE"),
        ("株式会社山田", "山田"),
        ("Initech, Inc.", "initech"),
        ("Initech S.A.", "Initech SA"),
        ("L'Oréal", "LOREAL"),
        ("\uff29\uff4e\uff49\uff54\uff45\uff43\uff48", "Initech"),
        ("삼성 주식회사", "삼성"),
    ],
)
def test_names_that_mean_the_same_have_the_same_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Initech", "Initrode"), ("ガス", "カス"), ("AG Systems 1", "AG Systems 2")]
)
def test_names_that_differ_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_name_that_is_nothing_but_a_legal_form_keeps_it() -> None:
    assert name_key("Company Ltd") == "company ltd"


@pytest.mark.parametrize(
    ("given", "domain"),
    [
        ("initech.example", "initech.example"),
        ("https://www.Initech.example/jobs?x=1", "initech.example"),
        ("jobs@initech.example", "initech.example"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_the_domain_of_what_people_paste(given: str, domain: str) -> None:
    assert domain_of(given) == domain


@pytest.mark.parametrize(
    "given", ["initech", "two words.example", "http://", "-.example", "a" * 250 + ".example", "1.2.3.4"]
)
def test_what_is_no_domain_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="not a domain"):
        domain_of(given)
