"""Loading: files and folders to documents."""

from index.loading.discover import discover
from index.loading.language import detect_language
from index.loading.load import load, load_file
from index.loading.raw import SourceFile

__all__ = ["SourceFile", "detect_language", "discover", "load", "load_file"]
