"""What was not taken, and why: data, never an exception (law 7: nothing is dropped in silence)."""

import msgspec

from onrecord.model.text import Span
from onrecord.model.vocabulary import Stage

# code -> what it means. One table, so that the pages, the reference and the counts use the same words.
MEANINGS: dict[str, str] = {
    "R101": "the file can't be read",
    "R102": "the file is empty",
    "R103": "not text: binary content",
    "R104": "the characters can't be decoded",
    "R105": "the file or line is over the size limit",
    "R106": "the format is not one that onrecord reads",
    "R107": "no article text was found in the page",
    "R108": "a line of the file is not valid JSON or lacks its text",
    "R109": "the page could not be taken apart in time",
    "R110": "decoded by a guess of its encoding",
    "R111": "a paywall: only the beginning of the article stands in the page",
    "R112": "a consent or cookie wall instead of an article",
    "R113": "a list of links, not an article",
    "R114": "a live blog: its entries are pieces with times of their own",
    "R115": "the page states more than one date of publication",
    "R116": "an address that must not be fetched",
    "R117": "robots.txt does not allow this address",
    "R118": "the address could not be fetched",
    "R119": "too many redirects, or redirects in a circle",
    "R120": "a damaged record of an archive",
    "R121": "not a feed that can be understood",
    "R122": "a message or PDF without text that can be read",
    "R190": "a row of another data set that can't be understood",
    "R201": "not in English",
    "R202": "no publication date: relative dates stay unresolved",
    "R203": "too long: the rest was not read",
    "R204": "the parser failed on this passage",
    "R290": "reading this article ended the worker again and again: it was passed over",
    "R291": "nothing of ours can stand here: not parsed (the gate)",
    "R292": "the same text stood earlier in this shard: kept once",
    "R301": "no speaker was found for these words",
    "R302": "the trigger has no actor and no target",
    "R303": "a pronoun that could be more than one person",
    "R304": "two readings of equal weight",
    "R305": "below the confidence that is needed",
    "R306": "a step of a deal without parties",
    "R307": "a custody report without a person, or of somebody whom only a pronoun gives",
    "R308": "a relative date that the article doesn't fix",
    "R309": "a place name with no entry in the gazetteer",
    "R310": "a quotation mark that is never closed",
    "R311": "a text in one case: capitals were restored to read it",
    "R390": "a step of ours failed on this article: a bug, please report it",
    "R399": "the words were not found where a rule said",
    "R401": "two records could be one; left apart",
}


class Rejection(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="rejection"):
    """Something that was seen and not taken: code, stage, where, and a note in words."""

    code: str
    stage: Stage
    document: str | None = None
    span: Span | None = None
    note: str = ""
    source: str | None = None

    def __post_init__(self) -> None:
        """Refuse a code that has no meaning written down."""
        if self.code not in MEANINGS:
            message = f"unknown rejection code {self.code!r}"
            raise ValueError(message)
