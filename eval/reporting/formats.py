"""Figures as people read them."""

import math
from collections.abc import Mapping

from eval.measures.types import Figure, Part
from eval.results import Report, Value

MISSING = "–"
HEADLINES = (
    "RR@10",
    "nDCG@10",
    "passages RR@10",
    "F1",
    "holds",
    "reader SQuAD-F1",
    "reader F1",
    "reader overlap",
    "abstention AUROC",
    "abstention coverage",
    "abstention risk",
    "attribution stance-F1",
    "citations precision",
    "latency search p50 ms",
    "latency ask p50 ms",
)
"""Keys of the figures that a report begins with, in this order, where they were measured."""


def number(name: str, value: float) -> str:
    """A value of a measure: milliseconds whole, words and passages a second with one decimal, all else with three.

    Examples:
        >>> number("RR@10", 0.8441), number("ask p50 ms", 412.7), number("words", 11.26), number("F1", float("nan"))
        ('0.844', '413', '11.3', '–')
    """
    if math.isnan(value):
        return MISSING
    return f"{value:.{_decimals(name)}f}".replace("-", "−")


def signed(name: str, value: float) -> str:
    """A difference: with its sign, none where it shows as zero.

    Examples:
        >>> signed("F1", 0.0312), signed("F1", -0.2), signed("F1", -0.0001)
        ('+0.031', '−0.200', '0.000')
    """
    shown = number(name, abs(value))
    if not any(character in "123456789" for character in shown):
        return shown
    return ("+" if value > 0 else "−") + shown


def interval(name: str, low: float, high: float) -> str:
    """An interval in brackets, or "" where there is none.

    Examples:
        >>> interval("RR@10", 0.82, 0.867), interval("RR@10", float("nan"), float("nan"))
        ('[0.820–0.867]', '')
    """
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"[{number(name, low)}–{number(name, high)}]"


def with_interval(figure: Figure) -> str:
    """A figure with its interval, such as ``0.844 [0.820–0.867]``; a figure that is not known has none."""
    if math.isnan(figure.value):
        return MISSING
    return f"{number(figure.name, figure.value)} {interval(figure.name, figure.low, figure.high)}".rstrip()


def duration(seconds: float) -> str:
    """How long something took.

    Examples:
        >>> duration(0.4), duration(75), duration(7260)
        ('0.4 s', '1 min 15 s', '2 h 1 min')
    """
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 1:
        return f"{rest} s"
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def setting(value: Value) -> str:
    """The value of a setting.

    Examples:
        >>> setting(True), setting(0.4), setting(None), setting(1200)
        ('yes', '0.4', '–', '1200')
    """
    if value is None:
        return MISSING
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def is_rate(figure: Figure) -> bool:
    """Whether a figure goes from 0 to 1, so that it can stand on one scale with others."""
    return (
        figure.part is not Part.LATENCY
        and figure.name != "words"
        and all(0 <= value <= 1 for value in (figure.value, figure.low, figure.high))
    )


def figures_by_key(report: Report) -> Mapping[str, Figure]:
    """A report's figures by key."""
    return {figure.key: figure for figure in report.figures}


def language_name(code: str) -> str:
    """The English name of a language, or its code where it is not known.

    Examples:
        >>> language_name("ar"), language_name("und"), language_name("xx")
        ('Arabic', 'unknown', 'xx')
    """
    from lingua import IsoCode639_1, Language

    if code == "und":
        return "unknown"
    try:
        return Language.from_iso_code_639_1(IsoCode639_1.from_str(code)).name.title()
    except ValueError:
        return code


def _decimals(name: str) -> int:
    if name.endswith(" ms"):
        return 0
    return 1 if name in ("words", "passages/s") else 3
