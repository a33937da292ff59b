"""The page of answered questions, in Markdown."""

import html
import re
from collections.abc import Callable, Sequence

from eval.answers.judging import Answered, Verdict
from eval.reporting.formats import MISSING, language_name
from eval.reporting.tables import markdown_table
from rag.visible import plain

_LENGTH = 72
_MARKS = re.compile(r"([\\`*_\[\]{}#~])")
_INTRODUCTION = """\
# Answers

What was answered to each question, right and wrong alike. The page is written by

```
{command}
```

Fifty questions are our own (`eval/questions`): they were written from the reports before anything was asked, and none
was changed afterwards; eight (`seed`) are on a report that is not part of the project. Gold answers are words of the
reports; two of each are shown at most. Long answers are shortened to the words around a gold answer, or to their
beginning.

**right**: the answer (the first claim's) contains a gold answer word for word, or its token F1 with one is at least
0.5, normalised as MLQA does in the language of the gold answer. **rightly withheld**: the reports hold no answer, and
none was given. **wrong**: another answer was given, or any to a question that has none; where a later claim of the same
answer is right, it says which. **missed**: the reports hold an answer, and none was given; what was withheld is in
brackets. Nobody looked at an answer to judge it.
"""


def answers_page(answered: Sequence[Answered], command: str, engine: str) -> str:
    """The page: what is counted as right, totals, and a table for each collection.

    Args:
        answered: In the order of the questions.
        command: Writes the page.
        engine: What answered.

    Returns:
        Markdown, with a line break at the end.
    """
    parts = [_INTRODUCTION.format(command=command), f"Answered by {engine}.", "## Totals"]
    parts.append(_totals(answered, lambda one: one.asked.collection, "collection", whole=True))
    parts.append(_totals(answered, lambda one: language_name(one.asked.question.lang), "language of the question"))
    parts.append(_totals([one for one in answered if one.asked.kind], lambda one: one.asked.kind, "kind"))
    for collection in dict.fromkeys(one.asked.collection for one in answered):
        parts.append(f"## {_cell(collection)}")
        header = ("question", "gold", "answered", "stance, speaker", "confidence", "judged")
        rows = [_row(one) for one in answered if one.asked.collection == collection]
        parts.append(markdown_table(header, rows, "llllrl"))
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def shortened(text: str, golds: Sequence[str], length: int = _LENGTH) -> str:
    """A text of at most about so many characters, cut between words: around a gold answer that stands in it.

    Examples:
        >>> shortened("The mayor said on Friday that the bridge was blown up by smugglers.", ["smugglers"], 30)
        '… was blown up by smugglers.'
        >>> shortened("The mayor said on Friday that the bridge was blown up by smugglers.", ["nobody"], 30)
        'The mayor said on Friday that …'
        >>> shortened("smugglers", ["smugglers"], 30)
        'smugglers'
    """
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    places = [words.casefold().find(" ".join(gold.split()).casefold()) for gold in golds]
    place = min((found for found in places if found >= 0), default=0)
    start = max(0, min(place - length // 3, len(words) - length))
    end = min(len(words), start + length)
    start = 0 if start == 0 else words.find(" ", start) + 1
    end = end if end == len(words) else max(words.rfind(" ", 0, end + 1), start)
    return f"{'… ' if start else ''}{words[start:end]}{' …' if end < len(words) else ''}"


def _row(one: Answered) -> list[str]:
    question, answer = one.asked.question, one.answer
    gold = " / ".join(question.answers[:2]) if question.answers else "none in the reports"
    if answer.text is not None:
        given = shortened(answer.text, question.answers)
    else:
        given = f"[{shortened(answer.withheld, question.answers)}]" if answer.withheld else MISSING
    claim = answer.claims[0] if answer.claims else None
    said = MISSING if claim is None else ", ".join(filter(None, (str(claim.stance), claim.speaker)))
    judged = f"**{one.verdict}**" if not one.verdict.good else str(one.verdict)
    if one.verdict is Verdict.WRONG and one.right_claim is not None:
        judged += f" (claim {one.right_claim} is right)"
    asked = _cell(question.text) + (f"<br><small>{_cell(one.asked.note)}</small>" if one.asked.note else "")
    return [asked, _cell(gold), _cell(given), _cell(said), f"{answer.confidence:.2f}", judged]


def _totals(answered: Sequence[Answered], key: Callable[[Answered], str], name: str, *, whole: bool = False) -> str:
    """How many of each group came out how."""
    if not answered:
        return ""
    groups = {group: [one for one in answered if key(one) == group] for group in dict.fromkeys(map(key, answered))}
    if whole:
        groups["all"] = list(answered)
    rows = []
    for group, members in groups.items():
        good = sum(one.verdict.good for one in members)
        counts = [str(sum(one.verdict is verdict for one in members)) for verdict in Verdict]
        rows.append([_cell(group), str(len(members)), f"{good} ({good / len(members):.0%})", *counts])
    return markdown_table((name, "questions", "as it should be", *map(str, Verdict)), rows)


def _cell(text: str) -> str:
    """A report's words as they may stand in Markdown: no markup of theirs acts, nor does a bidirectional control."""
    return _MARKS.sub(r"\\\1", html.escape(plain(" ".join(text.split())), quote=False))
