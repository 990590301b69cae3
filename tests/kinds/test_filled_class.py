"""A class with all blanks filled."""

import pytest

from autograder.errors import AssignmentError
from autograder.kinds.filled_class import Hole, fill_all, holes

TEMPLATE = """\
class Scale(nn.Module):
    def __init__(self, width):
        self.width = 2 * ____  # q1

    def forward(self, x):
        return torch.____(x)  # q2"""


def test_each_blank_has_a_place() -> None:
    """By the word in the comment on its line."""
    assert holes(TEMPLATE) == {"q1": Hole(3, 25), "q2": Hole(6, 21)}


def test_answers_are_put_in_as_text() -> None:
    """Precedence counts, lines keep their numbers."""
    filled = fill_all(TEMPLATE, {"q2": "exp", "q1": "width + 1"}).split("\n")
    assert filled[2] == "        self.width = 2 * width + 1  # q1"
    assert filled[5] == "        return torch.exp(x)  # q2"


@pytest.mark.parametrize("answers", [{"q1": "width"}, {"q1": "1", "q2": "exp", "q9": "x"}])
def test_all_blanks_and_no_others_are_filled(answers: dict[str, str]) -> None:
    """Half a class is not run."""
    with pytest.raises(AssignmentError, match="the template's blanks are q1, q2"):
        fill_all(TEMPLATE, answers)
