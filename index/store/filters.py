"""Filters as a condition on the table of documents."""

import json

from index.types import Filters


def condition(filters: Filters) -> tuple[str, list[str]]:
    """The SQL condition of a filter, with its values.

    Args:
        filters: What may be found.

    Returns:
        A condition on the columns of ``documents``, "1" where everything is allowed, and the values of its ``?``.

    Examples:
        >>> condition(Filters(langs=("ar", "fa")))
        ('lang IN (SELECT value FROM json_each(?))', ['["ar", "fa"]'])
    """
    parts: list[str] = []
    values: list[str] = []
    if filters.since:
        parts.append("published >= ?")
        values.append(filters.since.isoformat())
    if filters.until:
        parts.append("published <= ?")
        values.append(filters.until.isoformat())
    for column, allowed in (
        ("source_folded", [source.casefold() for source in filters.sources]),
        ("lang", [lang.casefold() for lang in filters.langs]),
        ("doc_id", list(filters.doc_ids)),
    ):
        if allowed:
            # One value however many there are: SQLite limits the number of "?".
            parts.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608 - the columns are named above
            values.append(json.dumps(allowed))
    if filters.without:
        parts.append("doc_id NOT IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(filters.without)))
    return " AND ".join(parts) or "1", values
