"""Where requests come from and what they ask for: hosts, origins, peers. What follows from it is `guards`'."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

__all__ = ["host_name", "is_known_host", "is_loopback", "is_same_origin", "network_of", "url_of"]


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens at `host`."""
    if host == "localhost":
        return True
    address = _ip(host)
    return address is not None and address.is_loopback


def host_name(host_header: str) -> str:
    """`review.example` of `Review.example:8700`; empty for what is no host."""
    try:
        return (urlsplit(f"//{host_header}").hostname or "").lower()
    except ValueError:
        return ""


def is_known_host(host_header: str, names: Iterable[str]) -> bool:
    """Whether a browser may ask for this host.

    Addresses in digits may always be asked for: no other site's name can be made to lead to them (DNS rebinding).
    """
    name = host_name(host_header)
    return name == "localhost" or _ip(name) is not None or name in {known.lower() for known in names}


def is_same_origin(origin: str, host_header: str) -> bool:
    """Whether a page of this very host asks; `origin` and `host_header` are as the browser sent them."""
    try:
        asked = urlsplit(origin)
        return asked.scheme in ("http", "https") and bool(host_header) and asked.netloc.lower() == host_header.lower()
    except ValueError:
        return False


def network_of(address: str) -> str:
    """Whom to count as one: an IPv4 address, or the /64 network that one IPv6 subscriber has."""
    known = _ip(address)
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known) if known else "unknown"


def url_of(host: str, port: int) -> str:
    """Where a person finds what listens at `host`; all of a machine's addresses are found by its name."""
    address = _ip(host)
    if address is not None and address.is_unspecified:
        return f"http://{socket.gethostname()}:{port}/"
    shown = f"[{host}]" if isinstance(address, ipaddress.IPv6Address) else host
    return f"http://{shown}:{port}/"


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
