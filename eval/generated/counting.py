"""Numbers with the nouns they count, as Arabic and English grammar have them."""

from dataclasses import dataclass
from typing import Literal

_UNITS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


Case = Literal["nominative", "accusative", "genitive"]


@dataclass(frozen=True, slots=True)
class ArabicNoun:
    """A noun that can be counted.

    Attributes:
        singular: As in "one": شخص.
        plural: As after 3 to 10: أشخاص.
    """

    singular: str
    plural: str

    @property
    def feminine(self) -> bool:
        """Whether it ends in ta marbuta."""
        return self.singular.endswith("ة")


PERSON = ArabicNoun("شخص", "أشخاص")


def count_arabic(number: int, noun: ArabicNoun, case: Case = "nominative") -> str:
    """The number and its noun: singular for 1, dual for 2, then by the number's last two digits.

    3 to 10 take the plural, 11 to 99 the singular in the accusative, round hundreds (and 1 and 2 above them) the
    singular. The number stands in digits except for 1 and 2.

    Args:
        number: From 1.
        noun: What is counted.
        case: The case of the phrase, which shows with 1 and 2 only: مقتل شخصين.

    Returns:
        The phrase.

    Raises:
        ValueError: If the number is below 1.

    >>> [count_arabic(number, PERSON) for number in (1, 2, 3, 11, 100)]
    ['شخص واحد', 'شخصان', '3 أشخاص', '11 شخصاً', '100 شخص']
    """
    if number < 1:
        raise ValueError(f"nothing is counted with {number}; write a sentence that says there is none")
    if number == 1:
        if noun.feminine:
            return f"{noun.singular} واحدة"
        return f"{noun.singular}اً واحداً" if case == "accusative" else f"{noun.singular} واحد"
    if number == 2:
        stem = noun.singular[:-1] + "ت" if noun.feminine else noun.singular
        return stem + ("ان" if case == "nominative" else "ين")
    rest = number % 100
    if 3 <= rest <= 10:
        return f"{number} {noun.plural}"
    if rest >= 11:
        return f"{number} {noun.singular}{'' if noun.feminine else 'اً'}"
    return f"{number} {noun.singular}"


def attach_li(phrase: str) -> str:
    """The phrase with the preposition ل before it, which swallows the alef of the article.

    >>> attach_li("الهجوم"), attach_li("تفجير السوق")
    ('للهجوم', 'لتفجير السوق')
    """
    return "لل" + phrase[2:] if phrase.startswith("ال") else "ل" + phrase


def words_english(number: int) -> str:
    """The number in words, up to 99.

    >>> words_english(7), words_english(20), words_english(43)
    ('seven', 'twenty', 'forty-three')
    """
    if number < 20:
        return _UNITS[number]
    tens, units = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_UNITS[units]}" if units else "")


def count_english(number: int, singular: str, plural: str) -> str:
    """The number and its noun; numbers below ten in words.

    >>> count_english(1, "person", "people"), count_english(12, "person", "people")
    ('one person', '12 people')
    """
    shown = words_english(number) if number < 10 else str(number)
    return f"{shown} {singular if number == 1 else plural}"
