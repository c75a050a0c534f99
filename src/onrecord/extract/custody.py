"""Find what an article says of persons held. Comes in: reading, cast, moments, places, voices. Goes out: custody.

Only persons that are named (or resolved to a name) make a report; an arrest that somebody claims stays his claim.
"""

from itertools import islice

import msgspec

from onrecord.extract import clause
from onrecord.extract.custody_doubt import another_name, of_a_band, sifted, unreal, without_strays
from onrecord.extract.custody_holders import with_holders
from onrecord.extract.custody_members import groups, named
from onrecord.extract.custody_nations import citizens, described
from onrecord.extract.custody_nations_told import of_office, of_the_freed, seconds, without_residents
from onrecord.extract.custody_people import (
    answered,
    fuller,
    of_another,
    persons_at,
)
from onrecord.extract.custody_pronouns import note, sure
from onrecord.extract.custody_roll import rolls, side_of_roll
from onrecord.extract.custody_sides import with_sides
from onrecord.extract.custody_since import Length, held_for, of_the_same_day, on_the_day, seized_in, with_since
from onrecord.extract.custody_swap import Freed, exchanges, in_swap, of_own_item, over_border, price_of, tells_of_swap
from onrecord.extract.custody_terms import basis, charge, day, holder, place, sentence, state
from onrecord.extract.custody_told import told_at
from onrecord.extract.custody_verbs import behind_name, in_court, in_prison, in_seizure, of_play, off_topic, petty
from onrecord.lexicon import Lexicon
from onrecord.lexicon.custody import CustodyBook, CustodyRule
from onrecord.lexicon.people import PeopleBook
from onrecord.model.cast import Cast, Member
from onrecord.model.claim import Custody
from onrecord.model.holding import Holdings
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef, Place
from onrecord.model.moment import Moment
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.model.vocabulary import CustodyStatus
from onrecord.model.voices import Voices

_QUOTES = frozenset("‘“«")
_UP = 5
_THEY = frozenset({"it", "they"})
_BARE = {"VB", "VBP", "NN", "NNP"}
_FREE = {"released", "exchanged"}
_LETS_GO = _FREE | {"pardoned"}
_BY_STATES = {"charged", "convicted", "sentenced", "pardoned", "on_trial"}


def run(
    *,
    document: Document,
    reading: Reading,
    cast: Cast,
    moments: tuple[Moment, ...],
    places: tuple[Place, ...],
    voices: Voices,
    holdings: Holdings,
    lexicon: Lexicon,
) -> tuple[tuple[Custody, ...], tuple[Rejection, ...]]:
    """Return the reports in order of the text, and what was seen and not taken."""
    book = lexicon.custody
    if of_play(reading, book):
        return (), ()
    reports: list[Custody] = []
    freed: list[Freed] = []
    pronouns: dict[str, Member | None] = {}
    lengths: dict[str, Length] = {}
    rejections: list[Rejection] = []
    names = fuller(cast)
    nations = without_residents(reading, cast, citizens(reading, cast, names, book), names, book)
    swapped, places = holdings.swap or tells_of_swap(reading, book), without_strays(places, cast)
    for token in range(len(reading)):
        for rule, found in told_at(reading, cast, token, book, nations):
            people = tuple(
                one for one in found if not of_another(reading, cast, one) and not another_name(reading, one, book)
            )
            span = _evidence(document, reading, token)
            given: tuple[Member, ...] = ()
            if not _here(reading, cast, token, rule, holdings, swapped=swapped, book=book):
                continue
            why = _refused(reading, cast, token, rule, book)
            if why is not None:
                rejections.append(_rejected(why[0], document, span, f"{rule.status}: {why[1]}"))
                continue
            modality, polarity = clause.modality(reading, token, lexicon.hedges)
            asked = bool(rule.status in _FREE and answered(reading, cast, token))
            if modality not in {"happened", "ongoing"} and not asked and not _known(reading, token, book):
                rejections.append(_rejected("R305", document, span, f"{rule.status}: {modality}"))
                serves = rule.status == "sentenced" and modality == "planned" and _own_term(reading, token, book)
                if not serves and not _still_held(reading, token, rule, modality, book, swapped=swapped):
                    continue
                polarity = "asserted" if serves else "denied"
                given = () if serves else _price(reading, cast, token, book, nations)
            told = tuple(dict.fromkeys((*people, *given)))
            made = [
                _report(
                    document,
                    reading,
                    cast,
                    moments,
                    places,
                    voices,
                    book,
                    token,
                    rule,
                    person,
                    span,
                    polarity,
                    names,
                    nations,
                    holdings,
                )
                for person in told
            ]
            made = _not_theirs(made, len(people)) if given else made
            note(pronouns, made, told)
            if asked and swapped:
                made = [
                    msgspec.structs.replace(
                        one, status="exchanged",
                        id=identity("custody", one.document, one.person.actor, "exchanged", span.start, span.end),
                    )
                    for one in made
                ]  # fmt: skip
            if rule.status in _FREE and polarity == "asserted":
                made = _for_each_other(made, _price(reading, cast, token, book, nations), names, nations)
            reports += made
            if rule.status in _FREE and polarity == "asserted":
                freed.append(Freed(token=token, reports=tuple(report.id for report in made)))
                length = held_for(reading, token, moments, book)
                lengths |= {report.id: length for report in made if length is not None}
    reports += _on_roll(document, reading, cast, names, nations, holdings, book)
    reports += _of_groups(document, reading, cast, moments, places, voices, lexicon, names, nations, holdings, reports)
    reports, unsure = sure(reading, cast, reports, pronouns, names, nations, book)
    reports, doubted = sifted(reading, cast, reports, freed, document.published_day, places, book)
    rejections += (*unsure, *doubted)
    reports = _unique(_supported(reading, with_since(reports, lengths), book))
    reports = _in_one_hand(exchanges(reading, reports, freed, book), cast)
    reports = of_the_freed(reading, cast, with_holders(reports, holdings), seconds(reading, cast, names, book))
    return _dated(reading, reports, moments, holdings, lexicon), tuple(rejections)


