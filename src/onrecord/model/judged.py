"""What the learned judge of acts says of one act: the chances of PLOVER's roots."""

import msgspec


class Judged(msgspec.Struct, frozen=True):
    """Chances of the roots (CONCEDE and RETREAT are YIELD there) for the act with this id."""

    act: str
    chances: dict[str, float]
