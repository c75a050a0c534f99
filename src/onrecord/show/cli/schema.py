"""`onrecord schema`: the JSON Schema of a line of the record format."""

import sys


def schema() -> None:
    """Print the JSON Schema of the records that `read` and `export` print.

    Example: onrecord schema > record.schema.json
    """
    from onrecord.model import wire

    sys.stdout.buffer.write(wire.schema_file())
    sys.stdout.buffer.flush()
