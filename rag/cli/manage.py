"""``mustanad remove``, ``compact``, ``info`` and ``verify``."""

import dataclasses
import json
import time
from pathlib import Path

import click

import rag
from index.errors import MustanadError
from index.store import Snapshot, compact, verify
from rag.cli.bars import Bars
from rag.cli.options import index_option, json_option
from rag.cli.printing import one_line


@click.command(epilog="Example: mustanad remove 2024-03-14-report.txt")
@click.argument("doc_ids", nargs=-1, required=True, metavar="DOC_ID...")
@index_option
@json_option
def remove(doc_ids: tuple[str, ...], root: Path, as_json: bool) -> None:
    """Remove the reports with these ids from the index."""
    with rag.open(root) as reports:
        removed = reports.remove(doc_ids)
        left = reports.contents.documents
    missing = [doc_id for doc_id in dict.fromkeys(doc_ids) if doc_id not in removed]
    if as_json:
        click.echo(json.dumps({"removed": removed, "missing": missing, "documents": left}, ensure_ascii=False))
    else:
        click.echo(f"{len(removed)} removed; {root} holds {left} reports")
        for doc_id in missing:
            click.echo(f"  not in the index: {doc_id}", err=True)
    if not removed:
        raise click.ClickException(f"none of these reports is in {root}; mustanad search shows the ids of reports")


@click.command("compact", epilog="Example: mustanad compact --index archive")
@index_option
@json_option
def compact_index(root: Path, as_json: bool) -> None:
    """Merge the whole index into one segment, without what was removed.

    Worth it after many small additions or removals: searches become faster and the files smaller. It needs room on the
    disk for a second copy of the index. Searches go on meanwhile; interrupted, it leaves the index as it was.
    """
    started = time.perf_counter()
    bars = Bars()
    try:
        done = compact(root, bars)
    except KeyboardInterrupt:
        raise click.ClickException("interrupted; the index is as it was: run the same command again") from None
    finally:
        bars.close()
    seconds = time.perf_counter() - started
    if as_json:
        fields = {"index": str(root), **dataclasses.asdict(done), "seconds": round(seconds, 2)}
        click.echo(json.dumps(fields, ensure_ascii=False))
    elif done.segments_before == done.segments and not done.dropped:
        click.echo(f"{root} was compact: {done.segments} segments, {done.bytes / 1e6:.1f} MB")
    else:
        click.echo(
            f"{done.segments_before} segments became {done.segments}, {done.dropped} removed passages were dropped, "
            f"{done.bytes_before / 1e6:.1f} MB became {done.bytes / 1e6:.1f} MB in {seconds:.1f} s"
        )


@click.command(epilog="Example: mustanad info --json")
@index_option
@json_option
def info(root: Path, as_json: bool) -> None:
    """Say what is in the index and what it was built with."""
    snapshot = Snapshot(root)
    contents, manifest, copies = snapshot.contents, snapshot.manifest, snapshot.copy_groups.copies
    snapshot.close()
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    if as_json:
        fields = {
            "index": str(root),
            "documents": contents.documents,
            "passages": contents.passages,
            "copies": copies,
            "langs": contents.langs,
            "sources": contents.sources,
            "first_published": contents.first_published,
            "last_published": contents.last_published,
            "model": {
                "name": manifest.model.name,
                "fingerprint": manifest.model.fingerprint,
                "dim": manifest.model.dim,
            },
            "analyzer": manifest.analyzer,
            "chunking": {"max_tokens": manifest.max_tokens, "overlap_tokens": manifest.overlap_tokens},
            "format": manifest.format,
            "generation": manifest.generation,
            "segments": len(manifest.segments),
            "created": manifest.created,
            "updated": manifest.updated,
            "bytes": size,
        }
        click.echo(json.dumps(fields, ensure_ascii=False))
        return
    langs = ", ".join(f"{one_line(lang)} {count}" for lang, count in contents.langs.items()) or "none"
    sources = ", ".join(
        f"{one_line(source) or 'unknown'} {count}" for source, count in list(contents.sources.items())[:10]
    )
    more = len(contents.sources) - 10
    dates = f"{contents.first_published} to {contents.last_published}" if contents.first_published else "none known"
    click.echo(f"{root}: {contents.documents} reports, {contents.passages} passages, {size / 1e6:.1f} MB")
    click.echo(f"  languages   {langs}")
    click.echo(f"  sources     {sources or 'none'}{f' and {more} more' if more > 0 else ''}")
    click.echo(f"  published   {dates}")
    click.echo(f"  copies      {copies} of the reports are copies of others")
    click.echo(
        f"  model       {manifest.model.name} ({manifest.model.fingerprint[:12]}), {manifest.model.dim} dimensions"
    )
    click.echo(f"  passages    up to {manifest.max_tokens} tokens, overlap {manifest.overlap_tokens}")
    click.echo(f"  analyzer    {manifest.analyzer}; format {manifest.format}, {len(manifest.segments)} segments")
    click.echo(f"  updated     {manifest.updated}, commit {manifest.generation}")


@click.command("verify", epilog="Example: mustanad verify --index archive")
@index_option
@json_option
def verify_index(root: Path, as_json: bool) -> None:
    """Check every file of the index: checksums, database, offsets, vectors, BM25."""
    problems = verify(root)
    if as_json:
        click.echo(json.dumps({"ok": not problems, "problems": problems}, ensure_ascii=False))
    elif not problems:
        click.echo(f"{root} is whole")
    else:
        for problem in problems:
            click.echo(f"  {one_line(problem)}", err=True)
    if problems:
        raise MustanadError(f"{len(problems)} problems in {root}; restore it from a backup or index the reports anew")
