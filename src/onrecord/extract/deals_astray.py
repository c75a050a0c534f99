"""Find the verb of a deal where the parser hangs it elsewhere. Comes in: a mention. Goes out: verbs and parts."""

from collections.abc import Iterator

from onrecord.extract.deals_mentions import DealMention
from onrecord.lexicon.deals import Part
from onrecord.model.reading import Reading

_REACH = 8


def reduced_of(reading: Reading, mention: DealMention) -> tuple[tuple[int, Part], ...]:
    """Return the participle and the verb where the parser takes the first for the verb: "a truce declared ... broke".

    Also the verb that it hangs on what stands before: "Talks hosted by C between the sides foundered".
    """
    head = mention.head
    verb = reading.head[head]
    if reading.dep[head] == "nsubj" and reading.tag[verb] in {"VBD", "VBN"} and verb == head + 1:
        told = reading.children(verb, "dobj", "aux", "auxpass", "neg", "xcomp")
        later = [
            one
            for one in reading.children(verb, "ccomp", "conj", "advcl")
            if one > verb and reading.tag[one] == "VBD" and reading.child(one, "nsubj", "mark") is None
        ]
        return ((verb, "object"), (later[0], "subject")) if later and not told else ()
    if reading.head[head] == head:
        first, last = reading.sentences[reading.sentence_of(head)]
        strays = [at for at in range(head + 1, min(last, head + 2 * _REACH)) if reading.tag[at] == "VBD"
                  and reading.dep[at] == "acl" and reading.child(at, "nsubj") is None]  # fmt: skip
        if len(strays) == 1 and first <= head:
            return ((strays[0], "subject"),)
    return ()


def told_behind(reading: Reading, mention: DealMention) -> Iterator[tuple[int, Part]]:
    """Yield the verb whose subject the parser hangs on "as": "guns fell silent as a truce came into force"."""
    prep = reading.head[mention.head]
    end = reading.subtree(mention.head)[1]
    if reading.dep[mention.head] == "pobj" and reading.word(prep).lower() in {"as", "since"} and end < len(reading):
        verb = end
        if reading.tag[verb] == "VBD" and reading.dep[verb] == "conj" and reading.child(verb, "nsubj") is None:
            yield verb, "subject"
