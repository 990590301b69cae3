"""Conditions: the set of points that a relation, or several, describe."""

from autograder.compare.condition.decide import ConditionDecision, decide_condition
from autograder.compare.condition.quantity import only_numbers, quantity
from autograder.language.statements.conditions import is_condition

__all__ = [
    "ConditionDecision",
    "decide_condition",
    "is_condition",
    "only_numbers",
    "quantity",
]