def _dated(
    reading: Reading, reports: list[Custody], moments: tuple[Moment, ...], holdings: Holdings, lexicon: Lexicon
) -> tuple[Custody, ...]:
    """Return the reports with the days, the countries and the holders that only the whole article gives."""
    days = _unique(on_the_day(reading, of_office(reports, lexicon.people), holdings))
    dated = of_the_same_day(reading, days, moments, lexicon.custody)
    return tuple(_by_name(report, lexicon.people) for report in with_sides(dated, holdings))


def _here(
    reading: Reading, cast: Cast, token: int, rule: CustodyRule, holdings: Holdings, *, swapped: bool, book: CustodyBook
) -> bool:  # fmt: skip
    """Say whether the rule holds at this place: by what the sentence, its neighbours and the article are about."""
    return not (
        off_topic(reading, token, book)
        or petty(reading, token, book)
        or (rule.in_swap and not (swapped and of_own_item(reading, token, holdings, book)))
        or (rule.in_court and not in_court(reading, token, book))
        or (rule.in_seizure and not in_seizure(reading, book))
        or (rule.prison and not in_prison(reading, token, book))
        or (rule.over_border and not over_border(reading, cast, token, book))
    )


def _on_roll(
    document: Document, reading: Reading, cast: Cast, names: dict[str, ActorRef], nations: dict[str, tuple[str, ...]],
    holdings: Holdings, book: CustodyBook,
) -> list[Custody]:  # fmt: skip
    """Return the reports of those who are named under "Who are the six?", where an exchange is told as done."""
    made: list[Custody] = []
    for roll in rolls(reading, cast, book) if holdings.days else ():
        span = _evidence(document, reading, roll.token)
        home, held = side_of_roll(reading, cast, roll, holdings)
        for person in roll.persons:
            ref = names.get(person.refs[0].actor, person.refs[0])
            here = _evidence(document, reading, person.head)
            made.append(
                Custody(
                    id=identity("custody", document.id, ref.actor, "exchanged", here.start, here.end),
                    document=document.id, person=ref, nationalities=nations.get(ref.actor) or home, holder=held,
                    status="exchanged", evidence=(here, span), rules=("custody.roll",),
                )
            )  # fmt: skip
    return made


