"""Takes out of package-lock.json what npm copies into it and no installation reads: where to give packages money."""

import json
from pathlib import Path

PATH = Path(__file__).with_name("package-lock.json")


def tidy() -> None:
    """Rewrite the lock file without `funding`, in npm's own layout."""
    lock = json.loads(PATH.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
    PATH.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    tidy()
