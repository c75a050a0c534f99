"""robots.txt: heeded, asked for once, and a site that can't say is left alone."""

import pytest

from onrecord.ingest.fetch import FAILED, FORBIDDEN, Fetched, Refused
from onrecord.ingest.robots import Robots

RULES = b"User-agent: onrecord\nDisallow: /closed\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n"


class Web:
    agent = "onrecord/1 (+https://example.org)"

    def __init__(self, answer):
        self.answer = answer
        self.asked = []

    def get(self, url):
        self.asked.append(url)
        if isinstance(self.answer, Exception):
            raise self.answer
        return Fetched(url=url, status=self.answer[0], data=self.answer[1])


def test_the_rules_for_our_name_are_heeded():
    """Once a site; delay and all."""
    web = Web((200, RULES))
    robots = Robots(web)
    assert robots.allows("https://n.example/open") is True
    assert robots.allows("https://n.example/closed/a") is False
    assert robots.delay("https://n.example/open") == 7
    assert web.asked == ["https://n.example/robots.txt"]


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        ((404, b""), True),
        ((403, b""), True),
        ((503, b""), None),
        ((429, b""), None),
        (Refused(FAILED, "x", passing=True), None),
        (Refused(FORBIDDEN, "x"), True),
        ((200, b"\xff\xfe nonsense"), True),
    ],
)
def test_a_site_without_rules_allows_and_one_that_can_not_say_does_not(answer, allowed):
    """RFC 9309: 4xx allows, 5xx and silence forbid for the time being; forgetting asks again."""
    web = Web(answer)
    robots = Robots(web)
    assert robots.allows("https://n.example/a") is allowed
    robots.forget("https://n.example/a")
    robots.allows("https://n.example/a")
    assert len(web.asked) == 2
