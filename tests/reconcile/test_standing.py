"""On whose word a step rests."""

import sys
from pathlib import Path

import pytest

from onrecord.model.mention import ActorRef
from onrecord.reconcile.standing import told_of

sys.path.insert(0, str(Path(__file__).parent))

from claims import ARVENIA, NORLAND, SUDRIA, document, step

MINISTER = ActorRef("his-prime-minister", "His prime minister", "NOR")


@pytest.mark.parametrize(
    ("what", "speaker", "standing"),
    [
        ("refused", ActorRef("government", "government"), "party"),
        ("agreed", ActorRef("government", "government"), "third"),
        ("refused", ActorRef("government", "government", "ARV"), "third"),
        ("refused", ActorRef("spokesman", "spokesman"), "third"),
        ("agreed", NORLAND, "party"),
        ("agreed", ARVENIA, "third"),
    ],
)
def test_a_bare_government_only_holds_back(what, speaker, standing):
    """What it says that a side's man refuses is that side's word; what he agrees to needs the party itself."""
    told = step(document("a", "2031-05-01"), "talks", what, by=MINISTER, voice="statement-a")
    assert told_of(told, (NORLAND, SUDRIA), {"statement-a": speaker}, "2031-05-01").standing == standing
