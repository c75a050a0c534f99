"""Say whether a draft is of one stage of an exchange, and not of the whole. Comes in: a draft. Goes out: yes or no."""

from onrecord.extract.deals_steps import Draft
from onrecord.extract.deals_whose import Article


def one_handover(article: Article, draft: Draft) -> bool:
    """Say whether it is one handover of an exchange in stages, and not the exchange: "called the handover off"."""
    reading, book = article.reading, article.lexicon.deals
    if draft.mention is None or reading.lemma[draft.mention.head] not in book.words("occasions"):
        return False
    return any(
        reading.lemma[at] in book.words("stages")
        and any(reading.lemma[one] in book.words("ordinal") for one in reading.children(at, "amod"))
        for at in range(len(reading))
    )


def first_stage(article: Article, draft: Draft) -> bool:
    """Say whether it is the first stage that is told: "the first half of the exchange went ahead"."""
    reading, book = article.reading, article.lexicon.deals
    if draft.mention is None:
        return False
    parts, opening = book.words("halves") | book.words("stages"), book.words("opening")
    above = reading.head[reading.head[draft.mention.head]]
    return any(
        reading.lemma[noun] in parts and any(reading.lemma[one] in opening for one in reading.children(noun, "amod"))
        for noun in (draft.mention.head, above)
    )
