"""Training a very small network: the loss, what is frozen, checkpoints, and that it learns."""

import json
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from rag.training.reader.checking import mean_f1
from rag.training.reader.examples import Example
from rag.training.reader.features import features
from rag.training.reader.fit import Recipe, fit
from rag.training.reader.network import SpanNetwork, span_loss
from tests.rag.reading.spans.words import word_tokenizer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    shape = BertConfig(
        vocab_size=8, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64, pad_token_id=1,
    )  # fmt: skip
    BertModel(shape, add_pooling_layer=False).save_pretrained(tmp_path / "model")
    return tmp_path / "model"


def examples() -> list[Example]:
    """The answer is always the second word."""
    return [Example(str(n), "x", "g", "Who ?", "en", "a b" + " c" * (1 + n % 5), "en", ((2, 3),)) for n in range(40)]


def test_the_loss_is_the_likelihood_of_any_right_place() -> None:
    scores = torch.zeros(1, 4, 2)
    allowed = torch.tensor([[True, False, True, True]])
    one, two = torch.tensor([[False, False, True, False]]), torch.tensor([[False, False, True, True]])
    assert span_loss(scores, allowed, one, one).item() == pytest.approx(torch.log(torch.tensor(3.0)).item())
    assert span_loss(scores, allowed, two, one).item() == pytest.approx(
        (torch.log(torch.tensor(3.0)) + torch.log(torch.tensor(1.5))).item() / 2
    )


def test_it_learns_and_leaves_the_lower_layers_as_they_are(folder: Path, tmp_path: Path) -> None:
    network = SpanNetwork(folder, frozen=1)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    tokenizer = word_tokenizer()
    items = features(examples() * 15, tokenizer, 1)
    recipe = Recipe(rate=1e-2, head_rate=1e-2, batch_tokens=160, check_every=20, checkpoint_every=10)
    untrained = mean_f1(network, examples()[:5], tokenizer)
    fit(network, items, recipe, tmp_path / "run", 1, lambda trained: mean_f1(trained, examples()[:5], tokenizer))
    assert mean_f1(network, examples()[:5], tokenizer) > max(0.9, untrained)
    trained = set(network.trained_state())
    for name, value in network.state_dict().items():
        assert torch.equal(value, before[name]) is (name not in trained), name
    assert not any("embeddings" in name or "layer.0." in name for name in trained)
    log = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    assert log[-1]["loss"] < log[0]["loss"]


def test_a_run_that_was_cut_off_ends_as_one_that_was_not(folder: Path, tmp_path: Path) -> None:
    items = features(examples(), word_tokenizer(), 1)
    recipe = Recipe(batch_tokens=64, checkpoint_every=4, check_every=4, patience=99)
    rising = iter(range(1000))

    def run(name: str, stop_after: int | None = None) -> dict[str, torch.Tensor]:
        torch.manual_seed(5)
        network = SpanNetwork(folder, frozen=1)
        checks = 0

        def check(_: SpanNetwork) -> float:
            nonlocal checks
            checks += 1
            if stop_after is not None and checks > stop_after:
                raise KeyboardInterrupt
            return float(next(rising))

        fit(network, items, recipe, tmp_path / name, 1, check)
        return network.trained_state()

    whole = run("whole")
    with pytest.raises(KeyboardInterrupt):
        run("cut", stop_after=1)
    resumed = run("cut")
    assert all(torch.allclose(whole[name], resumed[name], atol=1e-6) for name in whole)


def test_a_checkpoint_of_another_recipe_is_refused(folder: Path, tmp_path: Path) -> None:
    items = features(examples()[:4], word_tokenizer(), 1)
    fit(SpanNetwork(folder, frozen=1), items, Recipe(check_every=1), tmp_path / "run", 1, lambda _: 1.0)
    with pytest.raises(ValueError, match="another recipe"):
        fit(SpanNetwork(folder, frozen=1), items, Recipe(seed=4), tmp_path / "run", 1, lambda _: 1.0)
