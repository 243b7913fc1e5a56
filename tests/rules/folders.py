"""Copies of the rule data that a test may spoil, with an invented country in them."""

import shutil
from pathlib import Path

from app.rules import load

EXAMPLE = "countries/AQ.yaml"
"""Antarctica has no evidence, and will have none."""
EXAMPLE_TEXT = """\
code: "AQ"
region: "010"
thank_you_note:
- since: 2024-01-01
  reviewed_on: 2025-02-01
  confidence: high
  expectation: appreciated
  channels: [email]
  sources: [station, survey]
- since: 2020-01-01
  reviewed_on: 2020-06-01
  confidence: low
  expectation: optional
  sources: [station]
variations:
- id: wintering
  when: {track: experienced, size: small}
  because: Whoever winters there is thanked by radio.
  sources: [station]
subdivisions:
  coast:
    codes: ["AQ-C"]
    because: Ships bring the mail.
    gifts:
    - since: 2023-01-01
      reviewed_on: 2026-01-01
      confidence: low
      to_interviewer: avoid
      sources: [station]
    - reviewed_on: 2022-01-01
      confidence: low
      to_interviewer: acceptable
      sources: [station]
sources:
  station:
    url: https://station.example.com/after-the-interview
    publisher: Example Station
    kind: blog
    year: 2024
    weight: medium
    stance: for
    supports: [thank_you_note.expectation, thank_you_note.channels, gifts.to_interviewer, variations.wintering]
    says: A note is usual, a gift is not.
  survey:
    url: https://survey.example.com/
    publisher: Example Survey
    kind: survey
    weight: high
    stance: for
    supports: [thank_you_note.expectation]
    says: Half of those asked send a note.
notes: An invented example, à la carte.
"""


KEPT = {
    "countries": {"CA.yaml", "NO.yaml", "SE.yaml"},
    "companies": {"zapier.yaml"},
    "statutes": {"on-inform-interviewed.yaml"},
    "regions": set[str](),
}
"""Files of large folders that are copied; a whole copy would only take more time."""


def copy_of_the_data(below: Path) -> Path:
    """Part of the rule data and the example, in a folder of its own, without fault."""

    def ignored(directory: str, names: list[str]) -> list[str]:
        kept = KEPT.get(Path(directory).name, names)
        return [name for name in names if name not in kept]

    folder = Path(shutil.copytree(load.DATA, below / "data", ignore=ignored))
    load.write(folder, EXAMPLE, EXAMPLE_TEXT)
    return folder


def change(folder: Path, old: str, new: str, name: str = EXAMPLE) -> None:
    """Replace the first `old` in a file, which must be there."""
    text = load.text_of(folder, name)
    assert old in text
    load.write(folder, name, text.replace(old, new, 1))
