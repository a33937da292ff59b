"""Which answers are one claim."""

from collections.abc import Callable, Sequence

from rag.claims.relations import Answering, size
from rag.values.comparing import Relation

Compare = Callable[[Answering, Answering], Relation]
Group = tuple[Answering, ...]


def distinct(answers: Sequence[Answering]) -> list[Answering]:
    """The answers without those that overlap a better one in the same report.

    Args:
        answers: The best first.
    """
    kept: list[Answering] = []
    for answer in answers:
        mine = answer.reading
        if not any(
            other.found.document.doc_id == mine.found.document.doc_id
            and mine.start < other.end
            and other.start < mine.end
            for other in (each.reading for each in kept)
        ):
            kept.append(answer)
    return kept


def merge(answers: Sequence[Answering], compare: Compare) -> list[Group]:
    """Answers that are one claim, together.

    First those that are the same; two groups stay apart where any two answers of them differ. Then each group that says
    less than others, and nothing else, joins them, unless there are several that it could be within: "the Army" beside
    both the Northern Army and the Southern Army stays by itself.

    Args:
        answers: In any order; the groups do not depend on it.
        compare: How two answers stand.

    Returns:
        Groups of answers, none empty, each answer in one; in each, in the order given.
    """
    order = {id(answer): place for place, answer in enumerate(answers)}
    table = {
        (id(one), id(other)): compare(one, other)
        for one in answers
        for other in answers
        if order[id(one)] < order[id(other)]
    }

    def between(one: Group, other: Group) -> set[Relation]:
        return {
            Relation.SAME if a is b else table[(id(a), id(b)) if order[id(a)] < order[id(b)] else (id(b), id(a))]
            for a in one
            for b in other
        }

    canonical = sorted(answers, key=_canonical)
    groups: list[Group] = []
    for answer in canonical:
        homes = [
            group
            for group in groups
            if Relation.SAME in (found := between((answer,), group)) and Relation.DIFFERENT not in found
        ]
        if homes:
            first, *others = homes
            joined = (*first, answer)
            for other in others:
                if Relation.DIFFERENT not in between(joined, other):
                    joined = (*joined, *other)
                    groups.remove(other)
            groups[groups.index(first)] = joined
        else:
            groups.append((answer,))
    for group in sorted(groups, key=lambda group: (-max(map(size, group)), _canonical(group[0]))):
        larger = [other for other in groups if other is not group and _holds(other, group, between(group, other))]
        if len(larger) == 1:
            groups[groups.index(larger[0])] = (*larger[0], *group)
            groups.remove(group)
    return [tuple(sorted(group, key=lambda answer: order[id(answer)])) for group in groups]


def _holds(large: Group, small: Group, between: set[Relation]) -> bool:
    """Whether a group is within another one that says more."""
    more = max(map(size, large)) > max(map(size, small))
    return more and Relation.WITHIN in between and Relation.DIFFERENT not in between


def _canonical(answer: Answering) -> tuple[int, str, str, int]:
    reading = answer.reading
    return -size(answer), answer.words, reading.found.document.doc_id, reading.start
