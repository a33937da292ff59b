"""Invented reports on invented incidents, with questions whose answers are known to the character.

Everything here is made up: the country, its towns, groups, outlets and persons do not exist and nothing told happened.
"""

from eval.generated.dataset import generated_dataset

__all__ = ["generated_dataset"]
