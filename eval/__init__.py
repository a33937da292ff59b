"""Measuring how well reports are found."""

from eval.beir import Dataset, DatasetError, load_beir
from eval.retrieval import MEASURES, RetrievalFigures, measure_run, retrieve

__all__ = ["MEASURES", "Dataset", "DatasetError", "RetrievalFigures", "load_beir", "measure_run", "retrieve"]
