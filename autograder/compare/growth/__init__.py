"""Orders of growth in several variables: equal, different with a curve, or undecided."""

from autograder.compare.growth.conditions import SideCondition
from autograder.compare.growth.decide import (
    GrowthDecision,
    Witness,
    decide_growth,
    growth_key,
)
from autograder.compare.growth.forms import Form
from autograder.compare.growth.normal_form import normal_form

__all__ = [
    "Form",
    "GrowthDecision",
    "SideCondition",
    "Witness",
    "decide_growth",
    "growth_key",
    "normal_form",
]
