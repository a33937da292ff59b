"""Whether a question asks for the one who says, accuses or suspects, condemns or investigates: "who accused …?"."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import regex

from rag.attribution import reactors, utterers

# Interrogatives that can be the subject, each with a name that stands in for it: of a question that asks for the
# speaker, the sentence with the name in its place has it as the one who speaks.
_STAND_INS = {
    "en": ("who|which [a-z]+", "Halvoni"),
    "ar": ("من", "وزير الداخلية"),
    "tr": ("kim", "Halvoni"),
    "ru": ("кто", "Халвони"),
    "fr": ("qui", "Halvoni"),
    "fa": ("چه کسی|چه گروهی|کی", "هالفونی"),
    "es": ("quién|quien", "Halvoni"),
    "de": ("wer", "Halvoni"),
}
_OPENINGS = {
    lang: (regex.compile(rf"[¿\s]*(?:{words})\s+", regex.I), name) for lang, (words, name) in _STAND_INS.items()
}


@lru_cache(maxsize=256)
def asks_for_speaker(question: str) -> bool:
    """Whether a question asks who says, accuses or suspects something, not who did it.

    Args:
        question: In Arabic, English, Turkish, Russian, French, Persian, Spanish or German; False in any other.

    Examples:
        >>> asks_for_speaker("Who accused the army of the attack?"), asks_for_speaker("Who is accused of the attack?")
        (True, False)
        >>> asks_for_speaker("من اتهم الجيش بالهجوم؟"), asks_for_speaker("من تبنى الهجوم؟")
        (True, False)
    """
    return _asks_for_subject(question, utterers)


@lru_cache(maxsize=256)
def asks_for_reactor(question: str) -> bool:
    """Whether a question asks who condemns, mourns or investigates something.

    Args:
        question: As for ``asks_for_speaker``.

    Examples:
        >>> asks_for_reactor("Who condemned the raid?"), asks_for_reactor("Who made the raid that the UN condemned?")
        (True, False)
        >>> asks_for_reactor("من أدان الهجوم؟"), asks_for_reactor("من نفذ الهجوم؟")
        (True, False)
    """
    return _asks_for_subject(question, reactors)


def _asks_for_subject(question: str, subjects: Callable[[str, str], Sequence[tuple[int, int]]]) -> bool:
    """Whether a name in the place of the interrogative is one of a sentence's subjects of some kind."""
    for lang, (opening, name) in _OPENINGS.items():
        if match := opening.match(question):
            rest = question[match.end() :].rstrip(" ?؟")
            verb, _, after = rest.partition(" ")
            # An Arabic sentence begins with its verb.
            told, place = (f"{verb} {name} {after}.", len(verb) + 1) if lang == "ar" else (f"{name} {rest}.", 0)
            if any(start < place + len(name) and end > place for start, end in subjects(told, lang)):
                return True
    return False
