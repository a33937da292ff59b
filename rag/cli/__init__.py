"""The command ``mustanad``."""
