"""Walks of a newcomer in Chromium, wide and narrow, with script and without: every page works, nothing leaves the host."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query
from onrecord.model.mention import ActorRef
from onrecord.model.text import Document
from onrecord.show.cli.reading import rebuild

sys.path.insert(0, str(Path(__file__).parent))  # the helpers beside this file
from browsing import chromium, served, visit

from conftest import story

pytestmark = pytest.mark.timeout(240)
WAYS = [("wide", True), ("narrow", True), ("wide", False), ("narrow", False)]
TYPES = (
    "/", "/deals", "/deals/{deal}", "/cases", "/cases/{case}", "/statements", "/statements?q=sailors",
    "/statements?speaker={speaker}&about=VUT", "/statements/{statement}", "/events", "/events?view=calendar",
    "/events?view=map", "/events?view=network", "/events?view=reports", "/events/{event}", "/claims/{step}", "/actors",
    "/actors/VUT", "/documents", "/documents/{document}", "/rejections", "/rejections?code=R308", "/review", "/history",
    "/nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one made-up article, its records assembled by the program itself."""
    store = tmp_path_factory.mktemp("browser") / "desk.db"
    with open_writer(store) as writer:
        writer.add(story()[0])
    rebuild(store)
    return store


@pytest.fixture
def store(kept: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    shutil.copy(kept, tmp_path / "desk.db")
    return tmp_path / "desk.db"


@pytest.fixture(scope="module")
def home(kept: Path) -> Iterator[str]:
    with served(kept) as address:
        yield address


@pytest.fixture(scope="module")
def names(kept: Path) -> dict[str, str]:
    with open_view(kept) as view:

        def first(kind: str) -> str:
            return quote(next(iter(view.find(Query(kind=kind)))).id, safe="")

        return {"speaker": "ilse-br%C3%B8ndum"} | {
            kind: first(kind) for kind in ("deal", "case", "statement", "event", "step", "document")
        }  # fmt: skip


@pytest.mark.parametrize(("size", "script"), WAYS)
def test_from_the_front_page_to_the_sentence(browser: Browser, home: str, size: str, script: bool) -> None:
    """Front page, board, deal, the words marked in their article."""
    with visit(browser, home, size, script) as here:
        page = here.go("/")
        here.check()
        here.follow(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Deals"))
        here.check()
        here.follow(page.locator(".card h3 a").first)
        assert page.locator("table.steps .words a").count() >= 1
        here.check()
        here.follow(page.locator("table.steps .words a").first)
        assert "/documents/" in page.url
        marked = page.locator("mark:target, #here")
        assert marked.count() == 1
        assert marked.first.evaluate("node => node.getBoundingClientRect().top < window.innerHeight")
        here.check()


@pytest.mark.parametrize(("size", "script"), WAYS)
def test_from_a_name_to_a_citation(browser: Browser, home: str, size: str, script: bool) -> None:
    """Search a speaker, narrow by force, open a statement, read it as text, Markdown, BibTeX and RIS."""
    with visit(browser, home, size, script) as here:
        page = here.go("/")
        page.get_by_role("search", name="Search what was said").get_by_role("searchbox").fill("home")
        here.follow(page.get_by_role("button", name="Search"))
        assert page.locator(".said").count() == 1
        page.locator("#f-q").fill("")
        page.locator("#f-who").fill("brondum")
        here.follow(page.get_by_role("button", name="Show"))
        assert page.locator(".said").count() == 2
        here.follow(page.locator(".facets").get_by_role("link", name="promise"))
        assert page.locator(".said").count() == 1
        here.check()
        here.follow(page.get_by_role("link", name=re.compile("^Cite or correct")))
        cited = page.locator(".cites pre")
        assert cited.count() == 4
        assert "Ilse Brøndum" in cited.nth(0).text_content()
        assert cited.nth(2).text_content().startswith("@misc{")
        assert cited.nth(3).text_content().startswith("TY  - NEWS")
        here.check()


@pytest.mark.parametrize(("size", "script"), WAYS)
def test_a_speaker_is_put_right_and_stays_right(browser: Browser, store: Path, size: str, script: bool) -> None:
    """Correct a speaker; still so after a rebuild and after reading again; withdraw, and it is as before."""
    with served(store) as home, visit(browser, home, size, script) as here:
        page = here.go("/statements?q=home")
        here.follow(page.get_by_role("link", name=re.compile("^Cite or correct")))
        address = page.url
        page.get_by_text("Fix the speaker").click()
        form = page.locator("form:has(input[value=speaker])")
        form.get_by_label("It should be").fill("Vanuatu")
        form.get_by_label("Reason").fill("the minister of Vanuatu said it")
        form.get_by_label("Your name").fill("A. Reader")
        here.follow(form.get_by_role("button", name="Correct"))
        assert page.locator("h1").inner_text().startswith("Vanuatu")
        assert "A. Reader" in page.locator("#judgements").inner_text()
        here.check()
        rebuild(store)
        with open_writer(store) as writer:
            writer.add(story()[0])
        page.goto(address)
        assert page.locator("h1").inner_text().startswith("Vanuatu")
        here.go("/statements?who=vanuatu&q=home")
        assert page.locator(".said").count() == 1
        here.go("/history")
        here.follow(page.get_by_role("button", name=re.compile("^Withdraw")))
        page.goto(address)
        assert page.locator("h1").inner_text().startswith("Ilse Brøndum")
        here.check()


def test_the_queue_is_worked_through_with_keys(browser: Browser, store: Path) -> None:
    """j to the first, w for wrong: the step is out of the deal at once; withdrawn, it is back."""
    with served(store) as home, visit(browser, home) as here:
        page = here.go("/review")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.classList.contains('review')")
        before = page.locator(".card.review").count()
        page.keyboard.press("w")
        page.wait_for_url("**/review?judged=*")
        assert page.locator(".card.review").count() < before
        here.check()
        with open_view(store) as view:
            judged = list(view.judgements())
        assert [(one.field, one.value, one.because) for one in judged] == [("review", "wrong", "read the sentence")]


def test_the_keyboard_alone_is_enough(browser: Browser, home: str) -> None:
    """Tab reaches the skip link first, then everything in order; what has the focus can be seen; Enter follows it."""
    with visit(browser, home) as here:
        page = here.go("/deals")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        seen = []
        for _ in range(40):
            page.keyboard.press("Tab")
            seen.append(page.evaluate(
                "(() => { const e = document.activeElement, s = getComputedStyle(e);"
                " return [e.tagName, e.textContent.trim().slice(0, 40), s.outlineStyle !== 'none' || e.matches('input, select')]; })()"
            ))  # fmt: skip
            if page.evaluate("document.activeElement.closest('.card h3') !== null"):
                break
        assert all(marked for _, _, marked in seen), seen
        page.keyboard.press("Enter")
        page.wait_for_url("**/deals/deal-*")
        here.check()


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_no_page_type_has_a_serious_fault(browser: Browser, home: str, names: dict[str, str], size: str) -> None:
    """axe-core on every type of page, light and dark; no request leaves, no error in the console, nothing too wide."""
    axe, faults = Axe(), []
    with visit(browser, home, size) as here:
        for number, path in enumerate(TYPES):
            here.page.emulate_media(color_scheme="dark" if number % 2 else "light")
            here.go(path.format(**names))
            if path == "/nowhere":
                here.trouble.clear()  # Chromium logs every 404 itself
            here.check()
            found = axe.run(here.page).response["violations"]
            faults += [
                (path, one["id"], [node["html"][:120] for node in one["nodes"][:3]])
                for one in found
                if one["impact"] in {"serious", "critical"}
            ]
    assert faults == []


def test_nothing_is_judged_where_the_record_is_published(browser: Browser, kept: Path, names: dict[str, str]) -> None:
    """Read-only: no form, and a form sent anyway is refused."""
    with served(kept, writes=False) as home, visit(browser, home) as here:
        page = here.go(f"/deals/{names['deal']}")
        assert page.locator("form[action='/judge']").count() == 0
        answer = page.request.post(home + "/judge", form={"record": "x", "review": "wrong", "because": "y"})
        assert answer.status == 403
        here.check()


EVIL = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "javascript:alert(1)",
    "\u202eevil\u2066", "</title><svg onload=alert(1)>", "{{7*7}}", "]]><!--", "N" * 100_000,
)  # fmt: skip


def test_hostile_articles_do_nothing(browser: Browser, tmp_path: Path) -> None:
    """Titles, speakers, quotations, outlets and addresses with scripts in them: no dialog, no request, shown as text."""
    store = tmp_path / "evil.db"
    with open_writer(store) as writer:
        for number, evil in enumerate(EVIL):
            text = f"{evil} and {evil[:500]} met in Vila. {evil[:500]} said so on Sunday {number}."
            document = Document(
                id=Document.id_of(text), title=evil, text=text, source=evil[:3000], outlet=evil, authors=(evil,),
                published="2031-05-04", published_basis="given", language="en", wire=evil[:200],
            )  # fmt: skip
            known = story()[0]
            who = ActorRef(evil[:400], evil, evil[:3].upper(), evil)
            words = document.cite(0, len(text))
            claim = {"document": document.id, "evidence": (words,)}
            replace = msgspec.structs.replace
            writer.add(replace(
                known, document=document, rejections=(),
                statements=tuple(replace(one, id=f"{one.id}-{number}", speaker=who, about=(evil[:400],), content=(words,),
                                         cue=None, **claim) for one in known.statements),
                acts=tuple(replace(one, id=f"{one.id}-{number}", actors=(who,), targets=(who,), trigger=words, voice=None,
                                   place=None, **claim) for one in known.acts),
                steps=tuple(replace(one, id=f"{one.id}-{number}", parties=(who, who), by=who, voice=None, **claim)
                            for one in known.steps),
                custody=tuple(replace(one, id=f"{one.id}-{number}", person=who, holder=who, charge=evil, sentence=evil,
                                      **claim) for one in known.custody),
            ))  # fmt: skip
    rebuild(store)
    with served(store) as home, visit(browser, home) as here:
        waiting = ["/", "/deals", "/cases", "/statements", "/events", "/events?view=network", "/actors", "/documents",
                   "/review", "/history"]  # fmt: skip
        seen: set[str] = set()
        families: dict[str, int] = {}
        while waiting:
            path = waiting.pop(0)
            family = path.split("?")[0].split("/")[1]
            if path in seen or families.get(family, 0) >= 14:
                continue
            seen.add(path)
            families[family] = families.get(family, 0) + 1
            page = here.go(path)
            for link in page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))"):
                assert not link.lower().strip().startswith(("javascript:", "data:", "vbscript:")), link[:80]
                if re.match(r"/(deals|cases|statements|events|actors|documents|claims)/", link):
                    waiting.append(link.split("#")[0])
            assert page.locator("script").count() == 1
            assert page.locator("img, iframe, object, embed").count() == 0
        assert families["documents"] > 5
        here.page.mouse.move(300, 300)
        here.check()
