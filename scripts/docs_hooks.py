"""MkDocs hooks: pages that live outside docs/ get their place in the site, pages nobody listed join their section.

Links between pages stay as they are in the repository; here they are turned to where the page stands in the site.
"""

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
# Where a page of the repository stands in the site.
OUTSIDE = {
    "MODEL_CARD.md": "model-card.md", "ARCHITECTURE.md": "architecture.md", "GLOSSARY.md": "glossary.md",
    "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md", "SECURITY.md": "security.md",
    "src/onrecord/lexicon/data/README.md": "reference/lexicon.md", "examples/dispatches/README.md": "dispatches.md",
}  # fmt: skip
SECTIONS = {"how-to": "How to", "reference": "Reference", "explanation": "Explanation", "decisions": "Decisions"}
_LINK = re.compile(r"(\]\()([^)#:\s]+)((?:#[^)]*)?\))")


def on_config(config: Any) -> Any:
    """Give every page of a section that the navigation doesn't list a place at the section's end."""
    listed = str(config["nav"])
    for folder, title in SECTIONS.items():
        found = sorted(path.name for path in (ROOT / "docs" / folder).glob("*.md"))
        more = [f"{folder}/{name}" for name in found if f"{folder}/{name}" not in listed]
        section = next((entry[title] for entry in config["nav"] if title in entry), None)
        if section is None:
            config["nav"].append({title: more})
        else:
            section.extend(more)
    return config


def on_files(files: Files, config: Any) -> Files:
    """Add the pages from outside docs/."""
    for source, target in OUTSIDE.items():
        files.append(File.generated(config, target, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn links of the repository into links of the site; what isn't in the site becomes its name."""
    here = page.file.src_uri
    home = next((source for source, target in OUTSIDE.items() if target == here), f"docs/{here}")

    def turned(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(home), found[2]))
        place = OUTSIDE.get(target) or target.removeprefix("docs/") * target.startswith("docs/")
        if not place or (place not in OUTSIDE.values() and not (ROOT / "docs" / place).is_file()):
            return f"{found[1]}{posixpath.relpath('index.md', posixpath.dirname(here) or '.')}{found[3][-1]}"
        return f"{found[1]}{posixpath.relpath(place, posixpath.dirname(here) or '.')}{found[3]}"

    return _LINK.sub(turned, markdown)
