"""``python -m rag.training.reader``: train the span reader."""

import logging
from pathlib import Path

import click
import torch
from tokenizers import Tokenizer

from index.embedding.packaged import packaged_model_folder
from index.errors import ModelError
from rag.reading.spans.inputs import JointTokenizer
from rag.training.reader.checking import mean_f1
from rag.training.reader.features import features
from rag.training.reader.fit import Recipe, fit
from rag.training.reader.mixing import Mixture, mix, part, read_sources
from rag.training.reader.network import SpanNetwork
from rag.training.reader.set_aside import load_set_aside

_CHECKED = 240


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="The folder with reading/ and muc4/.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="Gets checkpoints, the best weights and the log; a second call goes on from there.",
)
@click.option("--limit", type=int, help="Train on this many windows only.")
@click.option("--threads", type=int, default=0, help="Cores; 0 leaves the choice to PyTorch.")
def main(data: Path, out: Path, limit: int | None, threads: int) -> None:
    """Train the span reader on the parts of the data that are not set aside."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if threads:
        torch.set_num_threads(threads)
    recipe = Recipe()
    torch.manual_seed(recipe.seed)
    folder = packaged_model_folder()
    if folder is None:
        raise ModelError("the packages that carry the default model are not installed: see README.md")
    tokenizer = JointTokenizer(Tokenizer.from_file(str(folder / "tokenizer.json")))
    sources = read_sources(data)
    set_aside = load_set_aside()
    examples = mix(part(sources, set_aside, "train"), Mixture(), recipe.seed)
    items = features(examples, tokenizer, recipe.seed)[:limit]
    dev = [
        e
        for source, rows in part(sources, set_aside, "dev").items()
        if source in _CHECKED_SOURCES
        for e in rows
        if e.spans
    ]
    dev = dev[:: max(1, len(dev) // _CHECKED)]
    logging.info(
        "%d examples, %d windows, %d tokens; %d to check with",
        len(examples),
        len(items),
        sum(len(item.window.ids) for item in items),
        len(dev),
    )
    network = SpanNetwork(folder).to("cuda" if torch.cuda.is_available() else "cpu")
    pad = network.encoder.config.pad_token_id
    fit(network, items, recipe, out, pad, lambda trained: mean_f1(trained, dev, tokenizer))


_CHECKED_SOURCES = {"xquad-ar", "xquad-en", "arcd", "muc4", "xquad-tr", "squadshifts-new_wiki"}

if __name__ == "__main__":
    main()
