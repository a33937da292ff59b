"""The ONNX graph of a BERT-like transformer, in float32 or with 8-bit linear layers.

It takes one text at a time, so that nothing is padded, no mask is needed, and a text's vectors do not depend on its
neighbours (the 8-bit layers choose one scale for all they are given).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.embedding.encoder_plan import GELUS, EncoderShape
from index.embedding.encoder_session import HIDDEN, IDS, POSITIONS
from index.embedding.encoder_weights import Affine, EncoderWeights
from index.embedding.quantisation import EIGHT_BITS, SEVEN_BITS, quantise, smoothing

SMOOTHED_PARTS = ("attention_in", "feed_forward_in")

_MICROSOFT = "com.microsoft"
_OPSET, _MICROSOFT_OPSET, _IR = 20, 1, 10
_ALPHA = 0.5
_LEAST_ROW = 0.5


def build_graph(
    shape: EncoderShape,
    weights: EncoderWeights,
    activations: Mapping[str, NDArray[np.float32]] | None = None,
    observed: bool = False,
) -> onnx.ModelProto:
    """The graph: token numbers and positions, ``(n_tokens,) int32``, to ``(n_tokens, hidden) float32``.

    The table of words is in 8 bits with a scale a row in either case: it is the largest part of a small model.

    Args:
        shape: The sizes.
        weights: The weights.
        activations: Largest magnitudes by channel of the inputs of ``SMOOTHED_PARTS``, by ``input_name``: puts all
            linear layers in 8 bits.
        observed: Also give these inputs as outputs, named by ``input_name``.

    Returns:
        The model.
    """
    graph = _Graph(activations)
    words, scales = quantise(weights.words, axis=1, limit=EIGHT_BITS)
    integers = graph.add("Gather", [graph.constant("words", words), IDS])
    row_scales = graph.add("Gather", [graph.constant("word_scales", scales[:, None]), IDS])
    embedded = graph.add("Mul", [graph.add("Cast", [integers], to=TensorProto.FLOAT), row_scales])
    placed = graph.add("Gather", [graph.constant("position_table", weights.positions), POSITIONS])
    x = graph.norm(graph.add("Add", [embedded, placed]), "embeddings", weights.norm, shape.epsilon)
    three = graph.constant("three", np.full(3, shape.hidden, dtype=np.int64))
    for number, layer in enumerate(weights.layers):
        joined = graph.linear(x, number, "attention_in", layer.attention_in)
        batched = [
            graph.add("Unsqueeze", [part, graph.axis(0)]) for part in graph.split(joined, three, parts=3)
        ]  # attention wants a batch
        attended = graph.add("MultiHeadAttention", batched, domain=_MICROSOFT, num_heads=shape.heads)
        attended = graph.add("Squeeze", [attended, graph.axis(0)])
        attended = graph.linear(attended, number, "attention_out", layer.attention_out)
        y = graph.norm(graph.add("Add", [attended, x]), f"{number}.attention", layer.attention_norm, shape.epsilon)
        wide = graph.linear(y, number, "feed_forward_in", layer.feed_forward_in)
        if shape.activation == "relu":
            active = graph.add("Relu", [wide])
        else:
            active = graph.add("Gelu", [wide], approximate=GELUS[shape.activation])
        narrow = graph.linear(active, number, "feed_forward_out", layer.feed_forward_out)
        x = graph.norm(graph.add("Add", [narrow, y]), f"{number}.output", layer.output_norm, shape.epsilon)
    graph.add("Identity", [x], name=HIDDEN)
    return graph.model(shape.hidden, observed)


def input_name(layer: int, part: str) -> str:
    """The name of the input of a linear layer; see ``SMOOTHED_PARTS``."""
    return f"{layer}.{part}.input"


class _Graph:
    """A graph in the making: nodes and constants, each with a name of its own."""

    def __init__(self, activations: Mapping[str, NDArray[np.float32]] | None) -> None:
        self._activations = activations
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}
        self._observed: dict[str, str] = {}

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def axis(self, number: int) -> str:
        return self.constant(f"axis{number}", np.array([number], dtype=np.int64))

    def add(
        self,
        operator: str,
        inputs: Sequence[str],
        name: str | None = None,
        domain: str = "",
        **attributes: Any,  # noqa: ANN401 - as onnx has them
    ) -> str:
        output = name or f"v{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, list(inputs), [output], domain=domain, **attributes))
        return output

    def split(self, value: str, sizes: str, parts: int) -> list[str]:
        outputs = [f"{value}.{number}" for number in range(parts)]
        self._nodes.append(helper.make_node("Split", [value, sizes], outputs, axis=-1))
        return outputs

    def norm(self, x: str, name: str, affine: Affine, epsilon: float) -> str:
        """Layer normalisation in single steps, which run twice as fast as ONNX Runtime's own on a processor."""
        mean = self.add("ReduceMean", [x, self.axis(-1)], keepdims=1)
        centred = self.add("Sub", [x, mean])
        variance = self.add("ReduceMean", [self.add("Mul", [centred, centred]), self.axis(-1)], keepdims=1)
        small = self.constant("epsilon", np.array(epsilon, dtype=np.float32))
        deviation = self.add("Sqrt", [self.add("Add", [variance, small])])
        scaled = self.add(
            "Mul", [self.add("Div", [centred, deviation]), self.constant(f"{name}.norm.weight", affine.weight)]
        )
        return self.add("Add", [scaled, self.constant(f"{name}.norm.bias", affine.bias)])

    def linear(self, x: str, layer: int, part: str, affine: Affine) -> str:
        """A linear layer, in the way its part needs where it is put in 8 bits."""
        name = f"{layer}.{part}"
        bias = self.constant(f"{name}.bias", affine.bias)
        if part in SMOOTHED_PARTS:
            self._observed[input_name(layer, part)] = x
        if self._activations is None:
            return self.add("Add", [self.add("MatMul", [x, self.constant(f"{name}.weight", affine.weight)]), bias])
        if part in SMOOTHED_PARTS:
            factors = smoothing(self._activations[input_name(layer, part)], affine.weight, _ALPHA)
            x = self.add("Mul", [x, self.constant(f"{name}.smoothing", 1 / factors)])
            return self._integer(x, name, affine.weight * factors[:, None], bias)
        if part != "feed_forward_out":
            return self._integer(x, name, affine.weight, bias)
        # What leaves the activation is hardly below 0, and a few tokens have values ten times those of the others.
        largest = self.add("ReduceMax", [x, self.axis(-1)], keepdims=1)
        row = self.add("Max", [largest, self.constant("least_row", np.array(_LEAST_ROW, dtype=np.float32))])
        product = self._integer(self.add("Div", [x, row]), name, affine.weight)
        return self.add("Add", [self.add("Mul", [product, row]), bias])

    def _integer(self, x: str, name: str, weight: NDArray[np.float32], bias: str | None = None) -> str:
        integers, scales = quantise(weight, axis=0, limit=SEVEN_BITS)
        inputs = [
            x,
            self.constant(f"{name}.weight", integers),
            self.constant(f"{name}.scales", scales),
            self.constant(f"{name}.zeros", np.zeros(len(scales), dtype=np.int8)),
        ]
        return self.add("DynamicQuantizeMatMul", inputs + ([bias] if bias else []), domain=_MICROSOFT)

    def model(self, hidden: int, observed: bool) -> onnx.ModelProto:
        outputs = [helper.make_tensor_value_info(HIDDEN, TensorProto.FLOAT, ["tokens", hidden])]
        if observed:
            for name, value in self._observed.items():
                self.add("Identity", [value], name=name)
                outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT32, ["tokens"]) for name in (IDS, POSITIONS)]
        graph = helper.make_graph(self._nodes, "encoder", inputs, outputs, list(self._constants.values()))
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, _MICROSOFT_OPSET)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR)
