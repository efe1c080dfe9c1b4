from __future__ import annotations

import pytest

from pedcorpus.addresses import host_name, is_known_host, is_loopback, is_same_origin, network_of, url_of


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("review.example", False),
        # a name that somebody else's server may give any address
        ("localhost.example", False),
        ("", False),
    ],
)
def test_loopback_is_what_this_machine_alone_reaches(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("127.0.0.1:8700", True),
        ("[::1]:8700", True),
        ("localhost:8700", True),
        ("10.1.2.3", True),
        ("Review.Hospital.example", True),
        ("review.hospital.example:443", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("review.hospital.example.evil.example", False),
        ("", False),
        ("[", False),
        ("a:b:c", False),
    ],
)
def test_a_host_is_known_by_digits_or_by_settings(header: str, expected: bool) -> None:
    assert is_known_host(header, ["review.hospital.example"]) is expected


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("http://10.0.0.1:8700", True),
        ("https://10.0.0.1:8700", True),
        ("http://10.0.0.1", False),
        ("http://10.0.0.1:8701", False),
        ("http://evil.example", False),
        ("http://10.0.0.1:8700@evil.example", False),
        ("http://evil.example/10.0.0.1:8700", False),
        ("file://10.0.0.1:8700", False),
        ("null", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_only_our_own_pages_are_of_our_origin(origin: str, expected: bool) -> None:
    assert is_same_origin(origin, "10.0.0.1:8700") is expected


def test_nothing_is_of_the_origin_of_no_host() -> None:
    assert not is_same_origin("http://", "")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("", "unknown"),
        ("<script>", "unknown"),
    ],
)
def test_who_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network


def test_addresses_are_told_as_browsers_take_them() -> None:
    assert url_of("::1", 8700) == "http://[::1]:8700/"
    assert "0.0.0.0" not in url_of("0.0.0.0", 8700)
    assert host_name("[::1]:8700") == "::1"
