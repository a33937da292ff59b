"""Month names of the languages whose dates are read, and the folding that makes their spellings meet."""

import re

_NAMES = {
    # English, French, Spanish, German, Portuguese, Italian; Turkish; Russian and Ukrainian (genitive too);
    # Arabic (Levant and Iraq, Egypt and the Gulf, Maghreb); Persian spellings of the Gregorian months.
    1: "january jan janvier janv enero ene januar jänner janeiro gennaio ocak январь января янв січня"
    " كانون_الثاني يناير جانفي ينایر ژانویه ژانویهٔ",
    2: "february feb février févr fév febrero februar fevereiro febbraio şubat февраль февраля фев лютого"
    " شباط فبراير فيفري فوریه فوریهٔ",
    3: "march mar mars marzo märz março mart март марта мар березня آذار مارس",
    4: "april apr avril avr abril abr aprile nisan апрель апреля апр квітня نيسان أبريل أفريل آوریل",
    5: "may mai mayo maio maggio mayıs май мая травня أيار مايو ماي مه مهٔ",
    6: "june jun juin junio juni junho giugno haziran июнь июня июн червня حزيران يونيو جوان ژوئن",
    7: "july jul juillet juil julio juli julho luglio temmuz июль"
    " июля июл липня تموز يوليو يوليوز جويلية ژوئیه ژوئیهٔ جولای",
    8: "august aug août agosto ago ağustos август августа авг серпня آب أغسطس أوت غشت اوت",
    9: "september sep sept septembre septiembre setiembre setembro settembre eylül сентябрь сентября сен сент вересня"
    " أيلول سبتمبر شتنبر سپتامبر",
    10: "october oct octobre octubre oktober okt outubro ottobre ekim октябрь октября окт жовтня"
    " تشرين_الأول أكتوبر اکتبر",
    11: "november nov novembre noviembre novembro kasım ноябрь ноября ноя листопада تشرين_الثاني نوفمبر نونبر نوامبر",
    12: "december dec décembre déc diciembre dic dezember dez dezembro dicembre aralık декабрь декабря дек грудня"
    " كانون_الأول ديسمبر دجنبر دسامبر",
}
_FOLD = {
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"),
    **dict.fromkeys(map(ord, "ىیئ"), "ي"),
    ord("ک"): "ك",
    ord("ة"): "ه",
    ord("İ"): "i",
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " "),
    **{0x0660 + digit: str(digit) for digit in range(10)},
    **{0x06F0 + digit: str(digit) for digit in range(10)},
}


def fold(text: str) -> str:
    """Fold case, digits and Arabic spellings, one character for one: offsets stay.

    Args:
        text: Any text.

    Returns:
        A text of the same length.

    >>> fold("٣ JAN, أيلول")
    '3 jan, ايلول'
    """
    return "".join(
        char if len(char) == 1 else original
        for original, char in ((original, original.translate(_FOLD).lower()) for original in text)
    )


MONTHS = {fold(name.replace("_", " ")): month for month, names in _NAMES.items() for name in names.split()}
"""Folded name to number, 1 to 12."""

MONTH_PATTERN = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(MONTHS, key=len, reverse=True))
"""A regular expression's alternatives over folded text, longest first."""


def month_number(name: str) -> int:
    """Look a month's name up.

    Args:
        name: The name as matched by ``MONTH_PATTERN``.

    Returns:
        Its number.

    >>> month_number("كانون  الثاني"), month_number("sept")
    (1, 9)
    """
    return MONTHS[" ".join(fold(name).split())]
