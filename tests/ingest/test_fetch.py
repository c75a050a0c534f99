"""Fetching: what is not of the open internet is refused before a byte is sent, and no answer can cost more than it may."""

import gzip
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.ingest.fetch import Fetcher, Guard, Limits, Refused, dialled, is_public

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "0.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
     "2002:7f00:0001::", "224.0.0.1", "ff02::1", "255.255.255.255", "198.18.0.1", "203.0.113.9", "2001:db8::1", "fec0::1",
     "not an address", "fe80::1%eth0"],
)  # fmt: skip
def test_what_is_not_of_the_open_internet(address):
    """Loopback, private, link-local, metadata, documentation, multicast; wrapped in IPv6 too."""
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"])
def test_what_is(address):
    """Ordinary addresses pass."""
    assert is_public(address)


class Handler(BaseHTTPRequestHandler):
    asked: list[str]

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.asked.append(self.path)
        body, head, status = b"<html>fine</html>", {"Content-Type": 'Text/HTML; Charset="UTF-8"'}, 200
        match self.path:
            case "/in":
                status, head = 302, {"Location": "http://evil.test/secret"}
            case "/file":
                status, head = 302, {"Location": "file:///etc/passwd"}
            case "/turn":
                status, head = 302, {"Location": "/turn2"}
            case "/turn2":
                status, head = 302, {"Location": "/turn"}
            case "/bomb":
                body, head = gzip.compress(b"a" * 5_000_000), {"Content-Encoding": "gzip"}
            case "/cut":
                body, head = gzip.compress(b"a" * 50_000)[:-20], {"Content-Encoding": "gzip"}
            case "/raw":
                body = zlib.compress(b"raw deflate", wbits=-15)
                head = {"Content-Encoding": "deflate"}
            case "/odd":
                head = {"Content-Encoding": "zstd"}
            case "/large":
                body = b"a" * 2_000_000
            case "/same" if self.headers.get("If-None-Match") == '"1"':
                status, body = 304, b""
            case "/slow":
                status, head = 429, {"Retry-After": "120"}
        self.send_response(status)
        for name, value in head.items():
            self.send_header(name, value)
        self.send_header("ETag", '"1"')
        if self.path != "/large":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site():
    made = type("Asked", (Handler,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), made)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server.server_address[1], made.asked
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def fetcher(site):
    names = {"news.test": [PUBLIC], "evil.test": ["169.254.169.254"], "both.test": [PUBLIC, "10.0.0.1"]}

    def resolve(host, _port):
        return names.get(host) or [host]

    def dial(address, _port, timeout):
        assert address == PUBLIC
        return dialled("127.0.0.1", site[0], timeout)

    made = Fetcher(
        limits=Limits(bytes=1_000_000, redirects=3, silence=5, seconds=20),
        guard=Guard(allow_private=False, resolve=resolve, dial=dial),
    )
    yield made
    made.close()


def test_an_answer_says_what_it_is(fetcher, site):
    """Body, type, charset, tag; and 304 where nothing is new."""
    answer = fetcher.get("http://news.test/same#part")
    assert (answer.status, answer.data, answer.type, answer.charset) == (
        200,
        b"<html>fine</html>",
        "text/html",
        "UTF-8",
    )
    assert fetcher.get("http://news.test/same", etag=answer.etag).status == 304
    assert fetcher.get("http://news.test/slow").wait == 120
    assert fetcher.get("http://news.test/raw").data == b"raw deflate"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/", "R116"), ("http://[::1]/", "R116"), ("http://evil.test/", "R116"), ("http://both.test/", "R116"),
        ("http://169.254.169.254/latest/meta-data", "R116"), ("http://2130706433/", "R116"), ("ftp://news.test/", "R116"),
        ("file:///etc/passwd", "R116"), ("http://user:pass@news.test/", "R116"), ("http://news.test/in", "R116"),
        ("http://news.test/file", "R116"), ("http://news.test/turn", "R119"), ("http://news.test/bomb", "R105"),
        ("http://news.test/large", "R105"), ("http://news.test/cut", "R118"), ("http://news.test/odd", "R118"),
    ],
)  # fmt: skip
def test_what_is_refused(fetcher, site, url, code):
    """By address, by scheme, behind a redirect, by size; with the code that says why."""
    with pytest.raises(Refused) as refused:
        fetcher.get(url)
    assert refused.value.code == code
    assert "/secret" not in site[1]


def test_a_name_that_changes_its_mind_gains_nothing(site):
    """DNS rebinding: each connection goes to the address that was checked for it."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    dialled_to = []

    def dial(address, _port, timeout):
        dialled_to.append(address)
        return dialled("127.0.0.1", site[0], timeout)

    fetcher = Fetcher(guard=Guard(allow_private=False, resolve=lambda *_: next(answers), dial=dial))
    assert fetcher.get("http://news.test/a").status == 200
    with pytest.raises(Refused) as refused:
        fetcher.get("http://news.test/b")
    fetcher.close()
    assert refused.value.code == "R116"
    assert dialled_to == [PUBLIC]
    assert site[1] == ["/a"]


def test_private_addresses_where_they_are_allowed(site):
    """--allow-private reads a page of this machine."""
    fetcher = Fetcher(allow_private=True)
    assert fetcher.get(f"http://127.0.0.1:{site[0]}/a").status == 200
    fetcher.close()


def test_a_redirect_is_asked_about(fetcher):
    """What robots.txt forbids is not reached by a detour."""
    with pytest.raises(Refused) as refused:
        fetcher.get("http://news.test/turn", allowed=lambda _: False)
    assert refused.value.code == "R117"
