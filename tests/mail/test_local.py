"""`make mail`, and a server in development that trusts it without being told."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.mail.smtp import Server, Submission
from app.settings import Settings
from tests.house.repository import ROOT
from tests.mail.mails import a_mail
from tests.mail.server import SECONDS


@contextmanager
def started(folder: Path, port: int = 0) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.mail.local", str(port)]
    environment = os.environ | {"AFTERWORD_DATA_DIR": str(folder)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def port_of(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.match(r"Mail to localhost, port (\d+), with STARTTLS and any user name and password is shown", line)
    assert found is not None, line
    return int(found[1])


def test_what_is_sent_to_the_local_server_is_shown_and_kept(tmp_path: Path) -> None:
    with started(tmp_path) as process:
        settings = Settings(data_dir=tmp_path)
        for host in ("localhost", "127.0.0.1"):
            if host == "localhost":
                port = port_of(process)
            server = Server(
                host=host,
                port=port,
                security="starttls",
                username="anybody",
                password="anything",  # noqa: S106 - it is nobody's
                ca_file=settings.mail_authorities,
                private=settings.private_mail_hosts,
            )
            with Submission(server) as submission:
                submission.offer(a_mail(text="昨日はありがとうございました。\nMany thanks."))
                submission.hand_over()
        assert process.stdout is not None
        said = "".join(process.stdout.readline() for _ in range(18))
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0
    kept = sorted((tmp_path / "mail").glob("*.eml"))
    headers = "From: Kim Larsen <kim@example.com>\nTo: 田中 愛子 <tanaka@example.jp>\nSubject: 御礼\n"
    mail = f"\n{headers}\n昨日はありがとうございました。\nMany thanks.\n"
    assert said == "".join(f"{mail}\n({file})\n" for file in kept)
    assert b"Subject: =?utf-8?b?5b6h56S8?=" in kept[0].read_bytes()


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with started(tmp_path) as process, started(tmp_path / "other", port_of(process)) as second:
        _, error = second.communicate(timeout=SECONDS)
        assert second.returncode == 1
        assert re.fullmatch(r"The mail server cannot be started: .*in use.*\.\n", error)
