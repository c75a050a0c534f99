"""Make wire stories, their copies as papers edit them, and stories that look alike and are not the same.

    python benchmarks/generate/wire_copies.py [--seed N]      print pairwise precision, recall and F1

Everything is invented. A story is of one of eight kinds; stories of a kind share their sentences and differ in facts,
which makes every two of them look alike. Copies are cut, given other headlines and leads, local paragraphs, the other
spelling, credits at the other end, straight quotes, numbers in digits. Follow-ups of the day after keep their
forerunner's background word for word.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from onrecord.model.text import Document
from onrecord.reconcile import copies

STATES = [
    "Norland",
    "Sudria",
    "Arvenia",
    "Velmora",
    "Sarnia",
    "Ostrava Free State",
    "Kessaly",
    "Tarmund",
    "Ilvania",
    "Brenn",
]
TOWNS = [
    "Vila Nova",
    "Harrowgate",
    "Pellin",
    "Ostmark",
    "Dunrow",
    "Kirna",
    "Tolva",
    "Ashwick",
    "Meriden",
    "Solvang",
    "Orlec",
    "Bystra",
    "Calder",
    "Rusk",
    "Fenby",
    "Lorne",
]
FIRST = [
    "Orla",
    "Tomas",
    "Ilse",
    "Bram",
    "Petra",
    "Anton",
    "Mira",
    "Kofi",
    "Lena",
    "Osric",
    "Dana",
    "Yusuf",
    "Greta",
    "Pavel",
    "Noor",
    "Saul",
]
LAST = [
    "Venn",
    "Marsh",
    "Brondum",
    "Pell",
    "Kern",
    "Osei",
    "Hallam",
    "Dray",
    "Novik",
    "Thorne",
    "Weir",
    "Salib",
    "Quist",
    "Lund",
    "Abara",
    "Fenn",
]
OFFICES = ["Foreign Minister", "Defence Minister", "Prime Minister", "Interior Minister", "Deputy Foreign Minister"]
BODIES = ["the council", "the mission", "the observers", "the commission", "the relief agency", "the committee"]
NUMBERS = [
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "eleven",
    "twelve",
    "fourteen",
    "sixteen",
    "eighteen",
]
DIGITS = {word: str(value) for word, value in zip(NUMBERS, (3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 16, 18), strict=True)}
AGENCIES = ["Example Wire", "North Press", "Union News Agency"]
COLOURS = ["grey", "blue", "white", "green"]
BRITISH = {"labor": "labour", "center": "centre", "organization": "organisation", "organized": "organised", "defense": "defence",
           "neighbors": "neighbours", "recognize": "recognise", "traveled": "travelled", "honor": "honour", "program": "programme",
           "percent": "per cent", "authorized": "authorised", "color": "colour", "armored": "armoured", "harbor": "harbour"}  # fmt: skip

LEADS = {
    "swap": ["{A} and {B} exchanged {n1} prisoners each at the {T1} crossing on {D}, {B1} said.",
             "{N1} prisoners from each side walked free at {T1} on {D} in an exchange between {A} and {B}.",
             "Families wept at {T1} as {A} and {B} handed over {n1} detainees apiece on {D}."],
    "sanctions": ["{A} on {D} adopted its {o1} package of sanctions against {B}, listing {x1} people and {x2} companies.",
                  "The {o1} package of {A}'s sanctions on {B} was approved on {D} after weeks of argument.",
                  "Ships, banks and {x1} officials of {B} were hit on {D} as {A} agreed on a {o1} round of sanctions."],
    "strike": ["Drones from {A} struck a depot near {T1} in {B} overnight to {D}, killing {n1} people, {B1} said.",
               "At least {n1} people died when a depot outside {T1} in {B} was hit before dawn on {D}.",
               "Residents of {T1} in {B} woke on {D} to a fire that left {n1} dead after an attack blamed on {A}."],
    "talks": ["Envoys of {A} and {B} met in {T1} on {D} for {n1} hours without naming a date for the next round.",
              "A round of talks in {T1} between {A} and {B} ended on {D} after {n1} hours.",
              "No date, no text, {n1} hours: talks between {B} and {A} in {T1} closed on {D}."],
    "trial": ["A court in {T1} sentenced the reporter {P1} to {n1} years in prison on {D} on charges of spying.",
              "{P1}, a reporter, was given {n1} years by a court in {T1} on {D}.",
              "Spying cost the reporter {P1} {n1} years of freedom, judges in {T1} ruled on {D}."],
    "truce": ["{A} and {B} agreed on {D} to a truce of {n1} days around {T1}, {B1} said.",
              "Guns are to fall silent around {T1} for {n1} days under a truce accepted on {D}.",
              "A truce of {n1} days for the {T1} valley was accepted on {D} by both {B} and {A}."],
    "aid": ["A convoy of {x1} trucks reached {T1} on {D}, the first since the road was closed {n1} weeks ago.",
            "The road to {T1} opened on {D} for {x1} trucks of flour after {n1} weeks.",
            "After {n1} weeks without supplies, {T1} received {x1} trucks of aid on {D}."],
    "border": ["{A} closed {n1} of its crossings with {B} on {D} after shots were fired near {T1}.",
               "Shots near {T1} led {A} to shut {n1} crossings to {B} on {D}.",
               "Drivers were turned back on {D} when {n1} crossings between {B} and {A} were shut."],
}  # fmt: skip
COMMON = [
    "“We have waited for this since the winter, and {n2} of my neighbors are still there,” said {P2}, who traveled {x3} kilometers from {T2} with a {c} flag over her arm.",
    "{O1} {P3} told reporters in {T3} that the government would honor what had been promised, but that it could not recognize a line drawn by others.",
    "{B2} counted {x4} violations in the week before, most of them near {T2}, and said that its members had been kept from {n3} villages.",
    "In {T3}, {P4} of the labor organization said that {x5} percent of the harbor's workers had stayed at home, and that the center of the town was empty by noon.",
    "A spokesman for {A}, {P5}, declined to say how many armored vehicles had been moved, adding only that {n4} units were back in their barracks.",
    "{B}'s defense ministry said that it had authorized nothing of the kind and called the account of {P5} “a color picture of a gray day”.",
    "The two states broke off relations {n5} years ago, after a dispute over the {T4} dam in which {x6} people lost their homes.",
    "Both sides have traded accusations since the spring, when a program for joint patrols, organized by {B1}, collapsed within {n6} weeks.",
    "{P6}, who teaches history in {T4}, said that the war had begun over less, and that the {x7} graves on the hill were reason enough to talk.",
    "Neither {A} nor {B} has published the list, and {O2} {P7} said only that {n7} names were still being checked against the register in {T2}.",
    "At the {T3} station, a board still shows the night train to {T4}, which last ran {x8} weeks ago with {n8} passengers on board.",
    "Lawyers for {P8} asked {B2} to look into {n9} complaints, the oldest of which goes back to the flood in {T1}.",
    "By evening {x9} people had signed the book that {P2} laid out under the arcades of {T2}, in ink the color of rust.",
    "The bridge at {T4} remains shut to lorries of more than {n10} tonnes, and {P4} said that bread now costs {x10} crowns in the villages beyond it.",
]  # fmt: skip
FOLLOW = [
    "{P9} said a day later that the first buses had left {T5} in the morning, with {x11} seats and hardly a bag between them.",
    "Rain fell on {T5} as officials argued over who would sign for the {n11} crates that nobody had claimed.",
    "By {E}, {B3} had sent {n12} letters to both capitals, and an answer from one of them.",
    "“It is quieter than on any day since I was a child,” said {P10}, a baker, who had sold out before eight.",
    "{O3} {P11} was to travel to {T5} on {E}, his office said, to see for himself what had been left undone.",
]
HEADS = [
    "{A} and {B}: what changed at {T1}",
    "A long day at {T1}",
    "{T1} waits for word",
    "News from {T1} as talks go on",
]
# what a paper adds of its own: no two papers of one story write the same sentence
LOCAL = [
    "For readers in {L}, the news comes as the town council debates a scheme to house {x} newcomers in the old mill.",
    "{L} has a twin town in the region, and its mayor, {P}, wrote to friends there on the same evening.",
    "A vigil is planned in {L} on the square in front of the library, said {P}, who has organized {x} of them.",
    "The {L} choir, which sang in both capitals before the war, will give its {x} euros of takings to the Red Cross.",
    "“We lit candles,” said {P}, a nurse at the hospital of {L}, where {x} patients from abroad were treated last year.",
    "In {L}, shops that sell goods from the region reported {x} orders cancelled, according to the chamber of trade.",
    "{P}, who left the valley as a child and now drives a tram in {L}, listened to the radio all through the night.",
    "School classes in {L} have collected {x} parcels since autumn; the last of them, teachers say, came back unopened.",
]  # fmt: skip


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A document of the set, and the story that it tells."""

    story: str
    document: Document


