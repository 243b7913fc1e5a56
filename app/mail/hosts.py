"""Where a host is, and whether a user may have this server connect to it."""

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_MOST_ADDRESSES = 8
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


class PrivateHost(OSError):
    """A host that is none of the public internet's."""


def addresses(host: str, port: int, *, private: bool) -> list[str]:
    """The IP addresses of a host. Only those that anybody can reach, unless `private`.

    Whoever connects must use what this gives: a name that is looked up again may have moved. Raises `OSError` where
    there is no such host, and of that `PrivateHost` where it has no public address.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise socket.gaierror(f"{host} is no name of a host") from None
    known = list(dict.fromkeys(str(place[0]) for *_, place in found))
    allowed = known if private else [one for one in known if is_public(one)]
    if not allowed:
        raise PrivateHost(f"{host} is not on the public internet")
    return allowed[:_MOST_ADDRESSES]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also as seen through every tunnel that it may stand for."""
    return all(_is_global(one) for one in _reached(ip_address(address)))


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    in_use = isinstance(address, IPv4Address) or address in _GLOBAL_UNICAST or address in _NAT64
    return in_use and address.is_global and not address.is_multicast


def _reached(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address, or the one that it is another form of; and those of the network behind a tunnel."""
    if isinstance(address, IPv4Address):
        yield address
        return
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
        return
    yield address
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
