"""How a figure or a day changed from report to report."""

from collections.abc import Sequence
from itertools import groupby

from rag.types import Change, Citation, Claim, Stance
from rag.values.moments import Moment
from rag.values.numbers import Quantity


def changes_of(
    claims: Sequence[Claim], citations: Sequence[Citation], values: Sequence[Quantity | Moment | None]
) -> tuple[Change, ...]:
    """What was reported from when to when.

    Denials, reports without a day of publication, and copies of a report that is itself cited, are left out. A value
    that comes back after another one was reported is listed again.

    Args:
        claims: The claims, best first.
        citations: Their citations.
        values: What each claim tells; None where it tells no figure or day.

    Returns:
        In order of publication, on one day in order of the claims; empty where fewer than two claims tell a value.
    """
    by_number = {citation.number: citation for citation in citations}
    cited = {citation.doc_id for citation in citations}
    told = [
        (published, place, number)
        for place, (claim, value) in enumerate(zip(claims, values, strict=True))
        if value is not None
        for number in claim.citations
        if (published := by_number[number].published) is not None
        and by_number[number].stance is not Stance.DENIED
        and by_number[number].copy_of not in cited
    ]
    if len({place for _, place, _ in told}) < 2:
        return ()
    changes = []
    for place, run in groupby(sorted(told), key=lambda row: row[1]):
        rows = list(run)
        numbers = tuple(sorted(number for _, _, number in rows))
        changes.append(Change(claims[place].answer, str(values[place]), rows[0][0], rows[-1][0], numbers))
    return tuple(changes)
