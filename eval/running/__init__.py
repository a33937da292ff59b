"""Asking an engine a dataset's questions and keeping what it gave."""
