"""The code lists: every type has a code, codes lead back to their type, countries are told apart."""

import pytest

from onrecord.lexicon.codes import load, ours, quad
from onrecord.model.vocabulary import ActType, words


@pytest.mark.parametrize("kind", words(ActType))
def test_every_type_that_happened_has_a_code(kind):
    """And the code is text: three digits or four, the leading zero kept."""
    row = ours().cameo(kind, None, "happened")
    assert row is not None
    assert row.code.isdigit()
    assert 3 <= len(row.code) <= 4
    assert ours().cameo(kind, "no-such-mode", "ongoing") == row


def test_a_mode_goes_before_its_type_and_modality_before_both():
    """The more is known, the nearer the code."""
    assert ours().cameo("CONSULT", "phone", "happened").code == "041"
    assert ours().cameo("CONSULT", None, "planned").code == "036"
    assert ours().cameo("RETREAT", "release", "called_for").code == "0253"


@pytest.mark.parametrize("modality", ["planned", "called_for", "hypothetical"])
def test_an_attack_that_did_not_happen_has_no_code(modality):
    """CAMEO would make it cooperation, or an attack."""
    assert ours().cameo("ASSAULT", "aerial", modality) is None


@pytest.mark.parametrize(
    ("code", "kind", "mode"),
    [
        ("190", "ASSAULT", None), ("0841", "RETREAT", "release"), ("1712", "ASSAULT", "destroy"),
        ("057", "SUPPORT", None), ("1125", "ACCUSE", "allege"),
    ],
)  # fmt: skip
def test_codes_lead_back_to_types(code, kind, mode):
    """By their longest known beginning."""
    row = ours().plover(code)
    assert (row.type, row.mode) == (kind, mode)


@pytest.mark.parametrize("code", ["010", "0253", "", "x"])
def test_statements_and_appeals_have_no_type(code):
    """PLOVER dropped them."""
    assert ours().plover(code) is None


def test_fips_is_not_iso():
    """Australia is AS, Austria AU; Germany GM, Gambia GA."""
    assert [ours().land(code).fips for code in ("AUS", "AUT", "DEU", "GMB", "CHE", "CHN")] == [
        "AS", "AU", "GM", "GA", "SZ", "CH",
    ]  # fmt: skip
    assert ours().of_fips("RS") == "RUS"
    assert ours().of_cameo("ROMGOV") == "ROU"
    assert ours().of_numeric("8") == "ALB"
    assert ours().of_name("germany") == "DEU"
    assert ours().land(None) is None


def test_quad_classes():
    """By the root of the code."""
    assert [quad(code) for code in ("057", "061", "112", "145", "190")] == [1, 2, 3, 4, 4]


def test_a_folder_of_ones_own_overrides_the_tables(tmp_path):
    """The files in a given folder are read in place of the shipped ones."""
    (tmp_path / "cameo.csv").write_text("type,mode,modality,code,goldstein,name\nAID,,,071,7.4,Provide economic aid\n")
    (tmp_path / "cameo_types.csv").write_text("prefix,type,mode\n07,AID,\n")
    (tmp_path / "countries.csv").write_text("country,alpha2,numeric,fips,cameo,name\nDEU,DE,276,GM,DEU,Germany\n")
    assert load(tmp_path).cameo("AID", None, "happened").code == "071"
