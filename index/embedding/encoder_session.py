"""Runs the graph of a transformer, one text at a time."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedding.encoder_plan import EncoderShape

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

IDS, POSITIONS, HIDDEN = "ids", "positions", "last_hidden_state"
_ERRORS_ONLY = 3


class EncoderSession:
    """A transformer in ONNX Runtime; may be used from several threads at once, each text taking one core.

    Args:
        path: The graph.
        shape: The sizes of the transformer.

    Raises:
        Exception: ONNX Runtime's own, where it cannot read the graph.
    """

    def __init__(self, path: Path, shape: EncoderShape) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # texts run side by side instead: nothing waits for a slower half
        options.log_severity_level = _ERRORS_ONLY
        # The graph is written as it should run: fusing its normalisations again would make them slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        self._session: InferenceSession = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        self._shape = shape

    def hidden(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """The vectors of a text's tokens, ``(n_tokens, hidden) float32``."""
        return self.outputs(ids, [HIDDEN])[0]

    def outputs(self, ids: NDArray[np.int32], names: Sequence[str]) -> list[NDArray[np.float32]]:
        """Outputs of the graph by their names."""
        inputs = {IDS: ids, POSITIONS: self._shape.position_ids(ids)}
        outputs: list[NDArray[np.float32]] = self._session.run(list(names), inputs)
        return outputs
