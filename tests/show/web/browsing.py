"""A real browser on real pages: Debian's Chromium through Playwright, and a server over a store."""

import contextlib
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from onrecord.show.cli.reading import rebuild
from onrecord.show.web import app
from onrecord.show.web.access import Access

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
# As root there is no sandbox; the rest keeps the browser itself from asking the network.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
SIZES = {"wide": (1280, 900), "narrow": (390, 844)}


def need_chromium() -> None:
    """Skip where no Chromium is, but never in continuous integration, which installs it."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI"):
            pytest.fail("CI must install Debian's chromium (.ci/run): the browser tests can't be left out")
        pytest.skip("needs Debian's chromium: apt-get install chromium")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """One browser."""
    need_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def served(store: Path, access: Access | None = None, writes: bool = True) -> Iterator[str]:
    """The address of the pages of a store, served by uvicorn as `onrecord serve` does."""
    pages = app.build(store, access=access or Access(), rebuild=rebuild if writes else None)
    server = uvicorn.Server(uvicorn.Config(pages, log_level="error"))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


class Visit:
    """A page in a context of its own that writes down what must not happen."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home = home
        self.outside: list[str] = []
        self.trouble: list[str] = []
        context.set_default_timeout(60_000)
        context.on("request", lambda request: self._asked(request.url))
        self.page: Page = context.new_page()
        self.page.on("console", lambda said: self.trouble.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.home + "/", "data:", "blob:")):
            self.outside.append(url)

    def go(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.home + path)
        return self.page

    def follow(self, link: Locator) -> Page:
        """Click what leads to another page; back when that page is there, not while it is still on its way."""
        with self.page.expect_navigation():
            link.click()
        return self.page

    def check(self) -> None:
        """Nothing left the host, the console is empty, no dialog came up, the page is no wider than the screen."""
        assert self.outside == []
        assert self.trouble == []
        wide = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], f"{self.page.url} is {wide[0]} wide on a screen of {wide[1]}"


@contextlib.contextmanager
def visit(browser: Browser, home: str, size: str = "wide", script: bool = True) -> Iterator[Visit]:
    """A visitor with an empty cookie jar."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
    try:
        yield Visit(context, home)
    finally:
        context.close()
