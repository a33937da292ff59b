"""Questions that follow on questions: recognised, made whole, and asked.

``followups`` recognises and resolves them by words (``followups.toml``), ``conversation`` asks, ``types`` holds the
values.
"""

from rag.conversation.conversation import Conversation
from rag.conversation.followups import is_follow_up, resolve
from rag.conversation.types import Rewriter, Turn

__all__ = ["Conversation", "Rewriter", "Turn", "is_follow_up", "resolve"]
