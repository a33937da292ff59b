"""``python -m index.embedding.onnx_export MODEL OUT``: writes a model folder's transformer as an ONNX graph.

A process of its own, so that one that only searches never holds the float32 weights. PyTorch is not needed.
"""

import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from numpy.typing import NDArray

from index.embedding.encoder_graph import SMOOTHED_PARTS, build_graph, input_name
from index.embedding.encoder_plan import EncoderPlan, plan_encoder
from index.embedding.encoder_session import EncoderSession
from index.embedding.encoder_weights import EncoderWeights, name_weights
from index.embedding.model_folder import read_facts
from index.embedding.onnx_files import GRAPH
from index.embedding.pooling import normalised, pool
from index.embedding.tokens import load_token_finder
from index.embedding.weights import read_tensors
from index.errors import ModelError

logger = logging.getLogger(__name__)

_WEIGHTS = "encoder.bin"
_LEAST_COSINE = 0.99
_MAPPED_FROM_BYTES = 1024

# Invented sentences: what runs through the model while the range of its inner values is measured.
CALIBRATION = (
    "أعلنت الوزارة صباح الخميس أن فرق الإنقاذ انتشلت سبعة أشخاص من تحت الأنقاض، وأن التحقيق في الأسباب مستمر.",
    "من المسؤول عن إغلاق الميناء؟",
    "The river rose two metres overnight, and the council asked people in the lower streets to leave before noon.",
    "Who ordered the evacuation of the hospital?",
    "Selon le rapport, les deux camions ont quitté l'entrepôt vers 4 h 30 du matin, sans plaques d'immatriculation.",
    "La comisión entregó su informe al juez el 12 de marzo de 2021; consta de 340 páginas.",
    "По словам очевидцев, колонна из шести машин остановилась у моста и простояла там до рассвета.",
    "Köprünün onarımı için ayrılan bütçe, geçen yılın üç katına çıktı.",
    "ناظران گفتند که رأی‌گیری در سه روستا به روز بعد موکول شد.",
    "ज़िला प्रशासन ने बताया कि बाढ़ से 45 गाँव प्रभावित हुए हैं।",
    "调查人员在仓库里发现了十二箱没有标签的药品。",
    "Die Behörde prüft, ob die Lieferung vom 3. Mai den Vorschriften entsprach.",
    "1. Introduction\n2. Methods (n = 48)\n3. Results: 12.5 % vs. 9.1 %, p < 0.05; see https://example.org/table-3",
    " ".join(["The witness repeated that the lights had gone out before the first shot, not after it."] * 8),
)  # fmt: skip


def export_encoder(model: Path, out: Path) -> None:
    """Write the transformer of a model folder, its linear layers in 8 bits where its vectors stay what they are.

    Args:
        model: The model folder.
        out: An existing folder; gets the graph and its weights.

    Raises:
        ModelError: The model's files are damaged, or this engine does not run such a model.
        OSError: The folder cannot be written.
    """
    facts = read_facts(model, model.name)
    plan = plan_encoder(model, facts)
    weights = name_weights(read_tensors(plan.transformer), plan.shape)
    tokens = load_token_finder(model, facts.module_paths, model.name)
    write_graph(weights, plan, [tokens.read("", text, plan.max_tokens).ids for text in CALIBRATION], out)


def write_graph(weights: EncoderWeights, plan: EncoderPlan, texts: Sequence[NDArray[np.int32]], out: Path) -> None:
    """Write a transformer as a graph, in 8 bits where its vectors stay what they are, else in float32.

    Args:
        weights: The transformer's.
        plan: Its sizes and pooling.
        texts: Token numbers of what runs through the model while its inner values are measured.
        out: An existing folder; gets the graph and its weights.

    Raises:
        OSError: The folder cannot be written.
    """
    with TemporaryDirectory(dir=out.parent, prefix=f"{out.name}.", suffix=".tmp") as folder:
        exact = Path(folder)
        _save(build_graph(plan.shape, weights, observed=True), exact)
        session = EncoderSession(exact / GRAPH, plan.shape)
        largest = _observe(session, texts, plan)
        _save(build_graph(plan.shape, weights, largest), out)
        cosine = _least_cosine(session, EncoderSession(out / GRAPH, plan.shape), texts, plan)
    if not cosine >= _LEAST_COSINE:
        logger.info("8 bits change the vectors in %s (cosine %.3f): it is kept in float32", out, cosine)
        for path in (out / GRAPH, out / _WEIGHTS):
            path.unlink()
        _save(build_graph(plan.shape, weights), out)


def _save(graph: onnx.ModelProto, folder: Path) -> None:
    """The weights lie in a file of their own, which is memory-mapped: only the words of a text are ever read."""
    onnx.save_model(
        graph,
        str(folder / GRAPH),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=_WEIGHTS,
        size_threshold=_MAPPED_FROM_BYTES,
    )


def _observe(
    session: EncoderSession, texts: Sequence[NDArray[np.int32]], plan: EncoderPlan
) -> Mapping[str, NDArray[np.float32]]:
    """The largest magnitude that each channel of the smoothed layers' inputs reaches, by the input's name."""
    names = [input_name(layer, part) for layer in range(plan.shape.layers) for part in SMOOTHED_PARTS]
    largest: dict[str, NDArray[np.float32]] = {}
    for ids in texts:
        for name, values in zip(names, session.outputs(ids, names), strict=True):
            seen = np.abs(values).max(axis=0)
            largest[name] = np.maximum(largest.get(name, seen), seen)
    return largest


def _least_cosine(
    exact: EncoderSession, quantised: EncoderSession, texts: Sequence[NDArray[np.int32]], plan: EncoderPlan
) -> float:
    """The smallest cosine between what the two graphs make of the same text."""
    cosines = []
    for ids in texts:
        both = np.stack([pool(session.hidden(ids), plan.poolings) for session in (exact, quantised)])
        first, second = normalised(both)
        cosines.append(float(first @ second))
    return min(cosines)


def main(arguments: Sequence[str]) -> int:
    """Export; a reason in one line on stderr, and 1, where it cannot be done."""
    model, out = map(Path, arguments)
    try:
        export_encoder(model, out)
    except (ModelError, OSError, MemoryError) as error:
        sys.stderr.write(" ".join(str(error).split()) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
