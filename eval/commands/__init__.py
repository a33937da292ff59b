"""The commands under ``mustanad eval``, one a module."""