class Story(msgspec.Struct, kw_only=True):
    """An original: its facts and paragraphs."""

    name: str
    kind: str
    day: date
    facts: dict[str, str]
    head: str
    paragraphs: list[str]
    offset: int


def ordinal(value: int) -> str:
    """Return 12 as 12th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10 if value % 100 not in {11, 12, 13} else 0, "th")
    return f"{value}{ending}"


def facts(draw: random.Random, day: date) -> dict[str, str]:
    """Draw the facts of a story."""
    one, two = draw.sample(STATES, 2)
    made = {
        "A": one,
        "B": two,
        "D": f"{day:%A}",
        "E": f"{day + timedelta(1):%A}",
        "o1": ordinal(draw.randint(8, 24)),
        "c": draw.choice(COLOURS),
    }
    made |= {f"T{n}": town for n, town in enumerate(draw.sample(TOWNS, 5), 1)}
    made |= {f"P{n}": f"{draw.choice(FIRST)} {draw.choice(LAST)}" for n in range(1, 12)}
    made |= {f"n{n}": draw.choice(NUMBERS) for n in range(1, 13)} | {
        f"x{n}": str(draw.randint(19, 480)) for n in range(1, 12)
    }
    made |= {f"O{n}": draw.choice(OFFICES) for n in range(1, 4)} | {f"B{n}": draw.choice(BODIES) for n in range(1, 4)}
    made["N1"] = made["n1"].capitalize()
    return made


def story(draw: random.Random, name: str, kind: str) -> Story:
    """Write an original."""
    day = date(2031, 1, 1) + timedelta(draw.randint(0, 250))
    told = facts(draw, day)
    chosen = draw.sample(COMMON, draw.randint(8, 12))
    paragraphs = [fill(LEADS[kind][0], told), *(fill(one, told) for one in chosen)]
    return Story(
        name=name,
        kind=kind,
        day=day,
        facts=told,
        head=fill(draw.choice(HEADS), told),
        paragraphs=paragraphs,
        offset=draw.randrange(len(LOCAL)),
    )


def fill(template: str, told: dict[str, str]) -> str:
    """Return a sentence with its facts, beginning with a capital."""
    text = template.format_map(told)
    return text[0].upper() + text[1:]


def document(head: str, paragraphs: list[str], day: date, source: str) -> Document:
    """Return a document as `read` would make it."""
    text = "\n".join([head, *paragraphs])
    return Document(
        id=Document.id_of(text),
        title=head,
        text=text,
        source=source,
        published=day.isoformat(),
        published_basis="metadata",
    )


def original(draw: random.Random, one: Story) -> Made:
    """Return the story as its agency sends it."""
    agency = draw.choice(AGENCIES)
    paragraphs = [
        f"{one.facts['T1'].upper()} ({agency}) - {one.paragraphs[0]}",
        *one.paragraphs[1:],
        f"(Reporting by {one.facts['P1']}; editing by {one.facts['P8']})",
    ]
    return Made(story=one.name, document=document(one.head, paragraphs, one.day, f"{one.name}/wire"))


def copied(draw: random.Random, one: Story, place: int) -> Made:
    """Return a paper's copy: two to five edits at once."""
    paragraphs, head, day = list(one.paragraphs), one.head, one.day + timedelta(draw.choice([0, 0, 0, 1, 2]))
    edits = set(
        draw.sample(
            ["cut", "lead", "local", "british", "credit", "quotes", "digits", "drop", "merge"], draw.randint(2, 5)
        )
    )
    if "lead" in edits:
        paragraphs[0] = fill(draw.choice(LEADS[one.kind][1:]), one.facts)
        head = fill(draw.choice(HEADS), one.facts)
    if "drop" in edits:
        del paragraphs[draw.randrange(2, len(paragraphs))]
    if "cut" in edits:
        paragraphs = paragraphs[: draw.randint(4, max(5, len(paragraphs) - 2))]
    if "local" in edits:
        town = f"{draw.choice(['Little', 'Upper', 'West'])} {draw.choice(TOWNS)}"
        paragraphs.insert(
            draw.randint(1, len(paragraphs)),
            LOCAL[(one.offset + place) % len(LOCAL)].format(
                L=town, x=draw.randint(9, 99), P=f"{draw.choice(FIRST)} {draw.choice(LAST)}"
            ),
        )
    if "merge" in edits:
        paragraphs[1:3] = [" ".join(paragraphs[1:3])]
    if "digits" in edits:
        paragraphs = [
            re.sub("|".join(rf"\b{word}\b" for word in DIGITS), lambda found: DIGITS[found.group()], text)
            for text in paragraphs
        ]
    if "british" in edits:
        paragraphs = [
            re.sub(r"\w+", lambda found: BRITISH.get(found.group(), found.group()), text) for text in paragraphs
        ]
    if "quotes" in edits:
        paragraphs = [text.translate(str.maketrans("“”’", '""\'')) for text in paragraphs]
    if "credit" in edits:
        paragraphs.append(f"The {draw.choice(AGENCIES)} contributed to this report.")
    else:
        paragraphs[0] = f"{one.facts['T1'].upper()} — {paragraphs[0]}"
    return Made(story=one.name, document=document(head, paragraphs, day, f"{one.name}/copy-{place}"))


