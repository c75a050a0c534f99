"""Competing counts in, bars side by side out: each source's range on one scale."""

from markupsafe import Markup

from onrecord.model.record import CompetingFigure
from onrecord.show.web.draw.ink import element, joined, text
from onrecord.show.web.words import count_of, short

WIDE, LEFT, ROW, RIGHT = 640, 190, 26, 90


def ranges(figure: CompetingFigure) -> Markup:
    """Return a bar for each account of a figure; empty where fewer than two accounts give a number."""
    told = [account for account in figure.accounts if account.low is not None or account.high is not None]
    if len(told) < 2:
        return Markup("")
    most = max(max(account.low or 0, account.high or 0) for account in told) or 1
    scale = (WIDE - LEFT - RIGHT) / most
    parts = []
    for at, account in enumerate(told):
        y = at * ROW + ROW / 2 + 2
        low = account.low if account.low is not None else 0
        high = account.high if account.high is not None else most
        name = short(account.by.name, 26) if account.by else "the article itself"
        parts.append(text(name, LEFT - 10, y + 4, "row-name", "end"))
        parts.append(element("line", x1=LEFT, x2=WIDE - RIGHT, y1=y, y2=y, class_="tick"))
        wide = max(4.0, (high - low) * scale)
        open_ = " open" if account.low is None or account.high is None else ""
        parts.append(
            element("rect", x=LEFT + low * scale - 2, y=y - 5, width=wide, height=10, rx=3, class_="bar" + open_)
        )
        parts.append(text(count_of(account.low, account.high), LEFT + low * scale + wide + 6, y + 4, "row-value"))
    said = f"{figure.what}: what each source says"
    return element(
        "svg", joined([element("title", said), *parts]), viewBox=f"0 0 {WIDE} {len(told) * ROW + 4}",
        class_="picture ranges", role="img", aria_label=said,
    )  # fmt: skip
