"""A report as a notebook shows it."""

from eval.reporting import views
from eval.reporting.templating import render
from eval.results import Report


def notebook_html(report: Report) -> str:
    """Headline figures, all figures and the plots of a report, as a piece of HTML for a notebook."""
    return render(
        "notebook.html.jinja",
        report=report,
        headlines=views.headlines(report),
        parts=views.parts(report),
        plots=views.plots(report, themed=False),
    )
