"""The JSON of the command line, spelled out."""

import dataclasses
import json
from datetime import date

from index.types import Bridged, ListScore
from rag.claims import cite
from rag.serialise import answer_to_json, search_to_json
from rag.types import Answer, Change, Claim, QuestionKind, Stance, Timings
from tests.rag.samples import BRIDGE, MARKET, found

ANSWER = Answer(
    question="Who?",
    text="The Northern Brigade",
    abstained=False,
    confidence=0.123456,
    engine="extractive",
    claims=(Claim("The Northern Brigade", Stance.ACCUSED, "the army", (1,), 1),),
    citations=(cite(found(BRIDGE), 32, 52, 1),),
    passages=(found(BRIDGE),),
    timings_ms=Timings(40.123, 380.06, 421.0),
    kind=QuestionKind.WHO,
    bridged=(Bridged("IS", ("داعش",), "alias"),),
    notes=("one line",),
)


def test_an_answer() -> None:
    assert answer_to_json(ANSWER) == {
        "question": "Who?",
        "answer": "The Northern Brigade",
        "abstained": False,
        "confidence": 0.1235,
        "engine": "extractive",
        "claims": [
            {
                "answer": "The Northern Brigade",
                "stance": "accused",
                "speaker": "the army",
                "citations": [1],
                "independent_sources": 1,
                "disputed": False,
            }
        ],
        "citations": [
            {
                "number": 1,
                "doc_id": "bridge.txt",
                "passage_id": "bridge.txt#0",
                "start": 32,
                "end": 52,
                "quote": "The Northern Brigade",
                "title": "Railway bridge destroyed",
                "source": "Larzania News Agency",
                "published": "2024-03-14",
                "url": "https://lna.example.org/bridge",
                "lang": "en",
                "copy_of": None,
                "stance": None,
                "speaker": None,
                "speaker_start": None,
                "speaker_end": None,
                "sentence_start": None,
                "sentence_end": None,
            }
        ],
        "conflict": False,
        "changes": [],
        "more": 0,
        "timings_ms": {"retrieve": 40.1, "read": 380.1, "total": 421.0},
        "kind": "who",
        "searched": "Who?",
        "bridged": [{"words": "IS", "matched": ["داعش"], "kind": "alias"}],
        "notes": ["one line"],
    }


def test_a_question_made_whole_is_told_besides_the_question_asked() -> None:
    fields = answer_to_json(dataclasses.replace(ANSWER, searched="Who blew up the bridge?"))
    assert (fields["question"], fields["searched"]) == ("Who?", "Who blew up the bridge?")


def test_changes_and_who_says_so() -> None:
    citation = dataclasses.replace(
        ANSWER.citations[0], stance=Stance.DENIED, speaker="The army", speaker_start=3, speaker_end=11,
        sentence_start=0, sentence_end=60,
    )  # fmt: skip
    change = Change("three", "3", date(2024, 3, 14), date(2024, 3, 15), (1,))
    fields = answer_to_json(
        dataclasses.replace(ANSWER, citations=(citation,), changes=(change,), conflict=True, more=2)
    )
    assert (fields["conflict"], fields["more"]) == (True, 2)
    assert fields["changes"] == [
        {"answer": "three", "value": "3", "first": "2024-03-14", "last": "2024-03-15", "citations": [1]}
    ]
    shown = {name: fields["citations"][0][name] for name in list(fields["citations"][0])[-6:]}
    assert shown == {
        "stance": "denied", "speaker": "The army", "speaker_start": 3, "speaker_end": 11,
        "sentence_start": 0, "sentence_end": 60,
    }  # fmt: skip
    assert json.loads(json.dumps(fields)) == fields


def test_an_abstention() -> None:
    nothing = dataclasses.replace(ANSWER, text=None, abstained=True, claims=())
    fields = answer_to_json(nothing)
    assert (fields["answer"], fields["abstained"], fields["claims"]) == (None, True, [])
    assert len(fields["citations"]) == 1


def test_the_stance_is_plain_text_in_json() -> None:
    stance = json.loads(json.dumps(answer_to_json(ANSWER)))["claims"][0]["stance"]
    assert stance == "accused"
    assert type(answer_to_json(ANSWER)["claims"][0]["stance"]) is str


def test_a_search() -> None:
    hit = dataclasses.replace(
        found(MARKET, span=(0, 45)),
        copy_of="copy.txt",
        copies=("copy.txt",),
        late=ListScore(2, 0.25),
        bridged=(Bridged("IS", ("داعش",), "alias"),),
    )
    assert search_to_json("من؟", [hit], 31.04) == {
        "question": "من؟",
        "results": [
            {
                "rank": 1,
                "doc_id": "market.txt",
                "passage_id": "market.txt#0",
                "score": 1.0,
                "dense": {"rank": 1, "score": 0.5},
                "bm25": {"rank": 1, "score": 2.0},
                "start": 0,
                "end": 45,
                "text": "انفجرت سيارة مفخخة في سوق ناردوم صباح الجمعة.",
                "title": "تفجير في سوق ناردوم",
                "source": "وكالة النهر",
                "published": "2023-05-02",
                "url": None,
                "lang": "ar",
                "copies": ["copy.txt"],
                "copy_of": "copy.txt",
                "late": {"rank": 2, "score": 0.25},
            }
        ],
        "bridged": [{"words": "IS", "matched": ["داعش"], "kind": "alias"}],
        "timings_ms": {"total": 31.0},
    }


def test_a_list_that_was_off_and_a_day_that_is_unknown_are_null() -> None:
    hit = dataclasses.replace(found(dataclasses.replace(BRIDGE, published=None)), dense=None)
    (result,) = search_to_json("Who?", [hit], 1.0)["results"]
    assert (result["dense"], result["published"]) == (None, None)
    assert result["bm25"] == {"rank": 1, "score": 2.0}
