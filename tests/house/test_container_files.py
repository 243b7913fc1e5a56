import re

import yaml

from tests.house.repository import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = [
    line for line in DOCKERFILE.replace("\\\n", " ").splitlines() if line.strip() and not line.lstrip().startswith("#")
]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


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


def test_compose_publishes_the_api_on_loopback_only_and_grants_it_nothing() -> None:
    api = COMPOSE["services"]["api"]
    assert api["ports"] == ["127.0.0.1:8000:8000"]
    assert api["read_only"] is True
    assert api["tmpfs"] == ["/tmp"]  # noqa: S108  (a mount point in the container)
    assert api["cap_drop"] == ["ALL"]
    assert api["security_opt"] == ["no-new-privileges:true"]


def test_compose_checks_health_as_the_image_does() -> None:
    check = COMPOSE["services"]["api"]["healthcheck"]["test"][-1]
    assert check in arguments("HEALTHCHECK")[0]
