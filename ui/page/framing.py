"""What stands around the conversation: the header, the notes on where text goes, the words that the script speaks."""

from index.store import Contents
from ui.escaping import attribute, day_html, filled, inline, isolated, phrase
from ui.evidence_views import view_buttons_html
from ui.strings import ENGLISH, Strings, language_name

ADDRESSES = {"en": "/?lang=en", "ar": "/ar/"}
"""Where the page is in each language. The first one is also where it is for everybody else."""


def header_html(strings: Strings = ENGLISH) -> str:
    """The name, and the way to the interface in the other language."""
    other = next(lang for lang in ADDRESSES if lang != strings.lang)
    label = attribute(strings.switch_label)
    return (
        f'<header class="m-header"><h1>{isolated(strings.title)}</h1><a class="m-switch" href="{ADDRESSES[other]}"'
        f' hreflang="{other}" title="{label}" aria-label="{label}"><bdi lang="{other}">{inline(strings.switch_name)}'
        f"</bdi></a></header>"
    )


def holdings_html(contents: Contents, strings: Strings = ENGLISH) -> str:
    """What a collection holds, in figures."""
    langs = " · ".join(language_name(lang, strings) for lang in by_count(contents.langs))
    holds = filled(strings.holds, documents=f"{contents.documents:,}", passages=f"{contents.passages:,}", langs=langs)
    if contents.first_published and contents.last_published:
        first, last = day_html(contents.first_published), day_html(contents.last_published)
        holds += phrase(strings.holds_between).format(first=first, last=last)
    return f'<p class="m-holds">{holds}</p>'


def privacy_html(destination: str | None, strings: Strings = ENGLISH) -> str:
    """Where questions and passages go.

    Args:
        destination: Where the language model is that writes answers; None where there is none.
        strings: The catalogue.
    """
    if destination is None:
        return f'<p class="m-privacy">{inline(strings.stays_here)}</p>'
    return f'<p class="m-privacy m-sent" role="note">{filled(strings.sent_to, destination=destination)}</p>'


def evidence_head_html(strings: Strings = ENGLISH) -> str:
    """What stands above the evidence."""
    return f'<h2 class="m-heading">{inline(strings.evidence)}</h2>{view_buttons_html(strings)}'


def words_html(strings: Strings = ENGLISH) -> str:
    """The words that the page's script shows or speaks, and the live region it speaks them in."""
    words = {
        "side": strings.side_label,
        "middle": strings.conversation_label,
        "aside": strings.evidence,
        "dialog": strings.report_dialog,
        "close": strings.close,
        "opening": strings.opening,
        "failed": strings.report_failed,
        "copied": strings.copied,
        "uncopied": strings.copy_failed,
        "lost": strings.connection_lost,
        "reload": strings.reload,
    }
    given = "".join(f' data-{name}="{attribute(said)}"' for name, said in words.items())
    return f'<div id="m-words"{given}></div><div id="m-live" class="m-unseen" role="status" aria-live="polite"></div>'


def note_html(words: str, problem: bool = False) -> str:
    """A line of explanation, or of what went wrong."""
    role = ' role="alert"' if problem else ""
    return f'<p class="m-note"{role} dir="auto">{phrase(words)}</p>'


def side_toggle_html(strings: Strings = ENGLISH) -> str:
    """The button that unfolds collection and filters on a narrow screen."""
    return (
        '<button type="button" id="m-side-toggle" aria-expanded="false" aria-controls="m-side">'
        f"{inline(strings.side_label)}</button>"
    )


def by_count(counts: dict[str, int]) -> list[str]:
    """Keys, those with most documents first, then by name."""
    return sorted(counts, key=lambda key: (-counts[key], key))
