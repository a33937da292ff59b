"""Which kind of question is answered how."""

from collections.abc import Mapping

from rag.choosing import choose
from rag.kinds.overview import choose_widely, overview
from rag.kinds.reader import by_reader
from rag.kinds.sentences import bearing, cause
from rag.kinds.types import Strategy
from rag.types import QuestionKind

_READ = Strategy(choose, by_reader)

STRATEGIES: Mapping[QuestionKind, Strategy] = {
    QuestionKind.WHO: _READ,
    QuestionKind.WHOM: _READ,
    QuestionKind.WHEN: _READ,
    QuestionKind.WHERE: _READ,
    QuestionKind.HOW_MANY: _READ,
    QuestionKind.WHAT: _READ,
    QuestionKind.WHY: Strategy(choose, cause),
    QuestionKind.HOW: _READ,
    QuestionKind.YES_NO: Strategy(choose, bearing),
    QuestionKind.OVERVIEW: Strategy(choose_widely, overview),
    QuestionKind.OTHER: _READ,
}
