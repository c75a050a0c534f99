"""Every public set on a tiny made-up one in its layout: the figures come out, and so do the predictions."""

import json
from pathlib import Path

import pytest

from onrecord import bench
from onrecord.errors import UsageError
from onrecord.pipeline import Kit

SENTENCES = (("Norwegian troops shelled the port of Vardo on Monday .", 4), ("The minister sat in the garden .", 0))


@pytest.fixture(autouse=True)
def one_kit(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's kit instead of a new one a bench."""
    monkeypatch.setattr(Kit, "build", classmethod(lambda _cls, _settings=None: kit))


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def lines(rows: list[dict[str, object]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def scored(name: str, folder: Path) -> tuple[dict[str, object], list[dict[str, object]]]:
    out = folder / "predicted.out"
    figures = bench.run(name, folder, out)
    return figures, [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


OURS = (
    "cameo_class", "cameo_ner", "ecbplus", "factuality", "gum", "gum_names", "gum_pronouns", "india_police", "meantime", "muc4",
    "polnear", "recase",
)  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_a_folder_without_the_set_is_wrong_use(name: str, tmp_path: Path):
    with pytest.raises(UsageError):
        bench.run(name, tmp_path)


def test_classes_of_sentences(tmp_path: Path):
    rows = "".join(f"{sentence}\t{label}\n" for sentence, label in SENTENCES)
    figures, predicted = scored("cameo_class", write(tmp_path, {"train.tsv": rows}))
    assert figures["program"] == {"macro_f1": 100.0, "f1": {"0": 100.0, "4": 100.0}}
    assert figures["always_most_frequent"]["macro_f1"] < 50
    assert [row["quad"] for row in predicted] == [4, 0]


def test_source_and_target_spans(tmp_path: Path):
    labels = ["B-S", "I-S", "O", "B-T", "I-T", "I-T", "I-T", "O", "O", "O"]
    tokens = SENTENCES[0][0].split()
    rows = "\n".join(f"{token} {label}" for token, label in zip(tokens, labels, strict=True)) + "\n\n"
    figures, predicted = scored("cameo_ner", write(tmp_path, {"train.txt": rows}))
    assert figures["program"]["source_exact"]["f1"] == 100.0
    assert figures["subject_verb_object"]["source_exact"]["f1"] == 100.0
    assert figures["tagger"]["target_exact"]["gold"] == 1
    assert len(predicted) == 1


def test_acts_of_police(tmp_path: Path):
    texts = [
        ("Police arrested nine people in Arkvik on Monday.", ["ARREST", "ANY_ACTION"]),
        ("The market was quiet.", []),
        ("Police did not arrest anybody.", ["FAIL"]),
    ]
    rows = [
        {"doc_id": 1, "sent_id": at, "sent_labels": labels, "sent_text": text}
        for at, (text, labels) in enumerate(texts)
    ]
    figures, predicted = scored("india_police", write(tmp_path, {"sents.jsonl": lines(rows)}))
    assert figures["program"]["sentences"]["ARREST"]["f1"] == 100.0
    assert figures["program"]["documents"]["ARREST"]["gold"] == 1
    assert figures["keywords"]["sentences"]["ARREST"]["precision"] == 50.0
    assert predicted[1]["labels"] == []


def test_roles_in_attacks(tmp_path: Path):
    extracts = {
        "PerpInd": [[["gunmen", 0]]], "PerpOrg": [], "Target": [], "Weapon": [],
        "Victim": [[["a journalist", 14], ["the journalist", 60]]],
    }  # fmt: skip
    row = {"docid": "D1", "doctext": "Gunmen killed a journalist in Arkvik on Monday.", "extracts": extracts}
    figures, predicted = scored("muc4", write(tmp_path, {"dev.json": lines([row])}))
    assert figures["program"]["PerpInd"]["f1"] == 100.0
    assert figures["program"]["Victim"]["f1"] == 100.0
    assert figures["trigger_subject_object"]["all"]["gold"] == 2
    assert predicted[0]["PerpInd"] == [["gunmen"]]


def test_did_it_happen(tmp_path: Path):
    rows = [
        {"text": "Troops shelled the port .", "targets": [{"span1": [1, 2], "span_text": "shelled", "label": 3.0}]},
        {"text": "Troops did not shell it .", "targets": [{"span1": [3, 4], "span_text": "shell", "label": -3.0}]},
    ]
    figures, predicted = scored("factuality", write(tmp_path, {"dev.jsonl": lines(rows), "train.jsonl": lines(rows)}))
    assert figures["program"] == {"mae": 0.0, "r": 1.0}
    assert figures["always_3"] == {"mae": 3.0, "r": 0.0}
    assert figures["unreal_called_happened"] == {"share": 0.0, "of": 1}
    assert [row["value"] for row in predicted] == [3.0, -3.0]


def conllu(rows: list[tuple[str, str, int, str]]) -> str:
    made = [
        "\t".join((str(at), word, word, pos, "_", "_", str(head), "dep", "_", entity or "_"))
        for at, (word, pos, head, entity) in enumerate(rows, 1)
    ]
    return "# meta::dateCreated = 2024-05-01\n" + "\n".join(made) + "\n\n"


def test_names_of_one_article(tmp_path: Path):
    text = "Maria Brandt arrived. Brandt spoke to reporters.\n"
    first = [
        ("Maria", "PROPN", 3, "Entity=(1-person-new-x-x-1-coref"),
        ("Brandt", "PROPN", 1, "Entity=1)"),
        ("arrived", "VERB", 0, ""),
        (".", "PUNCT", 3, ""),
    ]
    second = [
        ("Brandt", "PROPN", 2, "Entity=(1-person-giv-x-x-1-coref)"),
        ("spoke", "VERB", 0, ""),
        ("to", "ADP", 4, ""),
        ("reporters", "NOUN", 2, ""),
        (".", "PUNCT", 2, ""),
    ]
    tree = conllu(first) + conllu(second)
    write(tmp_path, {"text/GUM_news_x.txt": text, "documents/dep/GUM_news_x.conllu": tree})
    figures, predicted = scored("gum_names", tmp_path)
    assert figures["program"]["f1"] == figures["last_names_and_initials"]["f1"] == 100.0
    assert figures["same_words"]["recall"] == 50.0
    assert {row["actor"] for row in predicted} == {"maria-brandt"}


def test_whom_pronouns_stand_for(tmp_path: Path):
    rows = [
        ("Maria", "PROPN", 3, "Entity=(1-person-giv:act-cf1-1-sgl"),
        ("Brandt", "PROPN", 1, "Entity=1)"),
        ("resigned", "VERB", 0, "_"),
        (".", "PUNCT", 3, "_"),
    ]
    later = [
        ("She", "PRON", 2, "Entity=(1-person-giv:act-cf1-1-ana)"),
        ("thanked", "VERB", 0, "_"),
        ("nobody", "PRON", 2, "_"),
        (".", "PUNCT", 2, "_"),
    ]
    write(
        tmp_path,
        {
            "documents/dep/GUM_news_x.conllu": conllu(rows) + conllu(later),
            "text/GUM_news_x.txt": "Maria Brandt resigned.\nShe thanked nobody.\n",
        },
    )
    figures, predicted = scored("gum_pronouns", tmp_path)
    assert figures["he_she"]["program"]["f1"] == 100.0
    assert figures["it"]["program"]["gold"] == 0
    assert [row["actor"] for row in predicted] == ["maria-brandt"]


CAT = """<?xml version="1.0"?><Document doc_id="1" doc_name="x">
<token number="0" sentence="0" t_id="1">Orla</token><token number="1" sentence="0" t_id="2">Venn</token>
<token number="2" sentence="0" t_id="3">arrested</token><token number="3" sentence="0" t_id="4">Ivo</token>
<token number="4" sentence="0" t_id="5">Brandt</token><token number="5" sentence="0" t_id="6">yesterday</token>
<token number="6" sentence="0" t_id="7">.</token>
<Markables>
<TIMEX3 functionInDocument="CREATION_TIME" m_id="9" type="DATE" value="2024-05-02"/>
<TIMEX3 m_id="8" type="DATE" value="2024-05-01"><token_anchor t_id="6"/></TIMEX3>
<ENTITY_MENTION m_id="1" syntactic_type="NAM"><token_anchor t_id="1"/><token_anchor t_id="2"/></ENTITY_MENTION>
<ENTITY_MENTION m_id="2" syntactic_type="NAM"><token_anchor t_id="4"/><token_anchor t_id="5"/></ENTITY_MENTION>
<EVENT_MENTION m_id="3"><token_anchor t_id="3"/></EVENT_MENTION>
<ENTITY m_id="11"/><ENTITY m_id="12"/>
</Markables>
<Relations>
<HAS_PARTICIPANT r_id="1" sem_role="Arg0"><source m_id="3"/><target m_id="1"/></HAS_PARTICIPANT>
<HAS_PARTICIPANT r_id="2" sem_role="Arg1"><source m_id="3"/><target m_id="2"/></HAS_PARTICIPANT>
<REFERS_TO r_id="3"><source m_id="1"/><target m_id="11"/></REFERS_TO>
<REFERS_TO r_id="4"><source m_id="2"/><target m_id="12"/></REFERS_TO>
</Relations></Document>
"""


def test_times_names_and_sides_of_events(tmp_path: Path):
    figures, predicted = scored("meantime", write(tmp_path, {"corpus/x.xml": CAT}))
    assert figures["time"]["value_F1"] == 100.0
    assert figures["names"]["program"]["f1"] == 100.0
    assert figures["actor_of_found"] == figures["target_of_found"] == {"share": 100.0, "right": 1, "of": 1}
    assert predicted[0]["value"] == "2024-05-01"


def test_people_and_action_words_of_a_report(tmp_path: Path):
    words = ["Orla", "Venn", "arrested", "Ivo", "Brandt", "on", "Monday", "."]
    corpus = "".join(f"1_1ecb\t0\t{at}\t{word}\t-\n" for at, word in enumerate(words))
    mention = {"doc_id": "1_1ecb", "sent_id": 0}
    entities = [mention | {"tokens_number": [0, 1], "coref_chain": "HUM1", "mention_type": "HUM"}]
    events = [mention | {"tokens_number": [2], "coref_chain": "ACT1", "mention_type": "ACT"}]
    files = {
        "ECB_Dev_corpus.txt": corpus,
        "ECB_Dev_Entity_gold_mentions.json": json.dumps(entities),
        "ECB_Dev_Event_gold_mentions.json": json.dumps(events),
    }
    figures, predicted = scored("ecbplus", write(tmp_path, files))
    assert figures["action_words_in_acts"] == {"share": 100.0, "right": 1, "of": 1}
    assert predicted == [{"document": "1_1ecb", "start": 0, "end": 9, "actor": "orla-venn"}]


def test_capitals_restored(tmp_path: Path):
    text = "Police in Lima said on Monday that they were ready. It was late."
    figures, predicted = scored("recase", write(tmp_path, {"one.txt": text + "\n"}))
    assert figures["program"]["f1"] == 100.0
    assert figures["capital_after_full_stop"]["recall"] == {"share": 50.0, "right": 2, "of": 4}
    assert predicted == [{"document": "one", "text": text + "\n"}]