def _of_groups(
    document: Document, reading: Reading, cast: Cast, moments: tuple[Moment, ...], places: tuple[Place, ...],
    voices: Voices, lexicon: Lexicon, names: dict[str, ActorRef], nations: dict[str, tuple[str, ...]],
    holdings: Holdings, reports: list[Custody],
) -> list[Custody]:  # fmt: skip
    """Return what is told of a group as reports of those of it who are named elsewhere."""
    book = lexicon.custody
    held = frozenset(report.person.actor for report in reports if report.status == "detained")
    out = {report.person.actor for report in reports if report.status in _LETS_GO | {"died"}}
    made: list[Custody] = []
    for one in named(reading, cast, groups(reading, cast, book, lexicon.hedges, swap=holdings.swap), held, names, book):
        lands = described(reading, cast, one.group.thing)
        here, told = _evidence(document, reading, one.token), _evidence(document, reading, one.group.token)
        for person in one.persons:
            ref = names.get(person.refs[0].actor, person.refs[0])
            nations[ref.actor] = nations.get(ref.actor) or lands
            report = _report(
                document, reading, cast, moments, places, voices, book, one.group.token, one.group.rule, person, here,
                "asserted", names, nations, holdings,
            )  # fmt: skip
            if report.status == "released" and _for_people(reading, cast, one.group.token, book):
                report = msgspec.structs.replace(
                    report, status="exchanged",
                    id=identity("custody", report.document, ref.actor, "exchanged", here.start, here.end),
                )  # fmt: skip
            if ref.actor not in out or report.status not in _LETS_GO:
                rules = (*report.rules, "custody.member")
                made.append(msgspec.structs.replace(report, evidence=(here, told), rules=rules))
    # told of the group twice, in the headline and in the text: the one with a day, and with the paper's own word for it
    best = {(one.person.actor, one.status): one for one in sorted(made, key=lambda one: one.date is not None)}
    own = {(one.person.actor, one.status): one for one in made if one.voice is None}
    kept: list[Custody] = []
    for key, report in best.items():
        plain = own.get(key, report)
        evidence = tuple(dict.fromkeys((*report.evidence, *plain.evidence)))
        kept.append(msgspec.structs.replace(report, voice=plain.voice, evidence=evidence))
    return kept


def _by_name(report: Custody, people: PeopleBook) -> Custody:
    """Return the report, its holder called by the state's name where the article names only a place of it."""
    holder = report.holder
    row = people.state_of.get(holder.actor) if holder is not None and holder.name == holder.actor else None
    if holder is None or row is None:
        return report
    return msgspec.structs.replace(report, holder=msgspec.structs.replace(holder, name=row.name))


def _price(
    reading: Reading, cast: Cast, token: int, book: CustodyBook, nations: dict[str, tuple[str, ...]]
) -> tuple[Member, ...]:
    """Return those that somebody is freed for; "two As, X and Y" gives `nations` the country of both."""
    found: list[Member] = []
    for one in price_of(reading, token, book):
        persons = persons_at(reading, cast, one)
        lands = described(reading, cast, one) if reading.tag[one] in {"NNS", "NNPS"} else ()
        for person in persons if lands else ():
            nations[person.refs[0].actor] = nations.get(person.refs[0].actor) or lands
        found += persons
    return tuple(found)


def _not_theirs(made: list[Custody], own: int) -> list[Custody]:
    """Return the reports, the first `own` as they are: who holds them doesn't hold those that they are freed for."""
    return [*made[:own], *(msgspec.structs.replace(one, holder=None) for one in made[own:])]


def _for_each_other(
    made: list[Custody], price: tuple[Member, ...], names: dict[str, ActorRef], nations: dict[str, tuple[str, ...]]
) -> list[Custody]:
    """Return the reports of those freed, and of those they were freed for, each tied to the other."""
    others = tuple(names.get(person.refs[0].actor, person.refs[0]) for person in price)
    if not made or not others:
        return made
    given = tuple(report.person for report in made)
    span = made[0].evidence[0]
    tied = [msgspec.structs.replace(report, status="exchanged", exchanged_for=others) for report in made]
    tied += [
        msgspec.structs.replace(made[0], person=ref, nationalities=nations.get(ref.actor, ()), holder=None, place=None,
                                status="exchanged", exchanged_for=given, rules=("custody.price",))
        for ref in others
    ]  # fmt: skip
    return [
        msgspec.structs.replace(
            one, id=identity("custody", one.document, one.person.actor, "exchanged", span.start, span.end)
        )
        for one in tied
    ]


def _for_people(reading: Reading, cast: Cast, token: int, book: CustodyBook) -> bool:
    """Say whether people are freed for other people: "freed X in return for a banker held in A"."""
    return any(
        reading.lemma[one] in book.words("captive") | book.words("trades")
        or ((member := cast.member_at(one)) is not None and member.sort in {"person", "group"})
        for one in price_of(reading, token, book)
    )


def _known(reading: Reading, token: int, book: CustodyBook) -> bool:
    """Say whether what stands above makes it sure: "is known to be in prison", or a clause of its own before ";"."""
    above = reading.head[token]
    if behind_name(reading, token) is not None:
        return True
    if reading.dep[token] == "xcomp":
        return reading.lemma[above] in book.words("sure")
    apart = range(token, min(above, token + 40))
    return reading.dep[token] == "ccomp" and any(reading.word(at) == ";" for at in apart)


def _rejected(code: str, document: Document, span: Span, note: str) -> Rejection:
    return Rejection(code=code, stage="extract", document=document.id, span=span, note=note)


