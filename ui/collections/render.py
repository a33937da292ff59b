"""A collection as HTML: its figures, how far work on it has come, and what the work did. Pure functions."""

from collections.abc import Sequence

from index.store import Contents
from index.store.overview import Heading, PublishedCount
from rag.visible import plain
from ui.collections.changing import Outcome
from ui.collections.figures import over_time
from ui.collections.jobs import Stage
from ui.collections.plot import plot_html
from ui.escaping import attribute, day_html, inline, isolated, phrase
from ui.strings import Strings, language_name

_LISTED = 200  # reports named in a result; the rest is counted
_LANGUAGES_LISTED = 8


def figures_html(contents: Contents, counts: Sequence[PublishedCount] | None, strings: Strings) -> str:
    """What a collection holds, in figures and over time.

    Args:
        contents: Its figures.
        counts: Its reports by day, source and language; None leaves out the plots.
        strings: The catalogue.
    """
    if not contents.documents:
        return _section(f'<p class="m-empty">{inline(strings.empty_collection)}</p>', strings)
    langs = [f"{isolated(language_name(lang, strings))} {count:,}" for lang, count in contents.langs.items()]
    if len(langs) > _LANGUAGES_LISTED:
        more = strings.and_more.format(count=len(langs) - _LANGUAGES_LISTED)
        langs = [*langs[:_LANGUAGES_LISTED], inline(more)]
    figures = [
        (strings.figure_reports, f"{contents.documents:,}"),
        (strings.figure_passages, f"{contents.passages:,}"),
        (strings.figure_sources, f"{sum(1 for source in contents.sources if source):,}"),
        (strings.figure_languages, " · ".join(langs)),
    ]
    if contents.first_published and contents.last_published:
        first, last = day_html(contents.first_published), day_html(contents.last_published)
        figures.append((strings.figure_period, inline(strings.period_between).format(first=first, last=last)))
    plots = ""
    if counts is not None:
        by_source = over_time(counts, lambda count: count.source)
        by_language = over_time(counts, lambda count: count.lang)
        figures.append((strings.figure_undated, f"{by_source.undated:,}"))
        plots = (
            f'<div class="m-plots">{plot_html(by_source, strings.reports_by_source, strings)}'
            f"{plot_html(by_language, strings.reports_by_language, strings, are_languages=True)}</div>"
        )
    listed = "".join(f"<div><dt>{inline(name)}</dt><dd>{value}</dd></div>" for name, value in figures)
    return _section(f'<dl class="m-figures">{listed}</dl>{plots}', strings)


def progress_html(stage: Stage, strings: Strings, cancelled: bool = False) -> str:
    """How far work has come: what is done now, and a bar where its length is known."""
    if cancelled:
        label = strings.cancelling
    elif stage.label:
        label = strings.stages.get(stage.label, strings.stages["other"])
    else:
        label = strings.starting
    bar = '<progress class="m-progress"></progress>'
    count = ""
    if stage.total > 0:
        done = min(stage.done, stage.total)
        bar = f'<progress class="m-progress" value="{done}" max="{stage.total}"></progress>'
        count = isolated(strings.progress_count.format(done=f"{done:,}", total=f"{stage.total:,}"))
    body = f'<p class="m-waiting"><label>{inline(label)} {bar}</label> {count}</p>'
    return _section(body, strings, ' role="status"')


def said_html(words: str, strings: Strings, problem: bool = False) -> str:
    """A sentence about what was done, or why it was not; "" where there is nothing to say."""
    if not words:
        return ""
    kind, role = ("m-problem", "alert") if problem else ("m-done", "status")
    return _section(f'<p class="{kind}" dir="auto">{phrase(words)}</p>', strings, f' role="{role}"')


def outcome_html(outcome: Outcome, strings: Strings) -> str:
    """What adding did: four figures, then each report with what became of it, failures first."""
    result = outcome.result
    figures = [
        (strings.result_added, len(result.added)),
        (strings.result_updated, len(result.updated)),
        (strings.result_unchanged, len(result.skipped)),
        (strings.result_failed, len(result.failed)),
    ]
    head = "".join(f"<div><dt>{inline(name)}</dt><dd>{count:,}</dd></div>" for name, count in figures)
    renamed = {entry.name for entry in outcome.renamed}
    added = [doc_id for doc_id in result.added if doc_id not in renamed]
    rows = [
        *((failure.path, strings.result_failed, failure.reason) for failure in result.failed),
        *(
            (entry.name, strings.result_added, strings.result_renamed.format(name=entry.name, given=entry.given))
            for entry in outcome.renamed
        ),
        *((doc_id, "", strings.result_note.format(note=note)) for doc_id, note in result.notes),
        *((doc_id, strings.result_added, "") for doc_id in added),
        *((doc_id, strings.result_updated, "") for doc_id in result.updated),
        *((doc_id, strings.result_unchanged, "") for doc_id in result.skipped),
    ]
    listed = "".join(_row(*row, failed=row[1] == strings.result_failed) for row in rows[:_LISTED])
    more = ""
    if len(rows) > _LISTED:
        more = f'<p class="m-note">{inline(strings.and_more.format(count=f"{len(rows) - _LISTED:,}"))}</p>'
    notes = ""
    if result.copies:
        notes += f'<p class="m-note">{inline(strings.result_copies.format(count=f"{len(result.copies):,}"))}</p>'
    if outcome.kept:
        notes += f'<p class="m-note">{inline(strings.result_kept.format(count=f"{outcome.kept:,}"))}</p>'
    table = (
        f'<div class="m-scroll" role="region" tabindex="0" aria-label="{attribute(strings.result_outcome)}">'
        f'<table class="m-listing m-outcomes"><thead><tr><th scope="col">{inline(strings.result_report)}</th>'
        f'<th scope="col">{inline(strings.result_outcome)}</th></tr></thead>'
        f"<tbody>{listed}</tbody></table></div>"
    )
    body = f'<dl class="m-figures">{head}</dl>{notes}{table if rows else ""}{more}'
    return _section(body, strings, ' role="status"')


def choice_label(heading: Heading, strings: Strings) -> str:
    """A report in a list to choose from, as text: each part keeps its own direction."""
    parts = [
        heading.title or heading.doc_id,
        heading.source,
        heading.published.isoformat() if heading.published else "",
    ]
    if heading.title:
        parts.append(heading.doc_id)
    return " · ".join(f"\u2068{plain(part)}\u2069" for part in parts if part)


def _row(report: str, outcome: str, words: str, failed: bool) -> str:
    label = f'<span class="m-outcome">{inline(outcome)}</span> ' if outcome else ""
    kind = ' class="m-failed"' if failed else ""
    return f'<tr{kind}><td dir="auto">{inline(report)}</td><td>{label}{isolated(words) if words else ""}</td></tr>'


def _section(body: str, strings: Strings, attributes: str = "") -> str:
    return f'<section class="m-collection" dir="{strings.direction}" lang="{strings.lang}"{attributes}>{body}</section>'
