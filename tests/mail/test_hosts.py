import socket
from typing import Any

import pytest

from app.mail.errors import ConnectionFailed
from app.mail.hosts import PrivateHost, addresses, is_public
from app.mail.smtp import Server, Submission
from tests.mail.server import running_mail_server


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - nothing listens
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "fe80::1",
        "fe80::1%lo",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
    ],
)
def test_an_address_of_a_network_of_ones_own_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "64:ff9b::9.9.9.9", "2002:909:909::"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "::1"])
def test_a_private_host_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(PrivateHost):
        addresses(host, 587, private=False)


def test_a_private_host_is_found_where_it_may_be() -> None:
    assert "127.0.0.1" in addresses("localhost", 587, private=True)


@pytest.mark.parametrize("host", ["nobody.invalid", "a" * 64 + ".example.com"])
def test_a_host_that_is_not_there_is_said_to_be_none(host: str) -> None:
    server = Server(host=host, port=587, security="starttls")
    with pytest.raises(ConnectionFailed) as failed, Submission(server):
        pass
    assert (failed.value.reason, failed.value.words) == ("no_such_host", f"There is no host {host}.")


def test_nothing_connects_to_a_private_host_that_a_user_names() -> None:
    with running_mail_server() as server:
        with pytest.raises(ConnectionFailed) as failed, Submission(server.as_server(private=False)):
            pass
        assert server.sessions == []
    assert failed.value.reason == "private_host"
    assert failed.value.words == "localhost is not on the public internet."


def test_only_the_addresses_that_were_looked_at_are_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = socket.getaddrinfo, list[str]()

    def moving(host: str, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - what the system answers
        asked.append(host)
        if host == "localhost":
            host = "127.0.0.1" if asked.count("localhost") == 1 else "192.0.2.1"
        return real(host, *given, **more)

    with running_mail_server() as server:
        monkeypatch.setattr("app.mail.hosts.socket.getaddrinfo", moving)
        with Submission(server.as_server()):
            assert asked[0] == "localhost"
            assert asked.count("localhost") == 1


def test_the_next_address_is_tried_where_one_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_mail_server() as server:
        # Nothing listens on the first.
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, server.port)) for one in ("127.0.0.2", "127.0.0.1")]
        real = socket.getaddrinfo
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *given, **more: found if host == "localhost" else real(host, *given, **more),
        )
        with Submission(server.as_server()):
            assert len(server.sessions) == 1
