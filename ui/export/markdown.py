"""A pack as Markdown, in which a report's text is text: no markup, link or HTML comes of it."""

import json
import re

from index.types import ListScore
from rag.packs import Pack, PackTurn, pack_to_json
from rag.types import Answer, Citation, Stance
from rag.visible import plain
from ui.escaping import web_address
from ui.export.phrases import (
    changed_days,
    citation_facts,
    confidence_words,
    filters_words,
    heading,
    told_of,
)
from ui.notes import known_note, sentence_case
from ui.strings import Strings

# Every ASCII punctuation mark may be escaped (CommonMark 0.31, section 2.4).
_MARKS = re.compile(r"""([!-/:-@\[-`{-~])""")
# An address is made a link by some readers even where no mark says so: an invisible joiner stops them.
_AUTOLINK = re.compile(r"(?i)(https?|ftp|mailto|xmpp|www|@)(?=[:.\w])")


def escaped(text: str) -> str:
    r"""Text on one line that no Markdown reader takes for markup.

    >>> escaped("[a](b) <i>\n# c")
    '\\[a\\]\\(b\\) \\<i\\> \\# c'
    """
    return _AUTOLINK.sub("\\1\u2060", _MARKS.sub(r"\\\1", " ".join(plain(text).split())))


def isolate(text: str) -> str:
    """Escaped text in a bidirectional isolate, so that it does not reorder what stands around it."""
    return f"\u2068{escaped(text)}\u2069"


def pack_markdown(pack: Pack, strings: Strings) -> str:
    """The pack as Markdown (CommonMark with tables), without the machine's copy of it."""
    made = strings.export_made.format(day=pack.made, version=pack.mustanad)
    lines = [f"# {escaped(strings.export_title)}", "", escaped(made), ""]
    for number, turn in enumerate(pack.turns, start=1):
        lines += _turn(turn, number, pack, strings)
    index = pack.index
    holds = strings.export_index_holds.format(
        documents=index.documents, generation=index.generation, format=index.format, analyzer=index.analyzer
    )
    reader = pack.reader.fingerprint or strings.export_no_fingerprint
    settings = json.dumps(pack_to_json(pack)["settings"] | {"rerank": pack.rerank})
    lines += [
        f"## {escaped(strings.export_fingerprints)}",
        "",
        f"- {escaped(strings.export_index)}: {isolate(holds)}, {isolate(index.fingerprint)}",
        f"- {escaped(strings.export_model)}: {isolate(index.model)}, {isolate(index.model_fingerprint)}",
        f"- {escaped(strings.export_reader)}: {isolate(pack.reader.name)}, {isolate(reader)}",
        f"- {escaped(strings.export_settings)}: {isolate(settings)}",
        "",
        f"## {escaped(strings.export_replay)}",
        "",
        escaped(strings.export_replay_how),
        "",
        "    mustanad replay PACK.json --index DIR",
        "",
        escaped(strings.export_limits),
    ]
    return "\n".join(lines) + "\n"


def _turn(turn: PackTurn, number: int, pack: Pack, strings: Strings) -> list[str]:
    answer = turn.answer
    lines = [f"## {escaped(strings.export_question.format(number=number))}: {isolate(answer.question)}", ""]
    if answer.searched != answer.question:
        lines += [f"- {escaped(strings.export_searched)}: {isolate(answer.searched)}"]
    filters = " · ".join(isolate(words) for words in filters_words(turn.filters, strings))
    lines += [f"- {escaped(strings.export_filters)}: {filters}", ""]
    lines += [line for note in answer.notes for line in (isolate(known_note(note, strings) or sentence_case(note)), "")]
    if answer.abstained:
        lines += [f"**{escaped(strings.abstained)}**", ""]
    else:
        lines += _answer(turn, strings)
    lines += _unsupported(turn, strings)
    hashes = {document.doc_id: document.sha256 for document in pack.documents}
    lines += [f"### {escaped(strings.export_nearest if answer.abstained else strings.export_citations)}", ""]
    for citation in sorted(answer.citations, key=lambda one: one.number):
        lines += _citation(citation, turn, hashes[citation.doc_id], strings)
    return [*lines, *_passages(turn, strings)]