def _refused(reading: Reading, cast: Cast, token: int, rule: CustodyRule, book: CustodyBook) -> tuple[str, str] | None:
    """Return the code and the reason for which a rule that fits tells nothing here, or None."""
    if not _by_power(reading, cast, token, rule, book):
        return "R307", "by nobody who holds people"
    doubt = unreal(reading, token, book)
    return ("R305", doubt) if doubt is not None else None


def _by_power(reading: Reading, cast: Cast, token: int, rule: CustodyRule, book: CustodyBook) -> bool:
    """Say whether what only a state does is told of one: "critics charged her with" is talk."""
    if rule.sort != "object":
        return True
    if clause.is_passive(reading, token):
        doers = clause.agent_of(reading, token)
        return not doers or any(_can_hold(reading, cast, one, book) for one in doers)
    if reading.tag[token] in _BARE and reading.child(token, "nsubj", "aux") is None:
        # "Free him!" calls for it and tells nothing
        if reading.tag[token - 1] == "``" or reading.word(token - 1) in _QUOTES:
            return False
        return reading.dep[token] in {"xcomp", "conj", "relcl"} and reading.tag[token] != "VBP"
    if not (rule.official or rule.by_power):
        return True
    doing = clause.surface_subject(reading, token)
    doing = tuple(_speaker(reading, token) if reading.lemma[one] in _THEY else one for one in doing)
    for one in doing:
        member = cast.member_at(one)
        if reading.lemma[one] in book.words("authority") | book.words("armed") and not of_a_band(reading, one, book):
            return True
        if member is not None and member.sort in {"state", "government", "armed_group"}:
            return True
    if rule.by_power:
        return False
    return not doing or (reading.dep[token] in {"acl", "relcl"} and reading.child(token, "nsubj") is None)


def _speaker(reading: Reading, verb: int) -> int:
    """Return who says this of himself: "the security service said it had arrested X"."""
    above = reading.head[verb]
    said = reading.child(above, "nsubj") if reading.dep[verb] == "ccomp" else None
    own = reading.child(verb, "nsubj")
    return said if said is not None else own if own is not None else verb


def _can_hold(reading: Reading, cast: Cast, token: int, book: CustodyBook) -> bool:
    """Say whether people can be seized by this: somebody, and not a mood or a philosophy."""
    known = book.words("authority") | book.words("armed") | book.words("patrols")
    return cast.member_at(token) is not None or reading.lemma[token] in known or reading.tag[token] == "NNS"


def _still_held(
    reading: Reading, token: int, rule: CustodyRule, modality: str, book: CustodyBook, *, swapped: bool
) -> bool:
    """Say whether a release to come shows that the person is held: "will free", "agreed to free"."""
    return (
        rule.status in _FREE
        and modality in {"planned", "called_for"}
        and (reading.lemma[token] in book.words("let_out") or rule.in_swap or swapped)
        and (
            reading.dep[token] == "xcomp"
            or bool(clause.auxiliaries(reading, token))
            or (
                modality == "called_for" and reading.dep[token] == "ccomp" and reading.child(token, "nsubj") is not None
            )
        )
    )


def _own_term(reading: Reading, token: int, book: CustodyBook) -> bool:
    """Say whether a term to serve has been given: "would serve his sentence of six years"."""
    return any(
        reading.lemma[thing] in book.words("term") and reading.child(thing, "poss") is not None
        for thing in reading.children(token, "dobj")
    )


def _in_one_hand(reports: list[Custody], cast: Cast) -> list[Custody]:
    """Return the reports, the holder filled in where only one state's place, police and courts are told of a person."""
    official = {"charged", "on_trial", "convicted", "sentenced"}
    by_person: dict[str, list[Custody]] = {}
    for report in reports:
        by_person.setdefault(report.person.actor, []).append(report)
    found: dict[str, Custody] = {}
    for several in by_person.values():
        held = [report for report in several if report.holder is not None]
        where = {report.place.country for report in several if report.place is not None and report.place.country}
        tried = any(report.status in official for report in several)
        for report in several:
            near = [one.holder for one in held if one.evidence == report.evidence and one.holder and one.holder.country]
            if report.holder is not None or report.status not in official | {"detained"}:
                continue
            if near:
                found[report.id] = msgspec.structs.replace(report, holder=near[0])
            elif not held and tried and len(where) == 1:
                found[report.id] = msgspec.structs.replace(report, holder=state(cast, next(iter(where))))
    return [found.get(report.id, report) for report in reports]


