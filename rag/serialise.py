"""Results as plain JSON values: the contract of the command line's ``--json``."""

from collections.abc import Sequence
from typing import Any

from index.types import Bridged, ListScore, ScoredPassage
from rag.types import Answer, Change, Citation, Claim, WrittenSentence

Json = dict[str, Any]


def search_to_json(question: str, results: Sequence[ScoredPassage], total_ms: float) -> Json:
    """The object that ``mustanad search --json`` prints."""
    return {
        "question": question,
        "results": [_hit(found) for found in results],
        "timings_ms": {"total": round(total_ms, 1)},
        "bridged": [_bridged(one) for one in results[0].bridged] if results else [],
    }


def answer_to_json(answer: Answer) -> Json:
    """The object that ``mustanad ask --json`` prints; ``sentences`` only where a language model wrote."""
    fields: Json = {
        "question": answer.question,
        "answer": answer.text,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 4),
        "engine": answer.engine,
        "claims": [_claim(claim) for claim in answer.claims],
        "citations": [_citation(citation) for citation in answer.citations],
        "conflict": answer.conflict,
        "changes": [_change(change) for change in answer.changes],
        "more": answer.more,
        "timings_ms": {
            "retrieve": round(answer.timings_ms.retrieve, 1),
            "read": round(answer.timings_ms.read, 1),
            "total": round(answer.timings_ms.total, 1),
        },
        "kind": answer.kind.value,
        "searched": answer.searched,
        "bridged": [_bridged(one) for one in answer.bridged],
        "notes": list(answer.notes),
    }
    if answer.sentences:
        fields["sentences"] = [_sentence(sentence) for sentence in answer.sentences]
    return fields


def _hit(found: ScoredPassage) -> Json:
    return {
        "rank": found.rank,
        "doc_id": found.document.doc_id,
        "passage_id": found.passage.passage_id,
        "score": round(found.score, 6),
        "dense": _list_score(found.dense),
        "bm25": _list_score(found.bm25),
        "start": found.passage.start,
        "end": found.passage.end,
        "text": found.passage.text,
        "title": found.document.title,
        "source": found.document.source,
        "published": found.document.published.isoformat() if found.document.published else None,
        "url": found.document.url,
        "lang": found.document.lang,
        "copies": list(found.copies),
        "copy_of": found.copy_of,
        "late": _list_score(found.late),
    }


def _bridged(one: Bridged) -> Json:
    return {"words": one.words, "matched": list(one.matched), "kind": one.kind}


def _list_score(score: ListScore | None) -> Json | None:
    return {"rank": score.rank, "score": round(score.score, 6)} if score else None


def _claim(claim: Claim) -> Json:
    return {
        "answer": claim.answer,
        "stance": claim.stance.value,
        "speaker": claim.speaker,
        "citations": list(claim.citations),
        "independent_sources": claim.independent_sources,
        "disputed": claim.disputed,
    }


def _change(change: Change) -> Json:
    return {
        "answer": change.answer,
        "value": change.value,
        "first": change.first.isoformat(),
        "last": change.last.isoformat(),
        "citations": list(change.citations),
    }


def _sentence(sentence: WrittenSentence) -> Json:
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "supported": sentence.supported,
        "reason": sentence.reason,
    }


def _citation(citation: Citation) -> Json:
    return {
        "number": citation.number,
        "doc_id": citation.doc_id,
        "passage_id": citation.passage_id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "title": citation.title,
        "source": citation.source,
        "published": citation.published.isoformat() if citation.published else None,
        "url": citation.url,
        "lang": citation.lang,
        "copy_of": citation.copy_of,
        "stance": citation.stance.value if citation.stance else None,
        "speaker": citation.speaker,
        "speaker_start": citation.speaker_start,
        "speaker_end": citation.speaker_end,
        "sentence_start": citation.sentence_start,
        "sentence_end": citation.sentence_end,
    }
