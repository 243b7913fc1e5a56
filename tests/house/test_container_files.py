import re

import pytest
import yaml
from sqlalchemy import make_url

from app.settings import Settings
from tests.house.repository import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = [
    line for line in DOCKERFILE.replace("\\\n", " ").splitlines() if line.strip() and not line.lstrip().startswith("#")
]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


def arguments(instruction: str) -> list[str]:
    return [line.split(maxsplit=1)[1] for line in INSTRUCTIONS if line.split()[0] == instruction]


def test_the_dockerfile_uses_nothing_that_only_buildkit_understands() -> None:
    assert not re.search(r"--mount|--link|--parents|--exclude|--checksum|--security|--network|<<", DOCKERFILE)
    assert not re.search(r"^#\s*(?:syntax|escape|check)\s*=", DOCKERFILE, re.MULTILINE)


def test_both_stages_start_from_the_python_version_that_is_asked_for() -> None:
    assert arguments("ARG") == ["PYTHON_VERSION=3.11"]
    bases = [base.split()[0] for base in arguments("FROM")]
    assert bases == ["python:${PYTHON_VERSION}-slim-bookworm"] * 2


def test_the_image_runs_as_a_fixed_user_that_is_not_root() -> None:
    (user,) = arguments("USER")
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    assert INSTRUCTIONS.index(f"USER {user}") < INSTRUCTIONS.index("EXPOSE 8000")


def test_the_final_stage_installs_no_package() -> None:
    final_stage = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert not re.search(r"apt-get|pip install|pip wheel", final_stage)


def test_the_image_checks_its_own_health_with_python_and_stops_on_sigterm() -> None:
    (check,) = arguments("HEALTHCHECK")
    assert "/healthz" in check
    assert "curl" not in check
    assert arguments("STOPSIGNAL") == ["SIGTERM"]


OURS = ("migrate", "api", "worker")


def test_compose_publishes_on_loopback_only() -> None:
    published = {name: service.get("ports", []) for name, service in SERVICES.items()}
    assert published == {
        "migrate": [],
        "api": ["127.0.0.1:${AFTERWORD_PORTS:-8000}:8000"],
        "worker": [],
        "postgres": [],
        "mailpit": ["127.0.0.1:8025:8025"],
    }


@pytest.mark.parametrize("name", OURS)
def test_compose_grants_what_runs_the_image_nothing(name: str) -> None:
    service = SERVICES[name]
    assert service["image"] == "afterword"
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108  (a mount point in the container)
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["data:/data"]


def test_compose_migrates_once_before_what_can_be_scaled() -> None:
    assert SERVICES["migrate"]["command"] == ["migrate"]
    assert "restart" not in SERVICES["migrate"]
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in ("api", "worker"):
        assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
        # A name or a port of its own would keep a second one from starting.
        assert "container_name" not in SERVICES[name]


def test_compose_gives_what_is_stopped_more_time_than_it_gives_itself() -> None:
    for name in ("api", "worker"):
        seconds = int(SERVICES[name]["stop_grace_period"].removesuffix("s"))
        assert seconds > Settings.model_fields["shutdown_seconds"].default


def test_compose_gives_every_process_the_same_settings_and_each_is_one() -> None:
    [environment] = {tuple(SERVICES[name]["environment"].items()) for name in OURS}
    names = {name.removeprefix("AFTERWORD_").lower() for name, _ in environment}
    assert names - set(Settings.model_fields) == set()
    assert dict(environment)["AFTERWORD_BACKGROUND"] == "elsewhere"


def test_compose_has_the_database_and_the_mail_server_that_the_settings_name() -> None:
    environment = SERVICES["api"]["environment"]
    url = make_url(re.sub(r"^\$\{\w+:-(.*)}$", r"\1", environment["AFTERWORD_DATABASE_URL"]))
    assert url.host in SERVICES
    of_postgres = SERVICES["postgres"]["environment"]
    named = (of_postgres["POSTGRES_USER"], of_postgres["POSTGRES_PASSWORD"], of_postgres["POSTGRES_DB"])
    assert (url.username, url.password, url.database) == named
    assert environment["AFTERWORD_MAIL_HOST"] == "${AFTERWORD_MAIL_HOST:-mailpit}"


def test_compose_takes_no_image_that_changes_its_version() -> None:
    images = {service["image"] for service in SERVICES.values()} - {"afterword"}
    assert all(re.search(r":v?\d+[\d.]*(-alpine)?$", image) for image in images), images


def test_compose_checks_health_as_the_image_does() -> None:
    check = COMPOSE["services"]["api"]["healthcheck"]["test"][-1]
    assert check in arguments("HEALTHCHECK")[0]
