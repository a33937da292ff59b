"""``python -m rag.training.reader``: train the span reader, and write its weights as they ship."""

import json
import logging
from pathlib import Path

import click
import torch
from tokenizers import Tokenizer

from index.embedding import default_model_folder
from rag.reading.spans.inputs import JointTokenizer
from rag.reading.spans.weights import write_weights
from rag.training.reader.checking import mean_f1
from rag.training.reader.examples import Example, read_written
from rag.training.reader.features import features
from rag.training.reader.fit import Recipe, fit
from rag.training.reader.mixing import MIXTURES, mix, part, read_sources
from rag.training.reader.network import SpanNetwork
from rag.training.reader.set_aside import load_set_aside

logger = logging.getLogger("rag.training.reader")
_CHECKED = 240
_CHECKED_SOURCES = ("xquad-ar", "xquad-en", "xquad-tr", "arcd", "muc4", "squadshifts-new_wiki")


@click.group()
def main() -> None:
    """The span reader's training."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")


@main.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True,
              help="The folder with reading/ and muc4/.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), required=True,
              help="Gets checkpoints, the best weights and the log; a second call goes on from there.")  # fmt: skip
@click.option("--start", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Begin with the weights of an earlier run (its best.pt or checkpoint.pt).")  # fmt: skip
@click.option("--mixture", type=click.Choice(sorted(MIXTURES)), default="broad", show_default=True)
@click.option("--seed", type=int, default=Recipe().seed, show_default=True)
@click.option("--rate", type=float, default=Recipe().rate, show_default=True, help="Highest learning rate.")
@click.option("--threads", type=click.IntRange(0), default=0, help="Cores; 0 leaves the choice to PyTorch.")
def train(data: Path, out: Path, start: Path | None, mixture: str, seed: int, rate: float, threads: int) -> None:
    """Train on the parts of the data that are not set aside."""
    if threads:
        torch.set_num_threads(threads)
    recipe = Recipe(seed=seed, rate=rate)
    torch.manual_seed(recipe.seed)
    folder = default_model_folder()
    tokenizer = JointTokenizer(Tokenizer.from_file(str(folder / "tokenizer.json")))
    sources, set_aside = read_sources(data), load_set_aside()
    examples = mix(part(sources, set_aside, "train"), MIXTURES[mixture], recipe.seed)
    items = features(examples, tokenizer, recipe.seed)
    dev = _dev_examples(part(sources, set_aside, "dev"))
    tokens = sum(len(item.window.ids) for item in items)
    logger.info("%d examples, %d windows, %d tokens; %d to check with", len(examples), len(items), tokens, len(dev))
    network = SpanNetwork(folder).to("cuda" if torch.cuda.is_available() else "cpu")
    if start is not None:
        network.load_state_dict(_trained_state(start), strict=False)
    pad: int = network.encoder.config.pad_token_id
    fit(network, items, recipe, out, pad, lambda trained: mean_f1(trained, dev, tokenizer))


@main.command()
@click.argument("trained", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--blend", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Average with the weights of an earlier run that this one began with.")  # fmt: skip
@click.option("--share", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="TRAINED's in the average.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The safetensors file to write.")
def ship(trained: Path, blend: Path | None, share: float, out: Path) -> None:
    """Write the weights of a run (TRAINED, its best.pt or checkpoint.pt) as the project ships them.

    Averaged with the weights it began with, a run forgets less of what it does not train (Wortsman et al., "Robust
    fine-tuning of zero-shot models", CVPR 2022).
    """
    tensors = _trained_state(trained)
    if blend is not None:
        before = _trained_state(blend)
        tensors = {
            name: share * tensor.float() + (1 - share) * before[name].float() for name, tensor in tensors.items()
        }
    write_weights({name: tensor.float().numpy() for name, tensor in tensors.items()}, out)
    click.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
def beir(out: Path) -> None:
    """Write the passages written for the project as a BEIR folder OUT, with the questions that are set aside."""
    groups = load_set_aside().test["written"]
    written = sorted((Path(__file__).parent / "written").glob("*.jsonl"))
    examples = [example for path in written for example in read_written(path)]
    contexts = {example.group: example for example in examples}
    asked = [example for example in examples if example.group in groups]
    (out / "qrels").mkdir(parents=True, exist_ok=True)
    corpus = [
        {"_id": group, "title": group, "text": one.context, "metadata": {"lang": one.lang}}
        for group, one in contexts.items()
    ]
    queries = [
        {
            "_id": one.example_id, "text": one.question,
            "metadata": {
                "lang": one.question_lang, "answerable": bool(one.spans),
                "answers": [one.context[slice(*span)] for span in one.spans],
            },
        }
        for one in asked
    ]  # fmt: skip
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (out / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    judged = (f"{one.example_id}\t{one.group}\t1\n" for one in asked)
    (out / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(judged), encoding="utf-8")
    click.echo(f"{out}: {len(corpus)} passages, {len(queries)} questions")


def _trained_state(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of ``best.pt``, or those of the last step in ``checkpoint.pt``."""
    state = torch.load(path, weights_only=True, map_location="cpu")
    tensors: dict[str, torch.Tensor] = state.get("network", state)
    return tensors


def _dev_examples(parts: dict[str, list[Example]]) -> list[Example]:
    chosen = [example for source in _CHECKED_SOURCES for example in parts.get(source, ()) if example.spans]
    return chosen[:: max(1, len(chosen) // _CHECKED)]


if __name__ == "__main__":
    main()
