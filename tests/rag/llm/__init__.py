"""Tests of answers written by a language model."""
