"""A day as reports write it out, so that a question that names the day finds the reports of that day."""

from datetime import date

_MONTHS = {
    "ar": "يناير/كانون_الثاني فبراير/شباط مارس/آذار أبريل/نيسان مايو/أيار يونيو/حزيران يوليو/تموز أغسطس/آب"
    " سبتمبر/أيلول أكتوبر/تشرين_الأول نوفمبر/تشرين_الثاني ديسمبر/كانون_الأول",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
}


def spoken_date(day: date, lang: str) -> str:
    """A day in words, its month by every name that the language has for it.

    Args:
        day: The day.
        lang: ISO 639-1 code; day and year alone in a language whose months are not known here.

    Returns:
        The words.

    Examples:
        >>> spoken_date(date(1990, 1, 3), "en"), spoken_date(date(2022, 4, 16), "ar")
        ('3 January 1990', '16 أبريل نيسان 2022')
    """
    months = _MONTHS[lang].split() if lang in _MONTHS else [""] * 12
    names = months[day.month - 1].replace("/", " ").replace("_", " ")
    return " ".join(part for part in (str(day.day), names, str(day.year)) if part)
