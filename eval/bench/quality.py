"""Quality on the sample reports and on the generated ones."""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.configuration import Configuration
from eval.datasets import Dataset, load_dataset
from eval.datasets.types import FileCorpus
from eval.environment import environment
from eval.evaluating import evaluate
from eval.generated import generated_dataset
from eval.indexing import open_index
from eval.peers import PEERS, PeersTable, compare_peers
from eval.results import Results
from eval.running.run import Plan
from index.progress import Progress


@contextmanager
def bench_datasets() -> Iterator[tuple[Dataset, Dataset]]:
    """The sample reports with their questions, and the generated ones."""
    with as_file(files("rag") / "samples") as samples:
        loaded = load_dataset(f"{samples / 'queries.jsonl'}={samples / 'qrels.tsv'}", name="samples")
        yield dataclasses.replace(loaded, corpus=FileCorpus((samples / "reports",))), generated_dataset()


def measure_quality(progress: Progress) -> tuple[Results, tuple[PeersTable, ...]]:
    """Index each of the two anew, search, ask, ask again without the relevant reports, and let the peers search."""
    configuration = Configuration()
    reports = []
    peers = []
    with TemporaryDirectory() as folder, bench_datasets() as datasets:
        embedder = None
        for dataset in datasets:
            engine, _ = open_index(Path(folder) / dataset.name, [dataset], configuration, progress, embedder)
            embedder = engine.embedder
            with engine:
                reports.append(evaluate(engine, dataset, plan=Plan(without=True), progress=progress))
                peers.append(compare_peers(engine, dataset, tuple(PEERS), progress))
    results = Results(
        name="bench",
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        configuration=json.loads(json.dumps(configuration.values())),
        environment=environment(),
        reports=tuple(reports),
    )
    return results, tuple(peers)
