"""The errors a user can meet: one root, so that a caller can catch everything Mustanad raises on purpose."""


class MustanadError(Exception):
    """Something the user can act on: the message says what, where, and what to do next."""


class IndexNotFoundError(MustanadError):
    """The folder holds no index."""


class IndexLockedError(MustanadError):
    """Another process is writing to the index."""


class IndexCorruptError(MustanadError):
    """A file of the index is missing or does not have the content the manifest promises."""


class ModelError(MustanadError):
    """An embedding model cannot be loaded, or is not the one the index was built with."""


class LoadError(MustanadError):
    """A file cannot be read as a report; the message is the reason shown in the list of failures."""
