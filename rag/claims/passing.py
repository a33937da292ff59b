"""Which readings claims are made of: those that are sure enough, and asked who, those that must not be passed over."""

from collections.abc import Sequence

from index.bridges import Aliases
from rag.claims.citing import cite_answer
from rag.reading.protocol import Reading
from rag.types import Stance
from rag.values.names import name_of

NEAR_TOLD = 0.25
NEAR_UNNAMED = 0.15


def passing_readings(
    readings: Sequence[Reading], threshold: float, asks_who: bool, aliases: Aliases
) -> tuple[Reading, ...]:
    """The readings that claims are made of.

    Those that pass the threshold. Asked who, once one does, so that the collection is known to hold an answer, also
    those of other reports that present their answer as claimed, accused, denied or suspected and have a quarter of the
    first one's confidence: another group that claims it is not to be passed over because another report answers more
    plainly. Where all that pass name nobody in particular ("unknown gunmen"), 15 % are enough in their own reports.

    Args:
        readings: The best first.
        threshold: Least confidence of a reading.
        asks_who: Whether the question asks for somebody.
        aliases: Names that go together.

    Returns:
        The best first.
    """
    passing = [reading for reading in readings if reading.confidence >= threshold]
    if not passing or not asks_who:
        return tuple(passing)
    unnamed = all(name_of(each.text, each.found.document.lang, aliases).nobody for each in passing)
    known = {reading.found.original_id for reading in passing}
    best = passing[0].confidence

    def counts(reading: Reading) -> bool:
        inside = reading.found.original_id in known
        if (inside and not unnamed) or reading.confidence < best * (NEAR_UNNAMED if inside else NEAR_TOLD):
            return False
        return cite_answer(reading.found, reading.start, reading.end).stance is not Stance.REPORTED

    return (*passing, *(reading for reading in readings[len(passing) :] if counts(reading)))
