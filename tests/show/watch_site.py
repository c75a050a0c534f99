"""A site on loopback for `onrecord watch`: feeds of every kind, pages that behave, and pages that don't.

Hosts a.test to f.test; every request is logged. Bound to 127.0.0.1 alone; the names exist only in `watch_driver.py`.
"""

import gzip
import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOSTS = ("a.test", "b.test", "c.test", "d.test", "e.test", "f.test")
ODD = {
    "bomb": "R105", "huge": "R105", "drip": "R118", "gone": "R118", "circle": "R119", "inward": "R116",
    "rebound": "R116", "private": "R117", "image": "R106", "broken": "R118",
}  # fmt: skip
WORDS = "Minister Orla Venn said in part {part} of page {page} at {host} that the accord would be honoured in full by all of the partners."


def article(host: str, number: int) -> bytes:
    body = "".join(f"<p>{WORDS.format(part=part, page=number, host=host)}</p>" for part in range(4))
    return (
        f"<!doctype html><html><head><title>Page {number} of {host}</title></head><body><article><h1>Page {number} of {host}"
        f"</h1>{body}<p>“Köprü” is bridge {number} of {host}, she added at the end.</p></article></body></html>"
    ).encode()


class Site:
    """The server. `pages` a host, and on the first the odd ones; `log` holds (time, host, path, status)."""

    def __init__(self, pages: int) -> None:
        self.pages = pages
        self.log: list[tuple[float, str, str, int]] = []
        self.seen: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self._thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self._thread.join(10)

    @property
    def feeds(self) -> list[str]:
        return [f"http://{host}/{self.kind(host)}" for host in HOSTS]

    @staticmethod
    def kind(host: str) -> str:
        return ("rss.xml", "atom.xml", "feed.json", "sitemap.xml", "index.xml", "list.opml")[HOSTS.index(host)]

    def addresses(self, host: str) -> list[str]:
        mine = [f"http://{host}/news/{number}" for number in range(self.pages)]
        return mine + ([f"http://{host}/odd/{name}" for name in ODD] if host == "a.test" else [])

    def feed(self, host: str, path: str) -> bytes | None:
        links = self.addresses(host)
        items = "".join(
            f"<item><link>{one}</link><title>t</title><pubDate>Mon, 05 May 2031 10:00:00 GMT</pubDate></item>"
            for one in links
        )
        entries = "".join(
            f'<entry><link href="{one}"/><id>{one}</id><title>t</title><updated>2031-05-05T10:00:00Z</updated></entry>'
            for one in links
        )
        urls = "".join(
            f"<url><loc>{one}</loc><n:news><n:publication_date>2031-05-05</n:publication_date></n:news></url>"
            for one in links
        )
        xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
        rss = f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
        made = {
            "/rss.xml": rss,
            "/sub.xml": rss,
            "/atom.xml": f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{entries}</feed>",
            "/feed.json": json.dumps(
                {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": one, "url": one} for one in links]}
            ),
            "/sitemap.xml": f"<?xml version='1.0'?><urlset {xmlns}>{urls}</urlset>",
            "/index.xml": f"<sitemapindex {xmlns}><sitemap><loc>http://{host}/sitemap.xml</loc></sitemap></sitemapindex>",
            "/list.opml": f"<opml version='2.0'><body><outline xmlUrl='http://{host}/sub.xml'/></body></opml>",
        }.get(path)
        return made.encode() if made else None

    def _handler(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, status, body=b"", **headers):
                host = self.headers["Host"].split(":")[0]
                with site._lock:
                    site.log.append((self.came, host, self.path, status))
                self.send_response(status)
                for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                try:
                    self.came = time.monotonic()
                    self.close_connection = True
                    host = self.headers["Host"].split(":")[0]
                    with site._lock:
                        site.seen[(host, self.path)] += 1
                        times = site.seen[(host, self.path)]
                    self.give(host, self.path, times)
                except OSError:
                    pass

            def give(self, host, path, times):
                feed = site.feed(host, path)
                if path == "/robots.txt":
                    self.answer(200, b"User-agent: *\nDisallow: /odd/private\n", Content_Type="text/plain")
                elif feed is not None:
                    tag = f'"{len(feed)}"'
                    if self.headers.get("If-None-Match") == tag:
                        self.answer(304, ETag=tag)
                    elif host == "b.test" and times == 1:
                        self.answer(503)
                    else:
                        self.answer(200, feed, ETag=tag, Content_Type="application/xml")
                elif path.startswith("/odd/"):
                    self.odd(path.removeprefix("/odd/"))
                elif path.startswith(("/news/", "/real/")):
                    self.news(host, path, int(path.rpartition("/")[2]), times)
                else:
                    self.answer(404)

            def news(self, host, path, number, times):
                if path.startswith("/news/") and number % 5 == 3:
                    self.answer(302, Location=f"/real/{number}")
                elif number % 25 == 4 and times == 1:
                    self.answer(429, Retry_After="1")
                elif number % 25 == 0 and host == "c.test" and times == 1:
                    self.answer(500)
                elif number % 5 == 1:
                    self.answer(200, article(host, number), Content_Type="text/html; charset=iso-8859-1")
                elif number % 5 == 2:
                    self.answer(200, gzip.compress(article(host, number)), Content_Encoding="gzip")
                else:
                    self.answer(200, article(host, number))

            def odd(self, name):
                match name:
                    case "bomb":
                        self.answer(200, gzip.compress(b"a" * 30_000_000, 1), Content_Encoding="gzip")
                    case "huge":
                        self.answer(200, b"<p>a</p>" * 3_750_000)
                    case "drip":
                        self.send_response(200)
                        self.send_header("Content-Type", "text/html")
                        self.end_headers()
                        for _ in range(60):
                            self.wfile.write(b"<p>drop</p>")
                            time.sleep(0.1)
                    case "circle":
                        self.answer(302, Location="/odd/circle2")
                    case "circle2":
                        self.answer(302, Location="/odd/circle")
                    case "inward":
                        self.answer(302, Location=f"http://127.0.0.1:{site.port}/news/0")
                    case "rebound":
                        self.answer(302, Location="http://evil.test/news/0")
                    case "image":
                        self.answer(200, b"\x89PNG", Content_Type="image/png")
                    case "broken":
                        self.answer(500)
                    case _:
                        self.answer(404)

        return Handler
