"""Draw the land behind the maps from the gazetteer's own points: `python scripts/draw_land.py` writes land.svg.

A dot for every cell of one degree in which the gazetteer knows a place. Equirectangular: x is the longitude
plus 180, y is 90 minus the latitude, as the pages draw their own dots. The grey reads on light paper and on dark.
"""

from pathlib import Path

from onrecord import lexicon
from onrecord.lexicon.gazetteer import RECORD

OUT = Path(__file__).resolve().parent.parent / "src/onrecord/show/web/static/land.svg"
STEP = 1.0


def main() -> None:
    """Write the picture."""
    rows = lexicon.load().gazetteer._parts[0]  # noqa: SLF001 - a script beside the one that builds them
    cells = set()
    for at in range(0, len(rows), RECORD.size):
        _, lat, lon, *_ = RECORD.unpack_from(rows, at)
        cells.add((int((90 - lat / 10000) // STEP), int((lon / 10000 + 180) // STEP)))
    lines = []
    for row in sorted({row for row, _ in cells}):
        at = None
        for column in sorted(column for found, column in cells if found == row):
            x, y = column * STEP + STEP / 2, row * STEP + STEP / 2
            lines.append(f"M{x:g} {y:g}h0" if at is None else f"m{x - at:g} 0h0")
            at = x
    path = "".join(lines)
    OUT.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 180" width="360" height="180">'
        f'<path d="{path}" fill="none" stroke="#8a8f96" '
        'stroke-opacity=".55" stroke-width=".62" stroke-linecap="round"/>'
        "</svg>\n"
    )
    print(f"{len(cells)} dots, {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
