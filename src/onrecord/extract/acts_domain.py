"""Tell war from games and accidents: whether a passage is of a world where "attack" means something else."""

from onrecord.lexicon.acts import ActBook
from onrecord.model.reading import Reading


class Domain:
    """How many words of games, and of disasters, stand in each paragraph and in the whole article."""

    def __init__(self, reading: Reading, book: ActBook) -> None:
        self._reading = reading
        spans = [reading.tokens_in(start, end) for start, end in reading.paragraphs]
        firm = [lemma for lemma in reading.lemma if lemma in book.words("trade")]
        self._trade = len(set(firm)) >= 6 and len(firm) >= 0.02 * len(reading)
        game, disaster = book.words("game"), book.words("disaster")
        told = [lemma for lemma in reading.lemma if lemma in game]
        self._game = len(set(told)) >= 7 and len(told) >= 0.02 * len(reading)
        race = book.words("campaign")
        votes = [lemma for lemma in reading.lemma if lemma in race]
        self._campaign = len(set(votes)) >= 6 and len(votes) >= 0.01 * len(reading)
        self._in_game = [len(set(reading.lemma[first:last]) & game) >= 3 for first, last in spans]
        self._disaster = [not disaster.isdisjoint(reading.lemma[first:last]) for first, last in spans]

    @property
    def game(self) -> bool:
        """Whether the whole article tells of a game, a film or a stage."""
        return self._game

    @property
    def trade(self) -> bool:
        """Whether the whole article tells of firms, markets and wares."""
        return self._trade

    @property
    def campaign(self) -> bool:
        """Whether the whole article tells of an election and its candidates."""
        return self._campaign

    def passage_of_game(self, token: int) -> bool:
        """Say whether the token's paragraph is about a game."""
        return bool(self._in_game) and self._in_game[self._at(token)]

    def disaster(self, token: int) -> bool:
        """Say whether the token's paragraph tells of an accident, a disease or a natural disaster."""
        return bool(self._disaster) and self._disaster[self._at(token)]

    def _at(self, token: int) -> int:
        return self._reading.paragraph_of(self._reading.start[token])
