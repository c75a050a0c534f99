"""Write the page of all commands: `python -m onrecord.show.cli.reference > docs/reference/commands.md`."""

import contextlib
import io
import os
import sys

from onrecord.show.cli import GROUPS, VERBS, main

_HEAD = """# Commands

Written by `make docs` from the program's own help; a test holds the two together.
Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 failed, 2 wrong use, 130 stopped by Ctrl-C.
Settings come from defaults, `onrecord.toml`, `ONRECORD_*` and flags: see [settings](settings.md).
"""


def page() -> str:
    """Return the page in Markdown."""
    parts = [_HEAD]
    names = [verb.__name__ for verb in VERBS]
    names += [f"{group} {verb.__name__}" for group, verbs in GROUPS.items() for verb in verbs]
    parts += [f"## {name}\n\n```\n{_help(name)}\n```\n" for name in names]
    return "\n".join(parts)


def _help(verb: str) -> str:
    said = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "80"
    try:
        with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
            main([*verb.split(), "--help"])
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    return "\n".join(line.rstrip() for line in said.getvalue().strip().splitlines())


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
