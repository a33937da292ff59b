"""The skeleton of a word: the classes of its consonants, the same for most spellings of a name in most scripts."""

from index.bridges.sounds import Script, sounds

_SCRIPTS = tuple(Script)

# Class of each consonant. Left out are vowels, the half-vowels w and y, and h, which spellings keep or drop.
_CLASSES = {
    sound: letter
    for letter, members in {
        "P": "bp", "F": "fv", "T": "tdTD", "S": "szc", "X": "SCJZj", "K": "kqgGx", "L": "l", "R": "r",
        "M": "m", "N": "n",
    }.items()
    for sound in members
}  # fmt: skip
CLASSES = "PFTSXKLRMN"
# Classes that spellings exchange: ch as kh, g as j, th as s, v as b.
_CONFUSED = {"X": "KS", "K": "X", "S": "XT", "T": "S", "P": "F", "F": "P"}
_LOOSE = ("K", "F", "T", "S")  # classes that one spelling has and another has not: kh, w, silent letters
_CODES = {letter: number for number, letter in enumerate(CLASSES, start=1)}
LONGEST = 15  # classes that a key holds beside its script
SHORTEST = 2


def skeleton(word: str) -> str:
    """The skeleton of a word in Latin, Arabic, Cyrillic, Greek, Hebrew or Devanagari letters.

    Args:
        word: One word in any case.

    Returns:
        A letter of ``CLASSES`` for each consonant, at most ``LONGEST``; empty where there is none.

    Examples:
        >>> skeleton("Newton"), skeleton("نيوتن"), skeleton("Ньютон")
        ('NTN', 'NTN', 'NTN')
        >>> skeleton("Qaddafi"), skeleton("Gadhafi"), skeleton("قذافي"), skeleton("Каддафи")
        ('KTF', 'KTF', 'KTF', 'KTF')
    """
    return skeleton_of(sounds(word))


def skeleton_of(heard: str) -> str:
    """The skeleton of a word given as its sounds."""
    return "".join(_CLASSES.get(sound, "") for sound in heard)[:LONGEST]


def near(form: str, wide: bool = True) -> frozenset[str]:
    """A skeleton and those that a plausible other spelling of the name could have.

    Args:
        form: A skeleton.
        wide: Whether one class of ``_LOOSE`` more or less is near, too, to a skeleton of three classes or more.

    Returns:
        It, it with one class exchanged for one that spellings confuse, and if wide, those. A skeleton too short to say
        anything has none.

    Examples:
        >>> sorted(near("PK"))
        ['FK', 'PK', 'PX']
        >>> sorted(near("NTN", wide=False)), "NTKN" in near("NTN"), "NTRN" in near("NTN")
        (['NSN', 'NTN'], True, False)
    """
    if len(form) < SHORTEST:
        return frozenset()
    found = {form}
    for place, letter in enumerate(form):
        found.update(form[:place] + other + form[place + 1 :] for other in _CONFUSED.get(letter, ""))
    if wide and len(form) > SHORTEST:
        for place in range(len(form) + 1):
            found.update(form[:place] + other + form[place:] for other in _LOOSE)
            if form[place : place + 1] in _LOOSE:
                found.add(form[:place] + form[place + 1 :])
    return frozenset(other for other in found if len(other) <= LONGEST)


def key(form: str, script: Script) -> int:
    """A skeleton in a script as a number below 2**64: four bits for the script, then four a class.

    Examples:
        >>> hex(key("PF", Script.LATIN)), hex(key("PF", Script.ARABIC))
        ('0x12', '0x1000000000000012')
    """
    number = 0
    for letter in form:
        number = number << 4 | _CODES[letter]
    return _SCRIPTS.index(script) << 4 * LONGEST | number
