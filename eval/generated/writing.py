"""Filling sentence templates while keeping track of where each marked value comes to stand.

A template holds slots, ``{target}``, and agreements, ``[who:has|have]``. An agreement takes its first form for a value
that is masculine (Arabic) or singular (English), its second for a feminine or plural one. ``{Target}`` capitalises;
``{l:act}`` attaches the Arabic preposition ل.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from eval.generated.counting import attach_li

_AGREEMENT = re.compile(r"\[(\w+):([^|\]]*)\|([^\]]*)\]")
_SLOT = re.compile(r"\{(l:)?(\w+)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that answers something.

    Attributes:
        label: What it answers: "when", "where", "target", "killed", or "who/" and a stance; "aside" for a group that
            is named for something else.
        start: First character.
        end: One past the last character.
    """

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text with its marks.

    Attributes:
        text: The words.
        marks: What stands where in them.
        second: Whether what agrees with it takes the second form.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    second: bool = False

    def shifted(self, by: int) -> tuple[Mark, ...]:
        """The marks, moved ``by`` characters."""
        return tuple(replace(mark, start=mark.start + by, end=mark.end + by) for mark in self.marks)


def marked(text: str, label: str, *, second: bool = False) -> Phrase:
    """A phrase that is marked as a whole.

    >>> marked("Dulkora", "where").marks
    (Mark(label='where', start=0, end=7),)
    """
    return Phrase(text, (Mark(label, 0, len(text)),), second)


def fill(template: str, values: Mapping[str, Phrase]) -> Phrase:
    """The template with its slots filled.

    Args:
        template: See the module.
        values: By slot; a missing one is a ``KeyError``.

    Returns:
        The text, with the marks of every value that was put in.

    >>> fill("[who:It has|They have] named the {who}", {"who": marked("Urdin Group", "who")}).text
    'It has named the Urdin Group'
    """
    template = _AGREEMENT.sub(lambda match: match[3] if values[match[1]].second else match[2], template)
    text = ""
    marks: list[Mark] = []
    copied = 0
    for slot in _SLOT.finditer(template):
        value = values[slot[2].lower()]
        text += template[copied : slot.start()]
        copied = slot.end()
        shown = value.text[0].upper() + value.text[1:] if slot[2][0].isupper() else value.text
        attached = attach_li(shown) if slot[1] else shown
        marks.extend(value.shifted(len(text) + len(attached) - len(shown)))
        text += attached
    return Phrase(text + template[copied:], tuple(marks))


def join(phrases: Iterable[Phrase], separator: str) -> Phrase:
    """The phrases one after another.

    >>> join((Phrase("a"), marked("b", "x")), ", ").marks
    (Mark(label='x', start=3, end=4),)
    """
    text = ""
    marks: list[Mark] = []
    for number, phrase in enumerate(phrases):
        text += separator if number else ""
        marks.extend(phrase.shifted(len(text)))
        text += phrase.text
    return Phrase(text, tuple(marks))
