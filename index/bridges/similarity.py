"""How alike two words sound: an alignment of their sounds in which likely respellings cost little."""

from functools import lru_cache

from index.bridges.sounds import VOWELS

_ALIKE = {
    0.0: "Aa Wu Wo Ww WU Yi Ye Yy YI uU iI",
    0.05: "ie uo iy uw Uo Uw Ie Iy ow",
    0.1: "bp kq gG jJ Zj ZJ cs CS hH tT dD zD Ae uU",
    0.15: "jg ao ae Hx xh Wv",
    0.2: "fv vb Ao sz Ts gk qg Gk jG ai au eo ui Ya Ss",
    0.25: "vw wf xk cC cz dt",
    0.3: "Jg Jy JC xG qG SZ Ck ck SJ jd Cx Cc zZ Ai Au AU AI jk Tf DT",
    0.4: "Jx Jh gx gh jx Gh Sk SC fp sC",
    0.5: "fW fb xq cS zZ dz",
}
_GAPS = dict.fromkeys("aeiou", 0.15) | {
    "A": 0.2, "W": 0.3, "Y": 0.25, "U": 0.3, "I": 0.25, "h": 0.2, "H": 0.45, "'": 0.1, "w": 0.4, "y": 0.25, "G": 0.6,
}  # fmt: skip
_GAP = 0.9
_OTHER_VOWEL = 0.25
_DIFFERENT = 1.2
_VOWEL_MASS = 0.25


def _costs() -> dict[str, float]:
    """The cost of taking the first sound of a pair for the second, for pairs cheaper than ``_DIFFERENT``."""
    costs = {one + other: _OTHER_VOWEL for one in VOWELS for other in VOWELS}
    for cost, pairs in sorted(_ALIKE.items(), reverse=True):
        for pair in pairs.split():
            costs[pair] = costs[pair[::-1]] = cost
    return costs


_COSTS = _costs()


def similarity(one: str, other: str, least: float = 0.0) -> float:
    """How alike two words sound, from 0 (not at all) to 1 (the same).

    The cheapest alignment (Needleman and Wunsch, "A general method applicable to the search for similarities in the
    amino acid sequence of two proteins", J. Mol. Biol. 48, 1970) with costs by sound, over the mean of the two words'
    masses: ``1 - cost / mass``, where a consonant has mass 1 and a vowel 0.25.

    Args:
        one: A word's sounds.
        other: The other word's sounds; the order does not matter.

        least: A similarity below this is of no use.

    Returns:
        The similarity; 0 where it is seen on the way to be below ``least``.

    Examples:
        >>> similarity("nUton", "nYWtn") > 0.8 > 0.6 > similarity("nUton", "lndn")
        True
    """
    mass = (_mass(one) + _mass(other)) / 2
    if not mass:
        return 0.0
    highest = (1 - least) * mass + 1e-9  # no cost on the way falls again
    above = [0.0]
    for sound in other:
        above.append(above[-1] + _GAPS.get(sound, _GAP))
    for first in one:
        gap = _GAPS.get(first, _GAP)
        row = [above[0] + gap]
        for place, second in enumerate(other):
            change = 0.0 if first == second else _COSTS.get(first + second, _DIFFERENT)
            row.append(min(above[place] + change, above[place + 1] + gap, row[place] + _GAPS.get(second, _GAP)))
        if min(row) > highest:
            return 0.0
        above = row
    return max(0.0, 1.0 - above[-1] / mass)


@lru_cache(maxsize=1 << 14)
def _mass(heard: str) -> float:
    return sum(_VOWEL_MASS if sound in VOWELS else 1.0 for sound in heard)