def _answer(turn: PackTurn, strings: Strings) -> list[str]:
    answer = turn.answer
    lines: list[str] = []
    if turn.written:
        lines += [escaped(strings.export_written.format(engine=answer.engine)), ""]
        supported = [one for one in answer.sentences if one.supported]
        lines += [f"- {_ascribed(one.citations, answer, strings)}{isolate(one.text)} {_numbers(one.citations)}"
                  for one in supported]  # fmt: skip
        lines += [""]
    lines += [f"### {escaped(strings.export_claims)}", ""]
    if conflict := heading(answer, strings):
        lines += [f"**{escaped(conflict)}**", ""]
    for claim in answer.claims:
        sources = escaped(strings.independent_sources.format(count=claim.independent_sources))
        disputed = f" · {escaped(strings.disputed)}" if claim.disputed else ""
        told = _told(claim.stance, claim.speaker, strings)
        lines += [f"- {told}: {isolate(claim.answer)} {_numbers(claim.citations)} · {sources}{disputed}"]
    if answer.more:
        lines += ["", escaped(strings.more_claims.format(count=answer.more))]
    if answer.changes:
        lines += ["", f"### {escaped(strings.changes)}", ""]
    for change in answer.changes:
        told = _ascribed(change.citations, answer, strings)
        lines += [f"- {isolate(changed_days(change))} {told}{isolate(change.answer)} {_numbers(change.citations)}"]
    figure = strings.confidence_figure.format(figure=f"{answer.confidence:.2f}")
    return [*lines, "", f"{escaped(confidence_words(answer, strings))} ({escaped(figure)})", ""]


def _unsupported(turn: PackTurn, strings: Strings) -> list[str]:
    apart = [f"- {isolate(one.text)}" for one in turn.answer.sentences if not one.supported]
    return [f"{escaped(strings.export_unsupported)}:", "", *apart, ""] if apart else []


def _told(stance: Stance, speaker: str | None, strings: Strings) -> str:
    """How a report tells it and who says so: before the words, so that nobody reads them as a fact first."""
    says = f" · {escaped(strings.says)} {isolate(speaker)}" if speaker else ""
    return f"**{escaped(strings.stances[stance])}**{says}"


def _ascribed(numbers: tuple[int, ...], answer: Answer, strings: Strings) -> str:
    cited = told_of(numbers, answer)
    told = dict.fromkeys(_told(one.stance, one.speaker, strings) for one in cited if one.stance)
    return "".join(f"{one}: " for one in told)


def _numbers(numbers: tuple[int, ...]) -> str:
    return " ".join(escaped(f"[{number}]") for number in numbers)


def _citation(citation: Citation, turn: PackTurn, sha256: str, strings: Strings) -> list[str]:
    facts = " · ".join(isolate(fact) for fact in citation_facts(citation, strings))
    address = web_address(citation.url)
    place = strings.export_quote_place.format(start=citation.start, end=citation.end)
    told = [_told(citation.stance, citation.speaker, strings), ""] if citation.stance else []
    return [
        f"**{escaped(f'[{citation.number}]')} {isolate(citation.title or strings.untitled)}** · {facts}",
        "",
        *told,
        f"> {_sentence(citation, turn)}",
        "",
        f"- {isolate(citation.doc_id)} · {escaped(place)}",
        *([f"- {isolate(address)}"] if address else []),
        f"- {escaped(strings.export_hash)}: {sha256}",
        "",
    ]


def _sentence(citation: Citation, turn: PackTurn) -> str:
    """The sentence, the quote in it in bold where it is a part."""
    sentence = next(one for one in turn.sentences if one.number == citation.number)
    before = sentence.text[: citation.start - sentence.start]
    after = sentence.text[citation.end - sentence.start :]
    quote = isolate(citation.quote)
    if not before.strip() and not after.strip():
        return quote
    return " ".join(part for part in (escaped(before), f"**{quote}**", escaped(after)) if part)


def _passages(turn: PackTurn, strings: Strings) -> list[str]:
    heads = (strings.export_rank, strings.export_report, strings.export_quote_place.format(start="a", end="b"),
             strings.export_score, strings.export_dense, strings.export_bm25, strings.export_late)  # fmt: skip
    lines = [f"### {escaped(strings.export_passages)}", ""]
    if not turn.passages:
        return [*lines, escaped(strings.no_passages), ""]
    lines += [f"| {' | '.join(escaped(head) for head in heads)} |", f"|{' --- |' * len(heads)}"]
    for one in turn.passages:
        cells = (str(one.rank), isolate(one.doc_id), isolate(f"{one.start}:{one.end}"), f"{one.score:.4f}",
                 _score(one.dense), _score(one.bm25), _score(one.late))  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _score(score: ListScore | None) -> str:
    return escaped(f"{f'#{score.rank} ' if score.rank else ''}{score.score:.3f}") if score else "–"
