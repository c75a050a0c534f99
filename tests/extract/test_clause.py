"""The laws of clauses: what stands over a deed, who does it, and when."""

import itertools

import pytest

from onrecord.extract import clause
from onrecord.model.moment import Moment, Period
from onrecord.model.text import Document


@pytest.fixture(scope="module")
def parsed(kit):
    """parsed(text) -> Reading, without the checks of a whole article."""
    return lambda text: kit.parser.read(Document(id="d", title=None, text=text, source="test"), kit.settings)


DEEDS = [
    ("Velmora", "attack", "attacked", "attacking", "the port"),
    ("The army", "bomb", "bombed", "bombing", "the village"),
    ("Rebels", "release", "released", "releasing", "the sailors"),
    ("The police", "arrest", "arrested", "arresting", "the students"),
    ("Sarnia", "expel", "expelled", "expelling", "the envoy"),
]
FRAMES = [
    "{who} did not {base} {whom}.",
    "{who} has not {past} {whom}.",
    "{who} never {past} {whom}.",
    "{who} denied that it {past} {whom}.",
    "{who} denied {ing} {whom}.",
    "The minister denied that {lower} {past} {whom}.",
    "{who} threatened to {base} {whom}.",
    "{who} has threatened to {base} {whom}.",
    "If {lower} {past} {whom}, the talks would end.",
    "The talks would end if {lower} {past} {whom}.",
    "Unless {lower} {past} {whom}, the talks will go on.",
    "{who} would have {past} {whom}.",
    "{who} might {base} {whom}.",
    "{who} plans to {base} {whom}.",
    "{who} will {base} {whom}.",
    "{who} refused to {base} {whom}.",
    "{who} failed to {base} {whom}.",
    "{who} tried to {base} {whom}.",
    "The minister urged {lower} to {base} {whom}.",
    "The minister called on {lower} to {base} {whom}.",
    "The minister did not say that {lower} {past} {whom}.",
    "{who} has no plans to {base} {whom}.",
    "{who} left without {ing} {whom}.",
    "The minister asked whether {lower} {past} {whom}.",
    "{whom_cap} were not {past} by {lower}.",
    "{whom_cap} will be {past} by {lower}.",
    "It is not true that {lower} {past} {whom}.",
    "{who} has threatened that it will {base} {whom}.",
]


def _sentences():
    for frame, (who, base, past, ing, whom) in itertools.product(FRAMES, DEEDS):
        lower = who if who[0] in "VS" else who[0].lower() + who[1:]
        text = frame.format(
            who=who, lower=lower, base=base, past=past, ing=ing, whom=whom, whom_cap=whom[0].upper() + whom[1:]
        )
        yield text, {base, past, ing}


def test_nothing_under_a_hedge_is_asserted_as_done(parsed, lexicon):
    """Put "did not", "denied", "if", "threatened to" in front: no deed stays asserted as happened."""
    wrong = []
    pairs = list(_sentences())
    read = parsed("\n\n".join(text for text, _ in pairs))
    first = 0
    for text, words in pairs:
        token = next(token for token in range(first, len(read)) if read.word(token) in words)
        first = token + 1
        if clause.modality(read, token, lexicon.hedges) in {("happened", "asserted"), ("ongoing", "asserted")}:
            wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Velmora attacked the port.", "attacked"),
        ("The port was attacked by Velmora.", "attacked"),
        ("The minister said Velmora attacked the port.", "attacked"),
        ("The minister will travel to the port that Velmora attacked.", "attacked"),
        ("The minister denied the claim after Velmora attacked the port.", "attacked"),
        ("Velmora managed to capture the port.", "capture"),
        ("Plans for a truce that Velmora discussed in May are not dead.", "discussed"),
        ("Police said they had to attack the port after talks failed.", "attack"),
    ],
)
def test_what_is_told_plainly_stays_told(parsed, lexicon, text, word):
    """A hedge in another clause takes nothing away."""
    read = parsed(text)
    token = next(token for token in range(len(read)) if read.word(token) == word)
    assert clause.modality(read, token, lexicon.hedges) == ("happened", "asserted")


@pytest.mark.parametrize(
    ("text", "word", "who", "whom"),
    [
        ("Velmora attacked the port.", "attacked", ["Velmora"], ["port"]),
        ("The port was attacked by Velmora.", "attacked", ["Velmora"], ["port"]),
        ("The port was attacked.", "attacked", [], ["port"]),
        ("Velmora and Sarnia attacked the port.", "attacked", ["Velmora", "Sarnia"], ["port"]),
        ("Rebels entered the town and killed the mayor.", "killed", ["Rebels"], ["mayor"]),
        ("The general ordered troops to attack the port.", "attack", ["troops"], ["port"]),
        ("The general promised to attack the port.", "attack", ["general"], ["port"]),
        ("The envoys expelled by Velmora left.", "expelled", ["Velmora"], ["envoys"]),
        ("The rebels who killed the mayor fled.", "killed", ["rebels"], ["mayor"]),
        ("Velmora accused Sarnia of arming rebels.", "arming", ["Sarnia"], ["rebels"]),
        ("Velmora called on the rebels to leave the port.", "leave", ["rebels"], ["port"]),
    ],
)
def test_active_and_passive_have_the_same_roles(parsed, text, word, who, whom):
    """Who and whom are found whatever the grammar."""
    read = parsed(text)
    token = next(token for token in range(len(read)) if read.word(token) == word)
    assert [read.word(head) for head in clause.subject_of(read, token)] == who
    assert [read.word(head) for head in clause.object_of(read, token)] == whom


def _moments(text, *words):
    days = iter(range(1, 20))
    found = []
    for word in words:
        at = text.index(word)
        day = f"2031-05-{next(days):02d}"
        found.append(
            Moment(
                document="d", start=at, end=at + len(word), text=word, type="DATE", value=day, period=Period(day, day)
            )
        )
    return tuple(sorted(found, key=lambda moment: moment.start))


@pytest.mark.parametrize(
    ("text", "word", "moment", "others"),
    [
        ("On Monday Velmora attacked the port.", "attacked", "Monday", []),
        ("Velmora attacked the port on Monday.", "attacked", "Monday", []),
        ("The minister said on Tuesday that Velmora attacked the port.", "attacked", None, ["Tuesday"]),
        ("The minister said on Tuesday that Velmora attacked the port on Monday.", "attacked", "Monday", ["Tuesday"]),
        ("Monday's shelling of the port angered Sarnia on Tuesday.", "shelling", "Monday", ["Tuesday"]),
        ("The truce that was signed on Monday failed on Tuesday.", "signed", "Monday", ["Tuesday"]),
        ("The truce that was signed on Monday failed on Tuesday.", "failed", "Tuesday", ["Monday"]),
    ],
)
def test_a_date_comes_from_the_deeds_own_clause(parsed, text, word, moment, others):
    """Never a date of another clause."""
    read = parsed(text)
    moments = _moments(text, *([moment] if moment else []), *others)
    token = next(token for token in range(len(read)) if read.word(token) == word)
    period = clause.date_of(read, token, moments)
    wanted = next((one.period for one in moments if one.text == moment), None)
    assert period == wanted
