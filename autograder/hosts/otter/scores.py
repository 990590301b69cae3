"""Our results in otter's: its objects for whoever asks them, our `results.json` for Gradescope."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.renderers.gradescope import Frame, results_json
from autograder.verdict import QuestionResult, SubmissionResult


@dataclass(frozen=True)
class Content:
    """Stands in for `GradingResults.to_gradescope_dict`, which knows neither Markdown nor tags.

    A class of its own, since otter pickles its results.
    """

    content: Mapping[str, Any]

    def __call__(self, config: object) -> Mapping[str, Any]:
        """What otter writes to `results.json`."""
        return self.content


def put_in(results: Any, result: SubmissionResult, frame: Frame) -> None:
    """Replace the results of otter's kernel, a failure of the kernel included.

    Args:
        results: otter's `GradingResults`.
    """
    content = results_json(result, frame)
    results.results = {each.question: _test_file(each) for each in result.questions}
    results.set_output(content["output"])
    results.to_gradescope_dict = Content(content)
    results._catastrophic_error = None


def _test_file(result: QuestionResult) -> Any:
    """A question as otter's file with one test; what waits for a person is out of nothing."""
    from otter.test_files import TestCase
    from otter.test_files.abstract_test import TestCaseResult
    from otter.test_files.exception_test import ExceptionTestFile

    points = 0 if result.score is None else result.points
    case = TestCase(result.question, "", False, points, None, None)
    file = ExceptionTestFile(result.question, "", [case], all_or_nothing=False)
    passed = result.score is not None and result.score >= result.points
    file.test_case_results = [TestCaseResult(case, result.feedback, passed)]
    file.update_score(result.score or 0)
    return file
