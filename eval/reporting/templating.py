"""The template engine: what it prints is escaped, and a name that a template does not get is an error."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from eval.reporting.escaping import finalize, marked, visible
from eval.reporting.formats import duration, language_name, number, setting


def render(template: str, **values: object) -> str:
    """A template of this package, filled in.

    Args:
        template: Its name in ``templates``.
        values: What it gets, by name.
    """
    return _environment().get_template(template).render(style=_style(), **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=PackageLoader("eval.reporting"),
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        visible=visible, marked=marked, setting=setting, duration=duration, language=language_name, number=number
    )
    return environment


@cache
def _style() -> Markup:
    css = (files("eval.reporting") / "templates" / "report.css").read_text(encoding="utf-8")
    return Markup(css)  # noqa: S704  # a file of this package
