"""Addresses: one form for one page."""

import pytest

from onrecord.ingest.address import canonical, host_of, is_address, same_site, site_of


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("HTTPS://News.Example:443/a?utm_source=x&id=3#top", "https://news.example/a?id=3"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example:8080/a?b=%20c", "http://news.example:8080/a?b=%20c"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("https://news.example./x?fbclid=1", "https://news.example/x"),
    ],
)
def test_one_page_has_one_address(given, wanted):
    """Case of the host, default port, fragment and tracking make no difference; what may matter stays."""
    assert canonical(given) == wanted
    assert canonical(wanted) == wanted


@pytest.mark.parametrize(
    "given", ["ftp://x.example/", "javascript:alert(1)", "//x.example/a", "https:///a", "http://[x"]
)
def test_anything_else_is_no_address(given):
    """Only http and https with a host."""
    with pytest.raises(ValueError):
        canonical(given)


def test_a_site_and_its_fronts():
    """www. and m. are the same site; another name is another."""
    assert same_site("https://www.news.example/a", "http://m.news.example/b")
    assert not same_site("https://news.example/a", "https://news.example.evil.example/a")
    assert not same_site("not an address", "neither")
    assert host_of("http://[") == ""
    assert site_of("https://News.example:8443/a") == "https://news.example:8443"
    assert is_address("https://x.example")
    assert not is_address("ftp.txt")
