"""What can go wrong with a language model."""

from index.errors import MustanadError


class LlmError(MustanadError):
    """A language model gave no answer; the message is one line that says why, and never holds a key."""


class LlmSpecError(LlmError):
    """What names a language model cannot be understood."""
