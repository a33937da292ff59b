"""From what a reader found to claims: who answers what, who says so, how many sources agree, what contradicts.

- ``evidence``: ``claims_from`` puts it all together; ``changes``: how figures and days changed by publication date.
- ``passing``: which readings count; ``corroboration``: other reports that say the same of one event; ``testimony``:
  where else a report tells it as somebody's word; ``citing``: citations with stance and speaker; ``context``: the
  sentence a quote stands in, and who says it.
- ``merging``: which answers are one claim; ``sources``: which reports are independent.
- ``relations``: how two answers stand, by what they tell: names, figures and days (``rag.values``).
"""

from rag.claims.citing import cite, cite_answer, nearest_passages
from rag.claims.evidence import Evidence, claims_from
from rag.claims.relations import is_sentence

__all__ = ["Evidence", "cite", "cite_answer", "claims_from", "is_sentence", "nearest_passages"]
