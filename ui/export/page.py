"""A pack as one page: readable without scripts or network, and with the pack itself inside."""

import hashlib
import json
from base64 import b64encode
from importlib.resources import files
from itertools import pairwise

from index.types import ListScore
from rag.packs import Pack, PackPassage, PackTurn, pack_to_json
from rag.packs.reading import SCRIPT
from rag.types import Citation
from ui.escaping import attribute, filled, inline, isolated, lang_attribute, phrase, web_address
from ui.export.answer import answer_html, note
from ui.export.phrases import citation_facts, filters_words
from ui.stances import told_html
from ui.strings import Strings

_DAY = "\u2066{}\u2069"
_STYLE = files("ui.export").joinpath("pack.css").read_text(encoding="utf-8")
_STYLE_HASH = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"


def pack_html(pack: Pack, strings: Strings) -> str:
    """The pack as a self-contained HTML document, which ``read_pack`` reads, too."""
    turns = "".join(_turn(turn, number, pack, strings) for number, turn in enumerate(pack.turns, start=1))
    made = filled(strings.export_made, day=pack.made, version=pack.mustanad)
    return (
        f'<!doctype html>\n<html lang="{attribute(strings.lang)}" dir="{attribute(strings.direction)}">'
        f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{attribute(strings.export_title)}: {attribute(pack.turns[0].answer.question)}</title>"
        f"<style>{_STYLE}</style></head><body><main><header><h1>{inline(strings.export_title)}</h1>"
        f"<p>{made}</p></header>{turns}{_fingerprints(pack, strings)}</main>"
        f"{SCRIPT}{script_json(pack)}</script></body></html>\n"
    )


