"""People of the whole world in custody, and ways to call two sides: how many of them are read.

The people are invented, their names made of what is usual where they come from.
"""

import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEOPLE = (HERE / "people_bank.txt").read_text(encoding="utf-8").split("\n")[:-1]
SIDES = list(csv.DictReader((HERE / "sides_bank.csv").read_text(encoding="utf-8").splitlines()))
CUSTODY = (
    "{name} was arrested in May.",
    "A court on Monday sentenced {name} to five years in prison.",
    "Four men were freed on Monday. Among them were {name} and Peter Hallman.",
)
DEALS = (
    "{phrase} signed a ceasefire on Monday.",
    "A ceasefire between {lower} took effect on Monday.",
    "{phrase} accused each other on Monday of breaking a ceasefire.",
    "Qatar said that {lower} had agreed to a 10-day ceasefire.",
)
NAMES = ("Mali", "Malian", "Bamako", "JNIM", "Colonel", "Chad", "N'Djamena")


def test_people_of_any_country_are_seen(read) -> None:
    """A recogniser that knows few names from outside Europe is helped by what is told of them."""
    asked = [(name, sentence) for name in PEOPLE for sentence in CUSTODY]
    missed = []
    for name, sentence in asked:
        found = read(f"The report came on Tuesday.\n\n{sentence.format(name=name)}", "2025-06-10").custody
        last = name.split()[-1].lower()
        if not any(last in report.person.name.lower() for report in found):
            missed.append((name, sentence))
    assert len(missed) <= 0.04 * len(asked), missed


def test_two_sides_are_seen_however_they_are_called(read) -> None:
    """Both, and nobody else: "A's government and B fighters", "envoys from A and of B", "A and its neighbour B"."""
    asked = [(row["phrase"], row["sides"].split(), sentence) for row in SIDES for sentence in DEALS]
    wrong = []
    for phrase, sides, sentence in asked:
        lower = phrase if phrase.startswith(NAMES) else phrase[0].lower() + phrase[1:]
        text = f"The report came on Tuesday.\n\n{sentence.format(phrase=phrase, lower=lower)}"
        found = {party.actor for step in read(text, "2025-06-10").steps for party in step.parties}
        known = {side for side in sides if side != "+"}
        if not (known <= found and len(found) == 2):
            wrong.append((phrase, sentence, found))
    assert len(wrong) <= 0.08 * len(asked), wrong
