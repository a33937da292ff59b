"""Packs to be shown: an accusation, a dispute, an abstention, what a model wrote, and a report that is hostile."""

from dataclasses import replace
from datetime import date

from index.search import SearchSettings
from index.types import Filters
from rag.packs import IndexRecord, Pack, PackDocument, PackedTurn, PackSentence, PackTurn, ReaderRecord
from rag.packs.fingerprints import text_hash
from rag.packs.making import packed
from rag.types import Answer, Change, Citation, Stance, WrittenSentence
from tests.ui import samples
from tests.ui.samples import ARABIC, ENGLISH, HOSTILE, citation

ATTACK = "](javascript:alert(7)) <b onload=alert(8)> [x]: https://evil.example/ www.evil.example a@evil.example `c` |"
DOCUMENTS = {document.doc_id: document for document in (ARABIC, ENGLISH, HOSTILE)}


def accused() -> Answer:
    """An accusation in Arabic, told by the army."""
    start = ARABIC.text.index("بيان للجيش")
    quote = "قوات الدعم السريع"
    cited = replace(
        citation(ARABIC, quote), stance=Stance.ACCUSED, speaker="بيان للجيش", speaker_start=start,
        speaker_end=start + len("بيان للجيش"), sentence_start=start - len("اتهم "), sentence_end=start + 70,
    )  # fmt: skip
    made = samples.answer(ARABIC, quote, Stance.ACCUSED, "بيان للجيش")
    return replace(made, question="من نفذ الهجوم على المطار؟", searched="من نفذ الهجوم على المطار؟", citations=(cited,))


def disputed() -> Answer:
    """An answer that reports contradict, with figures that changed."""
    made = samples.answer(ENGLISH, "mortars hit the airport", Stance.REPORTED)
    claim = replace(made.claims[0], disputed=True)
    change = Change("mortars", "2", date(2023, 4, 16), date(2023, 4, 17), (1,))
    return replace(made, claims=(claim,), conflict=True, changes=(change,), more=2)


def written() -> Answer:
    """Two sentences of a model, of which one is supported: by an accusation."""
    sentences = (
        WrittenSentence("Mortars were fired.", (1,), True, None),
        WrittenSentence("Everyone fled.", (), False, "nothing cited"),
    )
    return replace(accused(), engine="local:writer", sentences=sentences, text="Mortars were fired. [1]")


def hostile() -> Answer:
    """An attack in the question, the note, the answer, the speaker, and the report."""
    quote = "<script>alert(1)</script>"
    made = samples.answer(HOSTILE, quote, Stance.CLAIMED, ATTACK)
    question = f"</script><!-- {ATTACK}\u2028<script>alert(9)</script>"
    return replace(made, question=question, searched=question, notes=(ATTACK,))


def pack(*answers: Answer, filters: Filters | None = None) -> Pack:
    """A pack of answers."""
    made = [PackedTurn(answer, filters or Filters()) for answer in answers]
    return Pack(
        made="2024-03-14T09:30:00+00:00",
        mustanad="0.1.0",
        index=IndexRecord("a" * 64, 3, 7, 2, "small", "b" * 64, "folding-1", 256, 48, True),
        reader=ReaderRecord("extractive", None),
        settings=SearchSettings(),
        rerank=False,
        documents=tuple(
            PackDocument(one.doc_id, text_hash(one.text), one.title, one.source, one.published, one.url, one.lang)
            for one in DOCUMENTS.values()
        ),
        turns=tuple(_turn(turn) for turn in made),
    )


def _turn(turn: PackedTurn) -> PackTurn:
    return replace(packed(turn), sentences=tuple(_sentence(one) for one in turn.answer.citations))


def _sentence(cited: Citation) -> PackSentence:
    text = DOCUMENTS[cited.doc_id].text
    start = cited.start if cited.sentence_start is None else cited.sentence_start
    end = cited.end if cited.sentence_end is None else min(cited.sentence_end, len(text))
    return PackSentence(cited.number, start, end, text[start:end])
