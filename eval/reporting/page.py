"""The page of a run: one file, without scripts, that asks nothing of any other host."""

from dataclasses import dataclass

from eval.reporting import questions, views
from eval.reporting.plots import embed, measures_svg
from eval.reporting.templating import render
from eval.reporting.views import FigureView, PartView, PlotView, TableView
from eval.results import Report, Results


@dataclass(frozen=True, slots=True)
class DatasetView:
    """All that the page shows of a dataset."""

    report: Report
    answerable: int
    unanswerable: int
    headlines: list[FigureView]
    parts: list[PartView]
    plots: list[PlotView]
    languages: TableView | None
    stances: TableView | None
    worst: list[questions.QuestionView]
    wrong: list[questions.QuestionView]


def results_html(results: Results) -> str:
    """The results of a run as a page that stands alone.

    Args:
        results: What was measured.

    Returns:
        HTML. All text of documents and questions in it is escaped and its direction isolated.
    """
    several = len(results.reports) > 1
    svg = measures_svg(results.reports) if several else None
    return render(
        "report.html.jinja",
        results=results,
        overview=views.overview(results.reports) if several else None,
        overall=embed(svg, "All measures, by dataset") if svg is not None else None,
        datasets=[_dataset(report) for report in results.reports],
    )


def _dataset(report: Report) -> DatasetView:
    return DatasetView(
        report=report,
        answerable=sum(question.answerable is True for question in report.questions),
        unanswerable=sum(question.answerable is False for question in report.questions),
        headlines=views.headlines(report),
        parts=views.parts(report),
        plots=views.plots(report),
        languages=views.languages(report),
        stances=views.stances(report),
        worst=questions.worst(report),
        wrong=questions.wrong(report),
    )