def lookalike(draw: random.Random, one: Story, how: str) -> Made:
    """Return another story that looks like this one: of the day after, or told in the same words of another event."""
    name, told = f"{one.name}-{how}", dict(one.facts)
    if how == "after":
        keep = [text for text in one.paragraphs[len(one.paragraphs) // 2 :]]
        fresh = [
            fill(text, told | {"P9": f"{draw.choice(FIRST)} {draw.choice(LAST)}"})
            for text in draw.sample(FOLLOW, draw.randint(4, 5))
        ]
        lead = f"A day after the news from {told['T1']}, {told['P9']} said that not all of it would hold."
        return Made(
            story=name,
            document=document(f"After {told['T1']}, doubts", [lead, *fresh, *keep], one.day + timedelta(1), name),
        )
    later = one.day + timedelta(7)
    fresh = facts(draw, later)
    keys = {"package": ["o1", "x1", "x2", "D", "n2", "x3", "n4"], "week": ["n1", "D", "T1", "P2", "x3", "x4"]}[how]
    told |= {key: fresh[key] for key in keys}
    told["o1"] = ordinal(int(re.sub(r"\D", "", one.facts["o1"])) + 1)
    told["n1"] = next(word for word in NUMBERS if word != one.facts["n1"]) if how == "week" else told["n1"]
    told["N1"] = told["n1"].capitalize()
    used = {fill(text, one.facts): text for text in (*COMMON, *LEADS[one.kind])}
    paragraphs = [fill(used[text], told) for text in one.paragraphs]
    return Made(story=name, document=document(fill(draw.choice(HEADS), told), paragraphs, later, name))


def briefs(draw: random.Random, number: int) -> list[Made]:
    """Return two short stories of one paper that end in the same background, published within a day."""
    kinds = list(LEADS)
    one, other = (
        story(draw, f"brief-{number:03}-{name}", kinds[(number + at) % len(kinds)]) for at, name in enumerate("ab")
    )
    own, background = draw.randint(2, 3), one.paragraphs[-draw.randint(1, 2) :]
    return [
        Made(
            story=each.name,
            document=document(each.head, [*each.paragraphs[:own], *background], one.day + timedelta(later), each.name),
        )
        for later, each in enumerate((one, other))
    ]


def build(seed: int = 6, stories: int = 64, each: int = 5) -> list[Made]:
    """Return the whole set: originals, copies, look-alikes, briefs; the same for the same seed."""
    draw, made = random.Random(seed), []
    kinds = list(LEADS)
    for number in range(stories):
        one = story(draw, f"story-{number:03}", kinds[number % len(kinds)])
        made.append(original(draw, one))
        made += [copied(draw, one, place) for place in range(each)]
        how = ("after", "week", "package")[number % 3]
        made.append(lookalike(draw, one, "week" if how == "package" and one.kind != "sanctions" else how))
    apart = random.Random(seed + 1000)
    return made + [brief for number in range(stories // 2) for brief in briefs(apart, number)]


def measured(made: list[Made]) -> dict[str, float]:
    """Return pairwise precision, recall and F1 in per cent, and how many look-alikes were merged."""
    found = copies.find(copies.of(one.document) for one in made)
    story_of = {one.document.id: one.story for one in made}
    names = sorted(story_of)
    counts = {"right": 0, "false": 0, "missed": 0}
    merged = set()
    for at, left in enumerate(names):
        for right in names[at + 1 :]:
            same, said = story_of[left] == story_of[right], found.get(left, left) == found.get(right, right)
            counts["right"] += same and said
            counts["missed"] += same and not said
            if said and not same:
                counts["false"] += 1
                merged.add(min(story_of[left], story_of[right]))
    precision = counts["right"] / max(1, counts["right"] + counts["false"])
    recall = counts["right"] / max(1, counts["right"] + counts["missed"])
    return {
        "documents": len(names), "pairs": counts["right"] + counts["missed"], **counts, "false_merges": len(merged),
        "precision": round(100 * precision, 2), "recall": round(100 * recall, 2),
        "F1": round(200 * precision * recall / max(1e-9, precision + recall), 2),
    }  # fmt: skip


def report(seeds: Iterable[int] = (6,)) -> dict[str, float]:
    """Return the worst figures over several sets, and all false merges together."""
    found = [measured(build(seed)) for seed in seeds]
    worst = {name: min(one[name] for one in found) for name in ("precision", "recall", "F1", "pairs")}
    return {**worst, "false_merges": sum(one["false_merges"] for one in found)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=6)
    options = parser.parse_args()
    sys.stdout.write(f"{measured(build(options.seed))}\n")


if __name__ == "__main__":
    main()
