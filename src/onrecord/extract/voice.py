"""Say who vouches for the words at a place. Comes in: statements. Goes out: `Voices`.

Inside somebody's words nothing is ever the article's own claim.
"""

from onrecord.model.claim import Statement
from onrecord.model.voices import Voices


def run(*, statements: tuple[Statement, ...]) -> Voices:
    """Return the stretches of all contents, sorted by start, each with its statement."""
    stretches = sorted(
        (span.start, span.end, place) for place, statement in enumerate(statements) for span in statement.content
    )
    return Voices(
        tuple(start for start, _, _ in stretches),
        tuple(end for _, end, _ in stretches),
        tuple(statements[place] for _, _, place in stretches),
    )
