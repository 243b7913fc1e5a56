"""openapi-python-client writes a Python package from the document; its types and its calls work on a live server."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest

from tests.openapi.conftest import FOLDER, output_of, python_client_generator

CONFIG = FOLDER / "python_client.yaml"
PACKAGE = "generated_afterword_client"


@dataclass(frozen=True)
class PythonClient:
    """The generated package, imported, and the server that it is to talk to."""

    package: ModuleType
    models: ModuleType
    origin: str

    def operation(self, tag: str, name: str) -> ModuleType:
        """Return the module of an operation; its `sync` gives the answer, its `sync_detailed` the status too."""
        return importlib.import_module(f"{PACKAGE}.api.{tag}.{name}")


@pytest.fixture(scope="session")
def generated(document: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder that holds the generated package, and what the generator said."""
    folder = tmp_path_factory.mktemp("python")
    arguments = (
        "--path",
        document,
        "--output-path",
        PACKAGE,
        "--meta",
        "none",
        "--fail-on-warning",
        "--config",
        CONFIG,
    )
    return folder, output_of(python_client_generator(), "generate", *arguments, folder=folder)


@pytest.fixture(scope="session")
def python_client(generated: tuple[Path, str], origin: str) -> Iterator[PythonClient]:
    folder, _ = generated
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield PythonClient(importlib.import_module(PACKAGE), importlib.import_module(f"{PACKAGE}.models"), origin)


def test_the_client_is_generated_without_a_warning(generated: tuple[Path, str]) -> None:
    _, output = generated
    assert output.split() == ["Generating", PACKAGE]


def test_the_client_previews_a_decision_and_reads_its_fields(python_client: PythonClient) -> None:
    preview_decision, models = python_client.operation("decisions", "preview_decision"), python_client.models
    facts = models.Facts(country="JP", track=models.Track.EXPERIENCED, ownership=models.Ownership.DOMESTIC)

    with python_client.package.Client(base_url=python_client.origin) as client:
        decision = preview_decision.sync(client=client, body=facts)

    assert isinstance(decision, models.Decision)
    assert decision.thank_you.outcome is models.Outcome.DO_NOT_SEND
    reasons = {reason.field: reason for reason in decision.reasons}
    assert reasons["thank_you.expectation"].confidence is models.Confidence.HIGH


def test_the_client_reads_a_refusal_as_the_problem_it_is(python_client: PythonClient) -> None:
    preview_decision, models = python_client.operation("decisions", "preview_decision"), python_client.models

    with python_client.package.Client(base_url=python_client.origin) as client:
        answer = preview_decision.sync_detailed(client=client, body=models.Facts(country="Japan"))

    assert answer.status_code == 422
    assert isinstance(answer.parsed, models.Problem)
    assert (answer.parsed.code, [place.pointer for place in answer.parsed.errors]) == ("invalid_request", ["#/country"])


def test_the_client_registers_creates_an_interview_and_reads_a_decision(python_client: PythonClient) -> None:
    models, package = python_client.models, python_client.package
    email, password = f"{uuid4().hex}@example.com", "a sentence of my own"
    with package.Client(base_url=python_client.origin) as anybody:
        registration = models.Registration(email=email, password=password)
        python_client.operation("accounts", "create_account").sync(client=anybody, body=registration)
        request = models.TokenRequest(grant_type=models.GrantType.PASSWORD, username=email, password=password)
        token = python_client.operation("accounts", "create_token").sync(client=anybody, body=request)
    assert isinstance(token, models.Tokens)

    with package.AuthenticatedClient(base_url=python_client.origin, token=token.access_token) as client:

        def made(tag: str, name: str, body: object, *path: object) -> Any:  # noqa: ANN401 - one of the models
            answer = python_client.operation(tag, name).sync(*path, client=client, body=body)
            assert not isinstance(answer, models.Problem), answer
            return answer

        company = made("companies", "create_company", models.CompanyWrite(name="Umbrella KK", country="JP"))
        application = made(
            "applications",
            "create_application",
            models.ApplicationCreate(company_id=company.id, position="Data engineer", country="JP"),
        )
        tanaka = made("contacts", "create_contact", models.ContactWrite(name=models.NameWrite(family_name="Tanaka")))
        interview = made(
            "interviews",
            "create_interview",
            models.InterviewCreate(
                application_id=application.id,
                starts_at="2026-11-20T14:00:00",
                time_zone="Asia/Tokyo",
                participants=[models.ParticipantWrite(contact_id=tanaka.id, role=models.ParticipantRole.INTERVIEWER)],
            ),
        )
        decision = made("decisions", "create_decision", models.DecisionWrite(), interview.id)
        read = python_client.operation("decisions", "get_decision").sync(decision.id, client=client)

    assert isinstance(read, models.InterviewDecision)
    assert read == decision
    assert read.recipients[0].contact_id == tanaka.id
    assert read.recipients[0].decision.thank_you.outcome is models.Outcome.DO_NOT_SEND
