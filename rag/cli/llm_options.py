"""The options that choose a language model."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rag.llm import Writer

LLM_VARIABLE = "MUSTANAD_LLM"
MODEL_VARIABLE = "MUSTANAD_LLM_MODEL"
Function = TypeVar("Function", bound=Callable[..., Any])


def llm_options(command: Function) -> Function:
    """``--llm`` and ``--llm-model``, made into the argument ``writer``: a ``Writer``, or None without ``--llm``."""

    @click.option(
        "--llm", metavar="MODEL", envvar=LLM_VARIABLE, show_envvar=True,
        help="Have a language model write the answer: openai:MODEL, ollama:MODEL, anthropic:MODEL, or the URL of a "
        "compatible server (http://127.0.0.1:8080/v1). The question and the passages are sent there.",
    )  # fmt: skip
    @click.option(
        "--llm-model", metavar="NAME", envvar=MODEL_VARIABLE, show_envvar=True, help="The model, where --llm is a URL."
    )
    @click.option(
        "--llm-timeout", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True,
        metavar="SECONDS", help="How long the language model may be silent.",
    )  # fmt: skip
    @functools.wraps(command)
    def wrapped(
        *args: Any,  # noqa: ANN401
        llm: str | None,
        llm_model: str | None,
        llm_timeout: float,
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        return command(*args, writer=_writer(llm, llm_model, llm_timeout), **kwargs)

    return wrapped  # type: ignore[return-value]  # the options replace one argument


def _writer(llm: str | None, model: str | None, timeout_s: float) -> "Writer | None":
    if not llm:
        if (
            model
            and click.get_current_context().get_parameter_source("llm_model") is click.core.ParameterSource.COMMANDLINE
        ):
            raise click.UsageError("--llm-model goes with --llm URL")
        return None
    from rag.llm import LlmSpecError, open_writer  # an answer without one does not wait for it

    try:
        return open_writer(llm, model, timeout_s=timeout_s)
    except LlmSpecError as error:
        raise click.BadParameter(str(error), param_hint="--llm") from error
