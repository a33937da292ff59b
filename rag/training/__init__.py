"""Fitting what the readers need; run by developers, not by users."""
