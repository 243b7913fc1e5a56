"""`make mail`: a mail server on this machine for trying things out. It lets everybody in and sends nothing on.

A server that runs in development trusts its certificate and can be told of it as `localhost`, with STARTTLS and any
user name and password. What arrives is shown and kept as a file that mail programs open.
"""

import re
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from app.http import clock
from app.settings import Settings
from tests.mail.server import Received, authority, running_mail_server

FILE_OF_AUTHORITY = "ca.pem"
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What would be orders to a terminal."""


def serve(folder: Path, port: int, say: Callable[[str], object]) -> NoReturn:
    """Take mail, show it by `say` and keep it in `folder`. Raises `OSError` where it cannot listen on the port."""
    certificate = authority().issue_cert("localhost", "127.0.0.1")
    with running_mail_server(certificate=certificate, passwords=None, port=port) as server:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        authority().cert_pem.write_to_path(str(folder / FILE_OF_AUTHORITY))
        say(
            f"Mail to localhost, port {server.port}, with STARTTLS and any user name and password is shown here and "
            f"kept in {folder}; Ctrl+C ends it.\n"
        )
        shown = 0
        while True:
            with server.news:
                server.news.wait_for(lambda seen=shown: len(server.received) > seen)  # type: ignore[misc]
            for mail in server.received[shown:]:
                shown += 1
                file = _keep(mail, folder, clock.now(), shown)
                say(f"\n{_described(mail)}\n({file})\n")


def _keep(mail: Received, folder: Path, now: datetime, number: int) -> Path:
    file = folder / f"{now:%Y-%m-%dT%H%M%S}-{number}.eml"
    file.write_bytes(mail.content)
    return file


def _described(mail: Received) -> str:
    message = mail.message
    headers = (f"{name}: {message[name]}" for name in ("From", "To", "Subject"))
    return _UNSHOWN.sub("", "\n".join((*headers, "", mail.text)))


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    # Where it was started in the background, it would not hear of Ctrl+C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        serve(Settings().data_dir / "mail", int(sys.argv[1]), _say)
    except KeyboardInterrupt:
        _say("\n")
    except OSError as error:
        sys.exit(f"The mail server cannot be started: {error.strerror or error}.")
