"""The script a text is written in."""

import regex

_SCRIPTS = {
    script: regex.compile(rf"\p{{{script}}}")
    for script in ("Arabic", "Latin", "Cyrillic", "Greek", "Devanagari", "Thai", "Han", "Hebrew", "Hangul")
}


def script_of(text: str) -> str:
    """The script that most letters of a text are in, or "" where it has none of the known ones.

    Examples:
        >>> script_of("من هو Smith؟"), script_of("Who is من?")
        ('Latin', 'Latin')
    """
    counts = {script: len(pattern.findall(text)) for script, pattern in _SCRIPTS.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""
