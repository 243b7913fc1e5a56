"""Spectral, with every rule it has for OpenAPI, finds nothing to say about the document."""

import json
from pathlib import Path
from typing import Any

from app.settings import Settings
from tests.openapi.conftest import FOLDER, node_program, output_of, write_document

PUBLISHED = Settings.model_validate(
    {
        "public_url": "https://afterword.example.org/api",
        "contact_url": "https://afterword.example.org/help",
        "contact_email": "help@afterword.example.org",
    }
)


def findings(document: Path) -> list[dict[str, Any]]:
    arguments = ("lint", document.name, "--ruleset", FOLDER / "spectral.yaml", "--format", "json", "--quiet")
    found: list[dict[str, Any]] = json.loads(output_of(node_program("spectral"), *arguments, folder=document.parent))
    return found


def test_the_document_of_a_published_server_breaks_no_rule(tmp_path: Path) -> None:
    assert findings(write_document(PUBLISHED, tmp_path)) == []


def test_a_server_that_nobody_configured_lacks_only_a_contact(document: Path) -> None:
    [finding] = findings(document)
    assert (finding["code"], finding["path"]) == ("contact-properties", ["info", "contact"])
