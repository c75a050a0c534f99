"""Tell war from games and accidents: whether a passage is of a world where "attack" means something else."""

from onrecord.lexicon.acts import ActBook
from onrecord.model.reading import Reading


class Domain:
    """How many words of games, and of disasters, stand in each paragraph and in the whole article."""

    def __init__(self, reading: Reading, book: ActBook) -> None:
        self._paragraphs = [
            reading.tokens_in(start, end) for start, end in reading.paragraphs
        ]  # fmt: skip
        self._reading = reading
        game, disaster = book.words("game"), book.words("disaster")
        words = set(reading.lemma)
        self._game = words & game
        self._disaster = [
            any(reading.lemma[token] in disaster for token in range(first, last)) for first, last in self._paragraphs
        ]
        self._in_game = [
            len({reading.lemma[token] for token in range(first, last)} & game) for first, last in self._paragraphs
        ]

    def game(self, token: int) -> bool:
        """Say whether the article or the token's paragraph is about a game."""
        return len(self._game) >= 7 or self._in_game[self._at(token)] >= 3

    def disaster(self, token: int) -> bool:
        """Say whether the token's paragraph tells of an accident, a disease or a natural disaster."""
        return bool(self._disaster) and self._disaster[self._at(token)]

    def _at(self, token: int) -> int:
        return self._reading.paragraph_of(self._reading.start[token])
