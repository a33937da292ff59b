"""What people are told where a collection cannot be used as they wish: one line, in the interface's language."""

from index.errors import MustanadError
from ui.strings import ENGLISH, Strings


class CollectionError(MustanadError):
    """Something that cannot be done to a collection.

    Args:
        kind: Which of the catalogue's ``collection_problems``.
        values: What its places are filled with.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(ENGLISH.collection_problems[kind].format(**values))
        self._kind = kind
        self._values = values

    def words(self, strings: Strings) -> str:
        """The line in a language."""
        return strings.collection_problems[self._kind].format(**self._values)


def in_words(error: Exception, strings: Strings) -> str:
    """An error on one line, in the interface's language where it has the words.

    >>> in_words(CollectionError("unknown", name="Sudan"), ENGLISH)
    'There is no collection “Sudan” any more: choose another one.'
    """
    if isinstance(error, CollectionError):
        return error.words(strings)
    if isinstance(error, MustanadError):
        return " ".join(str(error).split())
    return strings.unexpected
