"""What is measured, one family a file: each measure with its definition and source."""

from eval.measures.abstention import abstention_figures, judged_answers
from eval.measures.answers import answer_figures, exact_match, holds, match, right, token_f1
from eval.measures.attribution import StanceScore, attribution_figures, confusion, stance_scores
from eval.measures.bootstrap import Interval, PairedTest, list_interval, mean_interval, paired_test
from eval.measures.citations import citation_figures
from eval.measures.latency import latency_figures
from eval.measures.measure import measure
from eval.measures.normalise import mlqa_tokens, squad_tokens
from eval.measures.retrieval import (
    document_figures,
    document_qrels,
    document_run,
    passage_figures,
    passage_qrels,
    passage_run,
)
from eval.measures.risk import adaptive_calibration_error, area_under_risk, calibration_error, risk_coverage
from eval.measures.types import Figure, Part

__all__ = [
    "Figure",
    "Interval",
    "PairedTest",
    "Part",
    "StanceScore",
    "abstention_figures",
    "adaptive_calibration_error",
    "answer_figures",
    "area_under_risk",
    "attribution_figures",
    "calibration_error",
    "citation_figures",
    "confusion",
    "document_figures",
    "document_qrels",
    "document_run",
    "exact_match",
    "holds",
    "judged_answers",
    "latency_figures",
    "list_interval",
    "match",
    "mean_interval",
    "measure",
    "mlqa_tokens",
    "paired_test",
    "passage_figures",
    "passage_qrels",
    "passage_run",
    "right",
    "risk_coverage",
    "squad_tokens",
    "stance_scores",
    "token_f1",
]
