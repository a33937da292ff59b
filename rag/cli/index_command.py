"""``mustanad index``: add reports to an index."""

import json
import time
from pathlib import Path

import click

import rag
from index.embedding import Prompts
from index.errors import MustanadError
from index.store import ModelRecord
from index.store.layout import Layout
from index.text.chunking import Chunking
from rag.adding import AddResult
from rag.cli.bars import Bars
from rag.cli.options import engine_option, index_option, json_option
from rag.cli.printing import one_line
from rag.reports import Reports

_DEFAULT = Chunking()


@click.command("index", epilog="Example: mustanad index reports/ more/interview.pdf --index archive")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@index_option
@click.option(
    "--model", metavar="NAME", help="A sentence-transformers name or folder; the default model needs no network."
)
@engine_option
@click.option("--query-prompt", help="Put before questions, for a model that wants it (E5 models need no setting).")
@click.option("--passage-prompt", help="Put before passages, likewise.")
@click.option(
    "--max-tokens", type=click.IntRange(16), help=f"Longest passage, in tokens.  [default: {_DEFAULT.max_tokens}]"
)
@click.option(
    "--overlap-tokens", type=click.IntRange(0), help=f"Overlap of passages.  [default: {_DEFAULT.overlap_tokens}]"
)
@click.option(
    "--token-codes/--no-token-codes", default=None,
    help="Whether to keep codes of all tokens, by which the best passages are ranked again.  [default: on]",
)  # fmt: skip
@json_option
def index_reports(
    paths: tuple[Path, ...],
    root: Path,
    model: str | None,
    engine: str | None,
    query_prompt: str | None,
    passage_prompt: str | None,
    max_tokens: int | None,
    overlap_tokens: int | None,
    token_codes: bool | None,
    as_json: bool,
) -> None:
    """Add the reports in PATHS (files, folders) to an index, made where it is missing.

    Reports that are in the index unchanged are skipped, changed ones replaced. All becomes visible in one step at the
    end; an interrupted run goes on where it stopped. What cannot be read is listed at the end.
    """
    started = time.perf_counter()
    prompts = None
    if query_prompt is not None or passage_prompt is not None:
        prompts = Prompts(query_prompt or "", passage_prompt or "")
    bars = Bars()
    try:
        with _open_or_create(root, model, engine, prompts, max_tokens, overlap_tokens, token_codes) as reports:
            result = reports.add(*paths, progress=bars)
            documents = reports.contents.documents
    except KeyboardInterrupt:
        raise click.ClickException("interrupted; the index is as it was: run the same command to go on") from None
    finally:
        bars.close()
    seconds = time.perf_counter() - started
    if as_json:
        click.echo(json.dumps(_to_json(result, documents, seconds), ensure_ascii=False))
    else:
        _print(result, root, documents, seconds)
    if result.failed and not (result.added or result.updated or result.skipped):
        raise click.ClickException("nothing could be indexed")


def _open_or_create(
    root: Path,
    model: str | None,
    engine: str | None,
    prompts: Prompts | None,
    max_tokens: int | None,
    overlap_tokens: int | None,
    token_codes: bool | None,
) -> Reports:
    """The index as it must be for the options given.

    Raises:
        MustanadError: It exists and was built with other options.
    """
    if not Layout(root).manifest.exists():
        chunking = _chunking(max_tokens, overlap_tokens)
        return rag.create(
            root,
            model=model,
            prompts=prompts,
            chunking=chunking,
            engine=engine,
            token_codes=token_codes is not False,
        )
    reports = rag.open(root, model=model, engine=engine)
    manifest = reports.manifest
    kept = {
        "the prompts": (_prompts_as_given(prompts), _prompts_as_built(manifest.model)),
        "--max-tokens": (max_tokens, manifest.max_tokens),
        "--overlap-tokens": (overlap_tokens, manifest.overlap_tokens),
        "--token-codes": (token_codes, manifest.token_codes),
    }
    for option, (wanted, built) in kept.items():
        if wanted is not None and wanted != built:
            reports.close()
            raise MustanadError(
                f"{root} was built with {option} {built}, not {wanted}; leave the option out, "
                "or index the reports anew into another folder"
            )
    return reports


def _prompts_as_given(prompts: Prompts | None) -> str | None:
    return f"{prompts.query!r} and {prompts.passage!r}" if prompts else None


def _prompts_as_built(model: ModelRecord) -> str:
    if model.query_prompt is None and model.passage_prompt is None:
        return "of the model"
    return f"{model.query_prompt or ''!r} and {model.passage_prompt or ''!r}"


def _chunking(max_tokens: int | None, overlap_tokens: int | None) -> Chunking:
    longest = _DEFAULT.max_tokens if max_tokens is None else max_tokens
    overlap = min(_DEFAULT.overlap_tokens, longest // 4) if overlap_tokens is None else overlap_tokens
    try:
        return Chunking(longest, overlap)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _to_json(result: AddResult, documents: int, seconds: float) -> dict[str, object]:
    return {
        "added": list(result.added),
        "updated": list(result.updated),
        "skipped": list(result.skipped),
        "failed": [{"path": failure.path, "reason": failure.reason} for failure in result.failed],
        "notes": [{"doc_id": doc_id, "note": note} for doc_id, note in result.notes],
        "copies": list(result.copies),
        "documents": documents,
        "passages": result.passages,
        "seconds": round(seconds, 2),
    }


def _print(result: AddResult, root: Path, documents: int, seconds: float) -> None:
    click.echo(
        f"{len(result.added)} added, {len(result.updated)} updated, {len(result.skipped)} unchanged, "
        f"{len(result.failed)} failed in {seconds:.1f} s; {root} holds {documents} reports, {result.passages} passages"
    )
    if result.copies:
        verb = "is a copy" if len(result.copies) == 1 else "are copies"
        click.echo(f"{len(result.copies)} {verb} of other reports in the index")
    for doc_id, note in result.notes:
        click.echo(f"  note: {one_line(doc_id)}: {one_line(note)}", err=True)
    for failure in result.failed:
        click.echo(f"  failed: {one_line(failure.path)}: {one_line(failure.reason)}", err=True)
