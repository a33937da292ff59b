"""What a language model wrote, sentence by sentence; those that the reports do not support stand apart, as no facts."""

from rag.types import Answer, WrittenSentence
from ui.claims import ascribed_html
from ui.escaping import filled, inline
from ui.evidence import citation_links
from ui.notes import engine_html
from ui.strings import ENGLISH, Strings


def written_html(answer: Answer, turn: int, strings: Strings = ENGLISH) -> str:
    """The supported sentences with their citations; how a report tells what one rests on comes before it."""
    supported = [sentence for sentence in answer.sentences if sentence.supported]
    if not supported:
        return ""
    lines = "".join(_supported(sentence, answer, turn, strings) for sentence in supported)
    return (
        f'<div class="m-written"><p class="m-subhead">{filled(strings.written_by, engine=answer.engine)}</p>'
        f"<ol>{lines}</ol></div>"
    )


def unsupported_html(answer: Answer, strings: Strings = ENGLISH) -> str:
    """The sentences that are not supported, each with the reason, folded away; "" where there are none."""
    apart = [sentence for sentence in answer.sentences if not sentence.supported]
    if not apart:
        return ""
    lines = "".join(_unsupported(sentence, strings) for sentence in apart)
    return (
        f'<details class="m-unsupported"><summary>{filled(strings.not_supported_count, count=len(apart))}</summary>'
        f'<p class="m-note">{inline(strings.not_supported_note)}</p><ul>{lines}</ul></details>'
    )


def _supported(sentence: WrittenSentence, answer: Answer, turn: int, strings: Strings) -> str:
    cited = [one for number in sentence.citations for one in answer.citations if one.number == number]
    told = ascribed_html(cited, strings)
    links = citation_links(sentence.citations, answer.citations, turn, strings)
    before = f'<p class="m-told">{told.strip()}</p>' if told else ""
    return f'<li>{before}<p class="m-words" dir="auto">{inline(sentence.text)} {links}</p></li>'


def _unsupported(sentence: WrittenSentence, strings: Strings) -> str:
    reason = (
        f'<p class="m-note">{inline(strings.why_not_supported)} {engine_html(sentence.reason)}</p>'
        if sentence.reason
        else ""
    )
    return (
        f'<li><p class="m-told"><span class="m-stance m-not">{inline(strings.not_supported)}</span></p>'
        f'<p class="m-words" dir="auto">{inline(sentence.text)}</p>{reason}</li>'
    )
