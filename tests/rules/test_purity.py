"""The rules are a pure function: they load no framework, open no socket, read no clock and open only data files."""

import subprocess
import sys
from pathlib import Path

import pytest

import app.rules

MODULES = sorted(
    f"app.rules.{path.stem}" for path in Path(app.rules.__file__).parent.glob("*.py") if not path.stem.startswith("__")
)
FOREIGN = (
    *("fastapi", "starlette", "sqlalchemy", "holidays", "uvicorn", "httpx", "httpx2", "requests", "urllib3", "anyio"),
    *("socket", "_socket", "ssl", "http", "asyncio", "selectors", "subprocess", "multiprocessing", "sqlite3"),
)

LOADED = """
import importlib, sys
import pydantic, tzdata, yaml, zoneinfo

class Model(pydantic.BaseModel):  # with the first model, Pydantic looks for plugins, and that loads what reads mail
    field: int | None = None

before = set(sys.modules)
for name in sys.argv[1].split(","):
    importlib.import_module(name)
print(*sorted({name.partition(".")[0] for name in set(sys.modules) - before}))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
"""Prints the top-level packages that the modules load beyond what they stand on, and then all there are."""

WATCHED = """
import datetime, random, sys, time
import pydantic, yaml

class Model(pydantic.BaseModel):
    field: int | None = None

CLOCKS = {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "localtime", "gmtime",
          "now", "today", "utcnow", "sleep", "random", "getrandbits", "urandom"}
seen, all_is_rules = [], False

def rules_among(frame):
    while frame:
        if frame.f_globals.get("__name__", "").startswith("app.rules"):
            return frame.f_globals["__name__"]
        frame = frame.f_back

def on_audit(event, args):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.fork", "urllib.")):
        seen.append(event)
    if event == "open" and all_is_rules and rules_among(sys._getframe(1)) != "app.rules.load":
        seen.append(f"open {args[0]}")

def on_call(frame, event, called):
    if event == "c_call" and called.__name__ in CLOCKS and (all_is_rules or rules_among(frame)):
        owner = getattr(called, "__self__", None)
        if called.__module__ in {"time", "posix"} or owner in {time, datetime.date, datetime.datetime} or (
            isinstance(owner, random.Random)
        ):
            seen.append(f"{called.__name__} by {frame.f_globals['__name__']}")

sys.addaudithook(on_audit)
sys.setprofile(on_call)
from app.rules import decide, load, lookup, overview
from app.rules.book import RuleBook
from app.rules.facts import Facts

all_is_rules = True
book = RuleBook(load.read())
for raw in (
    {"country": "JP", "ended_at": "2026-11-23T15:00:00+09:00", "as_of": "2026-12-24"},
    {"country": "CA", "subdivision": "CA-ON", "time_zone": "America/Toronto", "ended_at": "2026-11-23T15:00:00"},
    {"country": "US", "company": "Nobody", "said": {"answer_by": "2026-12-01"}, "enquiries": 1},
):
    assert decide.decide(book, Facts.model_validate(raw)).reasons
overview.country_overview(book, "JP", None)
print(seen)

# The watch itself: it must see what it is there for.
seen.clear()
import socket
datetime.datetime.now(); datetime.date.today(); time.time(); time.monotonic(); random.random()
socket.socket().close()
open("/dev/null").close()
sys.setprofile(None)
print(seen)
"""
"""Prints what was done that the rules may not do, and then what the same watch sees of somebody who does it all."""


def output(program: str, *arguments: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("module", ["app.rules.decide", ",".join(MODULES)], ids=["decide", "all"])
def test_the_rules_load_no_framework_database_or_network(module: str) -> None:
    added, everything = output(LOADED, module)
    assert "app" in added.split()
    assert set(added.split()) & set(FOREIGN) == set()
    assert set(everything.split()) & {"fastapi", "starlette", "sqlalchemy", "holidays", "uvicorn"} == set()


def test_deciding_opens_no_socket_reads_no_clock_and_opens_files_only_through_the_loader() -> None:
    done, control = output(WATCHED)
    assert done == "[]"
    for forbidden in ("now", "today", "time", "monotonic", "random"):
        assert f"'{forbidden} by __main__'" in control
    assert "'socket.__new__'" in control
    assert "'open /dev/null'" in control


def test_every_module_of_the_rules_is_among_those_looked_at() -> None:
    assert {"app.rules.decide", "app.rules.load", "app.rules.chain", "app.rules.facts"} <= set(MODULES)
