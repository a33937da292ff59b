"""Trains the network, with checkpoints that a later call goes on from."""

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import nn

from rag.training.reader.features import Feature, batches, iterate
from rag.training.reader.network import SpanNetwork, span_loss

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a run trains.

    Attributes:
        rate: Highest learning rate of the transformer.
        head_rate: Highest learning rate of the span head.
        warmup: Share of the steps over which the rates rise; then they fall linearly to 0.
        weight_decay: Of AdamW, for matrices.
        batch_tokens: The most tokens of a batch.
        max_norm: Gradients are clipped to this norm.
        seed: Of the draws and the head's first weights.
        checkpoint_every: Steps between checkpoints.
        check_every: Steps between measurements on the part that chooses when to stop.
        patience: Measurements without a better one after which it stops.
    """

    rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.04
    weight_decay: float = 0.01
    batch_tokens: int = 4096
    max_norm: float = 1.0
    seed: int = 17
    checkpoint_every: int = 100
    check_every: int = 500
    patience: int = 3


def fit(
    network: SpanNetwork,
    items: Sequence[Feature],
    recipe: Recipe,
    folder: Path,
    pad: int,
    check: Callable[[SpanNetwork], float],
) -> None:
    """Train; the network ends with the weights that measured best.

    Args:
        network: Changed.
        items: Shuffled.
        recipe: How.
        folder: Gets ``checkpoint.pt`` (to go on from), ``best.pt`` and ``log.jsonl`` (losses and measurements).
        pad: Number of the padding token.
        check: Measures the network on the part that chooses when to stop; higher is better.
    """
    grouped = batches(items, recipe.batch_tokens, recipe.seed)
    optimizer = _optimizer(network, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _triangle(len(grouped), recipe.warmup))
    folder.mkdir(parents=True, exist_ok=True)
    step, best, since_best = _resume(folder, network, optimizer, schedule, recipe)
    device = next(network.parameters()).device
    network.train()
    started, losses = time.monotonic(), []
    for number, batch in iterate(grouped, pad, step):
        ids, mask = torch.from_numpy(batch.ids).to(device), torch.from_numpy(batch.mask).to(device)
        targets = [torch.from_numpy(places).to(device) for places in (batch.allowed, batch.starts, batch.ends)]
        loss = span_loss(network(ids, mask), *targets)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], recipe.max_norm)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        done = number + 1
        if done % recipe.checkpoint_every == 0 or done == len(grouped):
            row = {
                "step": done,
                "of": len(grouped),
                "loss": sum(losses) / len(losses),
                "seconds": time.monotonic() - started,
            }
            losses = []
            if done % recipe.check_every == 0 or done == len(grouped):
                row["dev"] = check(network)
                network.train()
                since_best = 0 if row["dev"] > best else since_best + 1
                if row["dev"] > best:
                    best = row["dev"]
                    _replace(network.trained_state(), folder / "best.pt")
            _log(folder, row)
            state = {
                "step": done, "best": best, "since_best": since_best, "recipe": asdict(recipe),
                "network": network.trained_state(), "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
            }  # fmt: skip
            _replace(state, folder / "checkpoint.pt")
            if since_best >= recipe.patience:
                break
    network.load_state_dict(torch.load(folder / "best.pt", weights_only=True), strict=False)


def _optimizer(network: SpanNetwork, recipe: Recipe) -> torch.optim.AdamW:
    groups: dict[str, list[nn.Parameter]] = {"matrices": [], "vectors": [], "head": []}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            kind = "head" if name.startswith("head") else "matrices" if parameter.ndim > 1 else "vectors"
            groups[kind].append(parameter)
    settings = [
        {"params": groups["matrices"], "lr": recipe.rate, "weight_decay": recipe.weight_decay},
        {"params": groups["vectors"], "lr": recipe.rate, "weight_decay": 0.0},
        {"params": groups["head"], "lr": recipe.head_rate, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(settings, fused=True)


def _triangle(steps: int, warmup: float) -> Callable[[int], float]:
    rising = max(1, round(warmup * steps))

    def factor(step: int) -> float:
        return min((step + 1) / rising, max(0.0, (steps - step) / max(1, steps - rising)))

    return factor


def _resume(
    folder: Path,
    network: SpanNetwork,
    optimizer: torch.optim.AdamW,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    recipe: Recipe,
) -> tuple[int, float, int]:
    path = folder / "checkpoint.pt"
    if not path.is_file():
        return 0, float("-inf"), 0
    state = torch.load(path, weights_only=True)
    if state["recipe"] != asdict(recipe):
        raise ValueError(f"{path} was made by another recipe: go on with that one, or choose another folder")
    network.load_state_dict(state["network"], strict=False)
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    logger.info("going on from step %d", state["step"])
    return state["step"], state["best"], state["since_best"]


def _replace(state: dict[str, object] | dict[str, torch.Tensor], path: Path) -> None:
    """Write a file whole or not at all."""
    staged = path.with_suffix(".tmp")
    torch.save(state, staged)
    staged.replace(path)


def _log(folder: Path, row: dict[str, float]) -> None:
    with (folder / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    logger.info("%s", row)
