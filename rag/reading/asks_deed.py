"""Whether a question asks who did it, not who somebody is, who says it or who was hit."""

from functools import lru_cache

import regex

from index.text.folding import fold_arabic, fold_case, fold_latin
from rag.reading.asks_speaker import asks_for_reactor, asks_for_speaker
from rag.reading.question import content_words, subject_words
from rag.reading.question_kind import question_kind
from rag.types import QuestionKind


def _fold(text: str) -> str:
    return fold_latin(fold_arabic(fold_case(text)))


# How "who is …?" begins or ends, over folded text; "who is it that …?" and "who is shelling …?" ask for a deed.
_IDENTITY = regex.compile(
    _fold(
        r"^[¿\s]*(?:"
        r"who(?:'s|\s+(?:is|was|are|were))(?!\s+(?:it|\w{2,}ing|the\s+(?:ones?|people|person|group)\s+(?:who|that))(?!\w))"
        r"|من\s+(?:هو|هي|هم|هما|كان|كانت)(?!\s+(?:الذي|التي|الذين|من|قد)(?!\w))"
        r"|wer\s+(?:ist|war|sind|waren)(?!\s+(?:es|derjenige|diejenigen)(?!\w))"
        r"|qui\s+(?:est|etait|sont|etaient|fut)(?!-ce|\s+(?:ceux|celui|celle|celles)(?!\w))"
        r"|quien(?:es)?\s+(?:es|era|fue|son|eran|fueron)(?!\s+(?:el|la|los|las)\s+que(?!\w))"
        r"|кто\s+(?:такой|такая|такие|является|был|была|были|это)(?!\s+(?:тот|те|теми|тем)(?!\w))"
        r")(?!\w)"
        r"|(?<!\w)(?:(?<!\w[ae]n(?:lar|ler)?\s+)kim(?:dir|di|lerdir)?|کیست"
        r"|(?:چه کسی|کی)(?!\w).*(?<!\w)(?:است|بود))\s*[?؟]*$"
    )
)
# Words for those who did it, and for how they are tied to it: "who is the attacker?" asks who did it. Beginnings of
# words, and short ones that are too much like others' as wholes.
_DOERS = tuple(_fold(stem) for stem in (
    "killer", "murderer", "attacker", "assassin", "bomber", "gunm", "kidnapper", "perpetrat", "culprit", "shooter",
    "linked", "involv", "named",
    "قاتل", "القاتل", "قتلة", "القتلة", "منفذ", "المنفذ", "فاعل", "الفاعل", "مهاجم", "المهاجم", "خاطف", "الخاطف",
    "الجاني", "جناة", "الجناة", "مرتكب", "المرتكب", "مرتبط", "المرتبط", "متورط", "المتورط",
    "katil", "saldırgan",
    "убийц", "нападавш", "исполнител", "преступник", "винов", "причаст", "связан",
    "auteur", "tueur", "meurtrier", "coupable", "assaillant", "impliqu",
    "عامل", "عاملان",
    "asesino", "culpable", "atacante", "implicad", "vinculad",
    "täter", "mörder", "angreifer", "attentäter", "beteiligt", "verwickel",
))  # fmt: skip
_DOERS_WHOLE = frozenset(_fold(word) for word in (
    "by", "author", "authors", "autor", "autores", "autora", "lié", "liés", "fail", "faili", "failleri", "جان", "دست",
))  # fmt: skip


@lru_cache(maxsize=256)
def asks_who_did_it(question: str) -> bool:
    """Whether a question asks who did something.

    Args:
        question: In Arabic, English, Turkish, Russian, French, Persian, Spanish or German.

    Examples:
        >>> [asks_who_did_it(one) for one in ("Who shot the mayor?", "Who is the mayor?", "Who condemned it?")]
        [True, False, False]
        >>> asks_who_did_it("من هو منفذ الهجوم؟"), asks_who_did_it("من هو رئيس البلدية؟")
        (True, False)
    """
    if question_kind(question) is not QuestionKind.WHO or asks_for_speaker(question) or asks_for_reactor(question):
        return False
    if _IDENTITY.search(_fold(question)) is None:
        return True
    tied = len(subject_words(question).split()) < len(content_words(question).split())
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", _fold(question))
    return tied or any(word in _DOERS_WHOLE or word.startswith(_DOERS) for word in words)
