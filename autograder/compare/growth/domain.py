"""Where the sizes live: what a decision knows of them, and what it may spend."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from autograder.compare.growth.scale import Column, Monomial, UndecidedError

Branches: TypeAlias = tuple[tuple[Monomial, ...], ...]

WORK = 20_000
"""Budget of reading, and again of each direction, in steps of about a microsecond."""


@dataclass
class Work:
    """What is left to spend, and the rows found so far for branches and columns."""

    left: int = WORK
    rows: dict[tuple[Branches, frozenset[Column]], tuple[Monomial, ...]] = field(
        default_factory=dict
    )

    def spend(self, steps: int) -> None:
        """Errors: UndecidedError when the budget is used up."""
        self.left -= steps
        if self.left < 0:
            raise UndecidedError("too much work")

    def renew(self) -> None:
        """Start on the next part with a full budget."""
        self.left = WORK


@dataclass(frozen=True)
class Domain:
    """The sizes and what holds between them.

    Attributes:
        sizes: All declared sizes.
        meaning: Sizes that an equation expresses by the others, as monomials: d = k h.
        branches: Each is a list of rows, monomials that are at least a constant; one of the
            lists holds.
        sharp: Rows that hold without a constant: the monomial is at least 1.
        loose: Sizes in a condition that holds up to constants only, such as 2 h <= d. They
            may not occur in an exponent.
        work: The budget.
    """

    sizes: tuple[str, ...] = ()
    meaning: Mapping[str, Monomial] = field(default_factory=dict)
    branches: Branches = ((),)
    sharp: tuple[Monomial, ...] = ()
    loose: frozenset[str] = frozenset()
    work: Work = field(default_factory=Work, compare=False)
