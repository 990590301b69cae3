"""Our results in otter's own objects."""

import pickle
import warnings
from typing import Any

import pytest
from made_up import ANSWERS, Bench, assignment, submission

from autograder.hosts.gradescope.upload import labels, numbers
from autograder.hosts.otter.scores import put_in
from autograder.renderers.gradescope import Frame, results_json
from autograder.workers import safely

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # not ours to mend
    test_files = pytest.importorskip("otter.test_files")

RESULT = safely(submission(**{**ANSWERS, "a2": "sun"}), Bench().grader())
FRAME = Frame(numbers(assignment()), labels(assignment()))


@pytest.fixture
def results() -> Any:
    """otter's results of a kernel that died."""
    found = test_files.GradingResults.without_results(RuntimeError("the kernel died"))
    put_in(found, RESULT, FRAME)
    return found


def test_whoever_asks_otter_gets_our_scores(results: Any) -> None:
    """`otter.api`, and `otter run -p`."""
    assert (results.total, results.possible) == (3, 4)
    assert results.get_score("a2") == 0
    assert not results.has_catastrophic_failure()
    assert RESULT.questions[1].feedback in results.summary()


def test_the_results_file_is_the_one_that_gradescope_gets(results: Any) -> None:
    """Word for word."""
    assert results.to_gradescope_dict(None) == results_json(RESULT, FRAME)


def test_they_can_be_pickled(results: Any) -> None:
    """otter does so to hand them from its grading to its command line."""
    again = pickle.loads(pickle.dumps(results))
    assert again.to_gradescope_dict(None) == results.to_gradescope_dict(None)
