"""Who vouches for the words at a place: the statement that they stand in, or the article itself."""

import bisect

import msgspec

from onrecord.model.claim import Statement


class Voices(msgspec.Struct, frozen=True):
    """Stretches of statements' content, sorted by start; made by `extract.voice`."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    statements: tuple[Statement, ...]

    def at(self, offset: int) -> Statement | None:
        """Return the innermost statement whose content covers this character, or None: the article's own voice."""
        best: Statement | None = None
        width = 0
        for place in range(bisect.bisect_right(self.starts, offset) - 1, -1, -1):
            length = self.ends[place] - self.starts[place]
            if self.ends[place] > offset and (best is None or length < width):
                best, width = self.statements[place], length
        return best
