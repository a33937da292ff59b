"""Generated parts of a Markdown file."""

import os
from pathlib import Path

from index.errors import MustanadError


def replace_block(path: Path, name: str, content: str) -> bool:
    """Replace what stands between ``<!-- table: NAME -->`` and ``<!-- /table: NAME -->`` in a file.

    Args:
        path: A Markdown file in UTF-8.
        name: Name of the block.
        content: What is to stand there; blank lines set it off from the markers.

    Returns:
        Whether the file changed; it is written only then.

    Raises:
        MustanadError: The file cannot be read, or does not hold both markers once and in this order.
    """
    opening, closing = f"<!-- table: {name} -->", f"<!-- /table: {name} -->"
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MustanadError(f"{path} cannot be read ({error}); give a Markdown file in UTF-8") from error
    if (text.count(opening), text.count(closing)) != (1, 1) or text.index(closing) < text.index(opening):
        raise MustanadError(f"{path} must hold {opening} and {closing} once each, in this order; put them in")
    before, _, rest = text.partition(opening)
    after = rest.partition(closing)[2]
    replaced = f"{before}{opening}\n\n{content.strip()}\n\n{closing}{after}"
    if replaced == text:
        return False
    unfinished = path.with_name(f"{path.name}.tmp")
    unfinished.write_bytes(replaced.encode("utf-8"))
    os.replace(unfinished, path)
    return True
