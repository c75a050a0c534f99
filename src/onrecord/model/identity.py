"""Ids are hashes of what a record says, so that reading twice is harmless."""

import hashlib


def identity(kind: str, *parts: object) -> str:
    """Return the id of a record: `kind` and 16 hexadecimal digits of a hash over the parts, in order.

    Parts are written with `repr` of strings, numbers, None and (nested) tuples or lists of them; the same parts give
    the same id on every machine and in every run.
    """
    digest = hashlib.blake2b(digest_size=8)
    digest.update(_written((kind, *parts)).encode("utf-8", "surrogatepass"))
    return f"{kind}-{digest.hexdigest()}"


def _written(value: object) -> str:
    match value:
        case None:
            return "~"
        case bool() | int():
            return str(int(value))
        case str():
            return f"{len(value)}:{value}"
        case tuple() | list():
            return "(" + "".join(_written(item) + "," for item in value) + ")"
    message = f"an id can't be made of a {type(value).__name__}"
    raise TypeError(message)
