"""What the rules alone see of speech. Comes in: a reading. Goes out: drafts, and hints for the learned one."""

import msgspec

from onrecord.extract.speech_drafts import drafts_of
from onrecord.extract.speech_scene import Draft, Scene
from onrecord.extract.speech_spans import as_spans
from onrecord.lexicon import Lexicon
from onrecord.model.reading import Attributed, Quote, Reading
from onrecord.settings import Settings


class Seen(msgspec.Struct, frozen=True):
    """The rules' drafts over a scene, and the utterances for which they see no speaker."""

    scene: Scene
    drafts: list[Draft]
    orphans: list[Quote]


def run(*, reading: Reading, lexicon: Lexicon, settings: Settings) -> tuple[Seen, tuple[Attributed, ...]]:
    """Return what the rules see, and the same as bare spans where the learned reader will ask for them."""
    scene = Scene(reading, lexicon.speech)
    drafts, orphans = drafts_of(scene)
    hints = as_spans(reading, drafts, orphans) if settings.reader == "learned" else ()
    return Seen(scene, drafts, orphans), hints