def _from_prison(reading: Reading, report: Custody, book: CustodyBook) -> bool:
    """Say whether the words tell that it was after some time in prison: "after 14 months in a jail, X came home"."""
    first, last = reading.tokens_in(report.evidence[0].start, report.evidence[0].end)
    return any(
        reading.lemma[at] in book.words("jail") | book.words("captivity")
        and reading.dep[at] == "pobj"
        and any(reading.lemma[above] in book.words("behind") for above in islice(reading.ancestors(at), _UP))
        for at in range(first, last)
    )


def _supported(reading: Reading, reports: list[Custody], book: CustodyBook) -> list[Custody]:
    """Return the reports, accusations left out of persons of whom nothing else says that they are held."""
    strong = {rule.id for rule in book.rules if not rule.supported} | {"custody.price", "custody.roll"}
    sure = {
        report.person.actor
        for report in reports
        if strong.intersection(report.rules) or (report.status == "released" and _from_prison(reading, report, book))
    }
    return [report for report in reports if report.person.actor in sure]


def _report(
    document: Document, reading: Reading, cast: Cast, moments: tuple[Moment, ...], places: tuple[Place, ...],
    voices: Voices, book: CustodyBook, token: int, rule: CustodyRule, person: Member, span: Span, polarity: str,
    names: dict[str, ActorRef], nations: dict[str, tuple[str, ...]], holdings: Holdings,
) -> Custody:  # fmt: skip
    ref = names.get(person.refs[0].actor, person.refs[0])
    status: CustodyStatus = rule.status or "detained"
    still = False
    lets = (
        reading.lemma[token] in book.words("let_out") | book.words("mercy") or rule.in_swap or rule.status != "released"
    )
    if polarity == "denied" and status in _LETS_GO and lets:
        # "has not been freed": still held
        status, polarity, still = "detained", "asserted", True
    verb = clause.is_verb(reading, token) or rule.sort == "noun"
    at = reading.head[token] if rule.sort == "noun" else token
    voice = voices.at(reading.start[token])
    if status == "released" and (in_swap(reading, token, book) or _for_people(reading, cast, token, book)):
        status = "exchanged"
    persons = frozenset({ref.actor, person.refs[0].actor})
    told = verb and status != "missing"
    known = holdings.at(token)
    held, why_held = (known.holders[0], known.rule) if known is not None and len(known.holders) == 1 else (None, None)
    if held is not None and held.actor in persons:
        held = None
    lands = rule.official or status in _BY_STATES
    if held is None and told and (rule.status not in _LETS_GO or rule.status == "pardoned"):
        # who frees somebody may be a rescuer: that is told apart where holds are worked out
        held, why_held = holder(document, reading, cast, at, persons, places, book, lands=lands), None
    if status in _BY_STATES and held is not None and not held.country:
        held = None
    where = place(document, reading, at, places, book) if verb else None
    if held is None and rule.official and where is not None and where.country:
        held = state(cast, where.country)
    named = charge(reading, cast, token, status, book) if verb and status not in _FREE else None
    why = basis(reading, token) if verb and status not in _FREE else None
    when = None if still else day(document, reading, at, status, moments, book)
    return Custody(
        id=identity("custody", document.id, ref.actor, status, span.start, span.end),
        document=document.id, person=ref, nationalities=nations.get(ref.actor, ()), holder=held,
        status=status, charge=named,
        sentence=sentence(reading, token, moments, book) if verb and status == "sentenced" else None,
        basis=None if why is not None and named is not None and why.startswith(named) else why,
        place=None if still else where, date=seized_in(when, moments) if status == "detained" else when,
        polarity="denied" if polarity == "denied" else "asserted", voice=voice.id if voice else None,
        evidence=(span,), rules=(rule.id,) if why_held is None or held is None else (rule.id, why_held),
    )  # fmt: skip


def _evidence(document: Document, reading: Reading, token: int) -> Span:
    first, last = reading.sentences[reading.sentence_of(token)]
    return document.cite(reading.start[first], reading.end[last - 1])


def _unique(reports: list[Custody]) -> list[Custody]:
    """Return the reports, what one sentence tells twice of one person made one, its gaps filled."""
    found: dict[str, Custody] = {}
    for report in reports:
        before = found.get(report.id)
        if before is None:
            found[report.id] = report
            continue
        gaps = {
            name: getattr(report, name)
            for name in ("holder", "charge", "sentence", "basis", "place", "date")
            if getattr(before, name) is None and getattr(report, name) is not None
        }
        if before.polarity == report.polarity and gaps:
            rules = tuple(dict.fromkeys((*before.rules, *report.rules)))
            found[report.id] = msgspec.structs.replace(before, **gaps, rules=rules)
    return list(found.values())
