"""Settings are built from defaults < file < environment < flags; what is wrong is said with its place."""

import pytest

from onrecord.errors import UsageError
from onrecord.settings import DESCRIPTIONS, Settings
from onrecord.show.cli.config import configure


def test_defaults(tmp_path):
    made = configure(folder=tmp_path, environment={})
    assert made.settings == Settings()
    assert set(made.origins.values()) == {"default"}


def test_each_layer_wins_over_the_one_before(tmp_path):
    (tmp_path / "onrecord.toml").write_text('store = "file.db"\nconfidence = 0.5\nmax_bytes = 5')
    made = configure(
        folder=tmp_path,
        environment={"ONRECORD_STORE": "env.db", "ONRECORD_MAX_BYTES": "6", "PATH": "x"},
        store="flag.db",
    )
    assert (made.settings.store, made.settings.max_bytes, made.settings.confidence) == ("flag.db", 6, 0.5)
    assert made.origins["store"] == "--store"
    assert made.origins["max_bytes"] == "ONRECORD_MAX_BYTES"
    assert made.origins["confidence"] == "onrecord.toml"


@pytest.mark.parametrize(
    ("text", "environment", "words"),
    [
        ("raeder = 'x'", {}, "did you mean 'reader'"),
        ("reader = 'magic'", {}, "reader can't be 'magic'"),
        ("reader = ", {}, "onrecord.toml"),
        ("", {"ONRECORD_MAX_BYTES": "many"}, "ONRECORD_MAX_BYTES"),
        ("", {"ONRECORD_RAEDER": "rules"}, "unknown setting"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, text, environment, words):
    (tmp_path / "onrecord.toml").write_text(text)
    with pytest.raises(UsageError, match=words):
        configure(folder=tmp_path, environment=environment)


def test_every_setting_is_described():
    assert list(DESCRIPTIONS) == list(Settings.__struct_fields__)
