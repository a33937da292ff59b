"""Counts tokens and finds where they lie, with the model's own fast tokenizer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.errors import ModelError

_SURROGATE = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """Replace lone surrogates, which are no characters and which tokenizers refuse, one for one by U+FFFD.

    Args:
        text: Any text.

    Returns:
        A text of the same length.

    Example:
        >>> without_surrogates("a" + chr(0xD800))
        'a�'
    """
    return _SURROGATE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class TokenInput:
    """The tokens that a model reads.

    Attributes:
        ids: Their numbers, ``(n_tokens,) int32``, special tokens and prompt included.
        own: Which are of the text itself, ``(n_tokens,) bool``.
        offsets: Where those lie in it, ``(n_own, 2) int32`` of [start, end) in code points.
    """

    ids: NDArray[np.int32]
    own: NDArray[np.bool_]
    offsets: NDArray[np.int32]


class TokenFinder:
    """A fast tokenizer without truncation, padding and special tokens.

    Args:
        tokenizer: The tokenizer; it is changed.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer

    def offsets(self, text: str) -> NDArray[np.int32]:
        """Where each token lies.

        A character that becomes several tokens has them all on it; a token made of nothing (a word-start mark alone)
        is put on the character it stands at.

        Args:
            text: Any text.

        Returns:
            ``(n_tokens, 2) int32`` of [start, end) in code points, ``start < end``; neither column decreases.
        """
        encoding = self._tokenizer.encode(without_surrogates(text), add_special_tokens=False)
        spans = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
        starts = np.minimum(np.maximum.accumulate(spans[:, 0]), max(len(text) - 1, 0))
        ends = np.maximum(np.maximum.accumulate(spans[:, 1]), starts + 1)
        return np.stack([starts, ends], axis=1)

    def read(self, prompt: str, text: str, max_tokens: int) -> TokenInput:
        """A prompt and a text as a model reads them: cut off at a limit, with special tokens.

        Args:
            prompt: Put before the text.
            text: Any text.
            max_tokens: The limit, special tokens included.

        Returns:
            The tokens, and which of them are of the text.
        """
        encoding = self._tokenizer.encode(without_surrogates(prompt + text), add_special_tokens=False)
        encoding.truncate(max_tokens - self._tokenizer.num_special_tokens_to_add(is_pair=False))
        whole = self._tokenizer.post_process(encoding)
        spans = np.array(whole.offsets, dtype=np.int32).reshape(-1, 2) - len(prompt)
        special = np.array(whole.special_tokens_mask, dtype=np.bool_)
        own = ~special & (spans[:, 1] > 0)  # the space before the first word may be the prompt's
        return TokenInput(np.array(whole.ids, dtype=np.int32), own, np.maximum(spans[own], 0))

    def counts(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has."""
        cleaned = [without_surrogates(text) for text in texts]
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(cleaned, add_special_tokens=False)]


def load_token_finder(folder: Path, module_paths: Sequence[str], name: str) -> TokenFinder:
    """Load a model's tokenizer from ``tokenizer.json``, else let transformers convert its vocabulary.

    Args:
        folder: The model folder.
        module_paths: The folders of its modules, relative; "" is the folder itself.
        name: The model as the user wrote it, for messages.

    Returns:
        The tokenizer.

    Raises:
        ModelError: The model has no fast tokenizer, or its file is damaged.
    """
    for path in dict.fromkeys([*module_paths, ""]):
        file = folder / path / "tokenizer.json"
        if file.is_file():
            try:
                return TokenFinder(Tokenizer.from_file(str(file)))
            except Exception as error:  # tokenizers raises plain Exception
                raise ModelError(f"{name}: {file} cannot be read: the file is damaged ({error})") from error
    from transformers import AutoTokenizer

    try:
        loaded = AutoTokenizer.from_pretrained(str(folder / module_paths[0]), local_files_only=True)
        backend = loaded.backend_tokenizer
    except Exception as error:
        raise ModelError(
            f"{name} has no fast tokenizer, which exact token offsets need: choose a model with a tokenizer.json"
        ) from error
    # A copy: embedding sets truncation and padding on the other one.
    return TokenFinder(Tokenizer.from_str(backend.to_str()))
