"""What the rules know, as data: verbs, nouns, hedges, offices, names. Loaded once a worker, frozen, hashed."""

import hashlib
from pathlib import Path

import msgspec

from onrecord.lexicon import (
    acts,
    agencies,
    boilerplate,
    custody,
    deals,
    figures,
    gazetteer,
    hedges,
    moments,
    pages,
    people,
    speech,
)
from onrecord.lexicon.load import Folder, shipped


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """One book per family of rules; `hash` is over all data files, in order of their names."""

    acts: acts.ActBook
    boilerplate: boilerplate.BoilerplateBook
    agencies: agencies.CreditBook
    speech: speech.SpeechBook
    deals: deals.DealBook
    custody: custody.CustodyBook
    figures: figures.FigureBook
    gazetteer: gazetteer.Gazetteer
    hedges: hedges.HedgeBook
    moments: moments.MomentBook
    pages: pages.PageBook
    people: people.PeopleBook
    hash: str


def load(folder: Folder | None = None) -> Lexicon:
    """Return the lexicon in this folder (the shipped one by default); a `LexiconError` names file and line."""
    where = folder or shipped()
    return Lexicon(
        acts=acts.load(where),
        boilerplate=boilerplate.load(where),
        agencies=agencies.load(where),
        speech=speech.load(where),
        deals=deals.load(where),
        custody=custody.load(where),
        figures=figures.load(where),
        gazetteer=gazetteer.load(where),
        hedges=hedges.load(where),
        moments=moments.load(where),
        pages=pages.load(where),
        people=people.load(where),
        hash=_hash(where),
    )


def _hash(folder: Folder) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if Path(file.name).suffix in {".yaml", ".csv", ".gz"}:
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
