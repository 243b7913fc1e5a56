from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_PORT", "9000")
    monkeypatch.setenv("AFTERWORD_LOG_LEVEL", "warning")
    settings = Settings()
    assert (settings.port, settings.log_level) == (9000, "warning")


def test_the_server_is_not_open_to_the_network_by_default() -> None:
    assert Settings().host == "127.0.0.1"


def test_a_batch_of_a_thousand_items_of_two_kilobytes_fits() -> None:
    assert Settings().max_request_bytes >= 1000 * 2000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "65536"),
        ("LOG_LEVEL", "loud"),
        ("MAX_REQUEST_BYTES", "0"),
        ("PUBLIC_URL", "ftp://example.com"),
        ("CONTACT_EMAIL", "nobody"),
        ("MAIL_CA_FILE", "/nowhere/ca.pem"),
        ("MAILBOX_TESTS", "often"),
        ("MAIL_PRIVATE_HOSTS", "perhaps"),
        ("BACKGROUND", "nowhere"),
        ("BACKGROUND_SCHEDULE", "each minute"),
        ("BACKGROUND_SCHEDULE", "* * * * *"),
        ("BACKGROUND_SCHEDULE", "61 * * * * *"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"AFTERWORD_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_a_schedule_that_is_none_is_refused_with_one_that_is() -> None:
    with pytest.raises(ValidationError, match=r"six fields of cron, the first for seconds, such as `0 \* \* \* \* \*`"):
        Settings(background_schedule="0 0 * * *")
    assert Settings(background_schedule="*/5 * * * * *").background_schedule == "*/5 * * * * *"


def test_the_public_root_has_no_slash_at_its_end() -> None:
    assert Settings.model_validate({"public_url": "https://example.com/api/"}).public_root == "https://example.com/api"
    assert Settings().public_root == ""


def test_the_contact_has_what_the_operator_says_and_no_more() -> None:
    assert Settings().contact == {"name": "Afterword"}
    settings = Settings.model_validate({"contact_email": "help@example.com"})
    assert settings.contact == {"name": "Afterword", "email": "help@example.com"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("nonsense", "no database URL"),
        ("postgresql://u:secret@h:notaport/x", "no database URL"),
        ("mysql://u:secret@h/x", "'mysql' is no database that Afterword knows"),
    ],
)
def test_a_database_that_cannot_be_used_is_refused_without_its_password(given: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Settings(database_url=given)
    (error,) = raised.value.errors()
    assert sentence in str(error["ctx"]["error"])
    assert "secret" not in str(error["ctx"]["error"])
    assert "postgresql://" in str(error["ctx"]["error"])


def test_a_database_url_as_hosting_companies_write_it_is_taken() -> None:
    assert Settings(database_url="postgres://u@h/x").database == "postgresql://u@h/x"


PRODUCTION = {"environment": "production", "secret_keys": "x" * 32}


def test_users_may_name_private_mail_servers_in_development_only_unless_the_operator_says_otherwise() -> None:
    assert Settings().private_mail_hosts
    assert not Settings.model_validate(PRODUCTION).private_mail_hosts
    assert Settings.model_validate({**PRODUCTION, "mail_private_hosts": True}).private_mail_hosts
    assert not Settings(mail_private_hosts=False).private_mail_hosts


def test_the_local_mail_server_is_trusted_in_development_once_there_is_one(tmp_path: Path) -> None:
    settings = {"data_dir": tmp_path}
    assert Settings.model_validate(settings).mail_authorities is None
    made = tmp_path / "mail" / "ca.pem"
    made.parent.mkdir()
    made.touch()
    assert Settings.model_validate(settings).mail_authorities == made
    assert Settings.model_validate({**settings, **PRODUCTION}).mail_authorities is None
    other = tmp_path / "other.pem"
    other.touch()
    assert Settings.model_validate({**settings, "mail_ca_file": other}).mail_authorities == other


MAIL = {"mail_host": "mail.example.com", "mail_from": "afterword@example.com"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"mail_host": "mail.example.com"}, "AFTERWORD_MAIL_FROM must name an address of yours"),
        ({**MAIL, "mail_username": "kim"}, "AFTERWORD_MAIL_USERNAME and AFTERWORD_MAIL_PASSWORD must be set together"),
        ({**MAIL, "mail_password": "secret"}, "AFTERWORD_MAIL_USERNAME and AFTERWORD_MAIL_PASSWORD must be set"),
        ({**MAIL, "mail_host": "mail example"}, "mail_host"),
        ({**MAIL, "mail_security": "ssl"}, "mail_security"),
        ({**MAIL, "mail_from": "Afterword"}, "mail_from"),
    ],
)
def test_a_mail_server_is_named_with_all_that_it_needs(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Settings.model_validate(given)


def test_mail_goes_somewhere_in_development_and_in_production_where_a_server_is_named() -> None:
    assert Settings().can_mail
    assert not Settings.model_validate(PRODUCTION).can_mail
    assert Settings.model_validate({**PRODUCTION, **MAIL}).can_mail
    assert "hunter2" not in repr(Settings.model_validate({**MAIL, "mail_username": "kim", "mail_password": "hunter2"}))
