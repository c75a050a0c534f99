"""Who a token stands for: the member with that head first, else the narrowest that covers it."""

from onrecord.model.cast import Cast, Member
from onrecord.model.claim import Statement
from onrecord.model.mention import ActorRef
from onrecord.model.text import Span
from onrecord.model.vocabulary import Force, words
from onrecord.model.voices import Voices


def member(first: int, last: int, head: int, name: str) -> Member:
    refs = (ActorRef(name, name),)
    return Member(first=first, last=last, head=head, form="name", sort="person", refs=refs, how="by hand")


CAST = Cast(members=(member(0, 6, 1, "wide"), member(2, 4, 3, "narrow"), member(8, 9, 8, "late")))


def test_head_before_cover_and_narrow_before_wide() -> None:
    assert CAST.refs_at(1)[0].name == "wide"
    assert CAST.refs_at(2)[0].name == "narrow"
    assert CAST.refs_at(5)[0].name == "wide"
    assert CAST.refs_at(7) == ()
    assert CAST.member_at(99) is None


def test_within_takes_whole_members_only() -> None:
    assert [found.refs[0].name for found in CAST.within(2, 9)] == ["narrow", "late"]
    assert CAST.within(3, 4) == ()


def statement(name: str) -> Statement:
    span = Span(0, 1, "x")
    return Statement(
        id=name, document="d", speaker=None, cue=None, content=(span,), quotation="direct", evidence=(span,)
    )


def test_the_innermost_statement_vouches() -> None:
    voices = Voices(starts=(0, 10), ends=(50, 20), statements=(statement("outer"), statement("inner")))
    assert voices.at(5).id == "outer"
    assert voices.at(15).id == "inner"
    assert voices.at(20).id == "outer"
    assert voices.at(50) is None
    assert Voices((), (), ()).at(0) is None


def test_vocabularies_are_read_in_the_order_of_the_contract() -> None:
    assert words(Force)[:3] == ("say", "deny", "confirm")
