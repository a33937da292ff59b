"""Datasets: questions with what is known of their answers, and TREC's runs and judgements."""

from eval.datasets.loading import load_dataset
from eval.datasets.trec import read_qrels, read_run, write_qrels, write_run
from eval.datasets.types import Dataset, DatasetError, GoldSpan, Question

__all__ = [
    "Dataset",
    "DatasetError",
    "GoldSpan",
    "Question",
    "load_dataset",
    "read_qrels",
    "read_run",
    "write_qrels",
    "write_run",
]