def script_json(pack: Pack) -> str:
    """The pack's JSON in ASCII, with nothing in it that could end or change a script element."""
    text = json.dumps(pack_to_json(pack), ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _turn(turn: PackTurn, number: int, pack: Pack, strings: Strings) -> str:
    answer = turn.answer
    searched = (
        f'<dt>{inline(strings.export_searched)}</dt><dd dir="auto">{inline(answer.searched)}</dd>'
        if answer.searched != answer.question
        else ""
    )
    filters = "".join(f'<li dir="auto">{phrase(words)}</li>' for words in filters_words(turn.filters, strings, _DAY))
    hashes = {document.doc_id: document.sha256 for document in pack.documents}
    cards = "".join(
        _card(one, turn, number, hashes[one.doc_id], strings)
        for one in sorted(answer.citations, key=lambda one: one.number)
    )
    heading = strings.export_nearest if answer.abstained else strings.export_citations
    return (
        f'<section><p class="label">{inline(strings.export_question.format(number=number))}</p>'
        f'<h2 dir="auto">{inline(answer.question)}</h2>'
        f"<dl>{searched}<dt>{inline(strings.export_filters)}</dt><dd><ul>{filters}</ul></dd></dl>"
        f"{answer_html(turn.answer, number, strings)}<h3>{inline(heading)}</h3>{cards or note(strings.no_passages)}"
        f"<h3>{inline(strings.export_passages)}</h3>{_passages(turn.passages, strings)}</section>"
    )


def _card(citation: Citation, turn: PackTurn, number: int, sha256: str, strings: Strings) -> str:
    lang = lang_attribute(citation.lang)
    address = web_address(citation.url)
    link = (
        f' · <a href="{attribute(address)}" rel="noopener noreferrer"><bdi>{inline(address)}</bdi></a>'
        if address
        else ""
    )
    place = strings.export_quote_place.format(start=citation.start, end=citation.end)
    told = f'<p class="told">{told_html(citation.stance, citation.speaker, strings)}</p>' if citation.stance else ""
    copied = note(strings.copy_of.format(original=citation.copy_of)) if citation.copy_of else ""
    return (
        f'<article id="c{number}-{citation.number}"><h4 dir="auto"{lang}><bdi>[{citation.number}]</bdi> '
        f"{inline(citation.title or strings.untitled)}</h4>"
        f'<p class="fact">{" · ".join(isolated(fact) for fact in citation_facts(citation, strings))}{link}</p>'
        f'{told}<blockquote dir="auto"{lang}>{_marked(citation, turn)}</blockquote>'
        f'<p class="fact">{inline(place)} · {isolated(citation.doc_id)}</p>{copied}'
        f'<p class="fact hash">{inline(strings.export_hash)}: <code>{inline(sha256)}</code></p></article>'
    )


def _marked(citation: Citation, turn: PackTurn) -> str:
    """The sentence with the quote and the speaker marked; nothing stands out of a passage that answers nothing."""
    sentence = next(one for one in turn.sentences if one.number == citation.number)
    if citation.stance is None and sentence.text == citation.quote:
        return inline(sentence.text)
    return _spans(sentence.text, sentence.start, citation)


def _spans(text: str, offset: int, citation: Citation) -> str:
    """Text with marks, cut at every edge, so that marks may overlap."""
    marks = [("quote", citation.start - offset, citation.end - offset)]
    if citation.speaker_start is not None and citation.speaker_end is not None:
        marks.append(("speaker", citation.speaker_start - offset, citation.speaker_end - offset))
    edges = sorted({0, len(text), *(min(max(edge, 0), len(text)) for _, start, end in marks for edge in (start, end))})
    parts: list[str] = []
    for start, end in pairwise(edges):
        kinds = [kind for kind, first, last in marks if first <= start and end <= last]
        piece = inline(text[start:end])
        parts.append(f'<mark class="{" ".join(kinds)}">{piece}</mark>' if kinds else piece)
    return "".join(parts)


def _passages(passages: tuple[PackPassage, ...], strings: Strings) -> str:
    if not passages:
        return note(strings.no_passages)
    heads = (strings.export_rank, strings.export_report, strings.export_score, strings.export_dense,
             strings.export_bm25, strings.export_late)  # fmt: skip
    rows = "".join(
        f"<tr><td>{one.rank}</td><td><details>"
        f"<summary>{isolated(one.doc_id)} <bdi>[{one.start}:{one.end}]</bdi></summary>"
        f'<p class="read" dir="auto">{inline(one.text)}</p></details></td><td>{one.score:.4f}</td>'
        f"<td>{_score(one.dense)}</td><td>{_score(one.bm25)}</td><td>{_score(one.late)}</td></tr>"
        for one in passages
    )
    head = "".join(f"<th>{inline(name)}</th>" for name in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _score(score: ListScore | None) -> str:
    return f"<bdi>{f'#{score.rank} · ' if score.rank else ''}{score.score:.3f}</bdi>" if score else "–"


def _fingerprints(pack: Pack, strings: Strings) -> str:
    index = pack.index
    holds = strings.export_index_holds.format(
        documents=index.documents, generation=index.generation, format=index.format, analyzer=index.analyzer
    )
    settings = json.dumps(pack_to_json(pack)["settings"] | {"rerank": pack.rerank})
    rows = (
        (strings.export_index, holds, index.fingerprint),
        (strings.export_model, index.model, index.model_fingerprint),
        (strings.export_reader, pack.reader.name, pack.reader.fingerprint or strings.export_no_fingerprint),
        (strings.export_settings, "", settings),
    )
    shown = "".join(
        f'<dt>{inline(name)}</dt><dd>{isolated(words)} <code dir="ltr">{inline(value)}</code></dd>'
        for name, words, value in rows
    )
    return (
        f"<section><h2>{inline(strings.export_fingerprints)}</h2><dl>{shown}</dl><h3>{inline(strings.export_replay)}</h3>"
        f'<p>{inline(strings.export_replay_how)}</p><pre dir="ltr">mustanad replay PACK.html --index DIR</pre>'
        f"{note(strings.export_limits)}</section>"
    )
