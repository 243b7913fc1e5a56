"""Where the repository's own files are, for the tests that read them."""

import subprocess
from pathlib import Path

from tests.conftest import missing, require_tool

ROOT = Path(__file__).resolve().parents[2]


def tracked_files() -> list[Path]:
    """Return every file under version control that still exists; see `missing` for a tree without git."""
    if not (ROOT / ".git").exists():
        missing("this is not a git checkout")
    listing = subprocess.run(
        [require_tool("git"), "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]
