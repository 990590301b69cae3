"""Which examples a submission can be tried on, and the rows that come of it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from autograder import assignment as built
from autograder.author import Assignment, Problem, closed_form, example, function
from autograder.author import blank as blank_of
from autograder.examples import trials
from autograder.examples.process import NotThereError, Outcome, Results, Told
from autograder.kinds.example import Example
from autograder.report import State, Tried
from autograder.sandbox.values import Raised
from autograder.submission import Note, Place, Response, Submission

SCALE = """\
class Scale(nn.Module):
    def __init__(self, width):
        self.width = ____  # b1

    def forward(self, x):
        return torch.____(x)  # b2
"""
FILLED = {"b1": "width", "b2": "exp", "c1": "def f(x):\n    return x", "d1": "x^T x"}
PASS = Told("Tensor", (2,), [1.0, 2.0], None)


@pytest.fixture
def assignment(tmp_path: Path) -> built.Assignment:
    """A class, a function and a formula."""
    (tmp_path / "scale.py").write_text(SCALE)
    scope = {"__file__": str(tmp_path / "spec.py"), "Problem": Problem, "blank": blank_of}
    shown = example("Scale(4)(x)", x=(2, 4), shape=(2,))
    source = "made = Problem('S', 'T.', code='scale.py', examples=[shown], b1=blank(), b2=blank())"
    exec(source, scope | {"shown": shown}, found := {})  # a spec is a file of its own
    stub = 'def f(x):\n    """x"""\n    return ____'
    mine = [
        example("f(x)", x=[1, 2], returns=[1, 2]),
        example("f(x) @ f(x)", x=[1, 2], equals="d1"),
    ]
    other = Problem(
        "O", "T.", symbols="x: vector(d)",
        c1=function("?", stub, examples=mine), d1=closed_form("?"),
    )  # fmt: skip
    return Assignment("A", [found["made"], other])


class Fake:
    """Returns what it was given, for every call."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes, self.sources = outcomes, list[str]()

    def run(
        self, source: str, context: Sequence[str], examples: Sequence[Example], seconds: float
    ) -> list[Outcome]:
        self.sources.append(source)
        told = [Results((PASS,) * len(each.calls)) for each in examples]
        return [*(self.outcomes or told)][: len(examples)]


LINES = {"b1": 13, "b2": 16, "c1": 20, "d1": 30}


def submitted(**answers: str) -> Submission:
    """Answers in a file, the class from its line 11 on."""
    places = {name: Response(text, Place("a.py", LINES[name])) for name, text in answers.items()}
    return Submission("ann", "a.py", places)


def tried(assignment: built.Assignment, runner: Fake, **answers: str) -> Tried:
    """Try all examples."""
    plan = trials.plan(assignment, submitted(**answers), assignment.questions)
    return trials.run(plan, runner)  # type: ignore[arg-type]


def test_a_module_that_is_missing_is_named(assignment: built.Assignment) -> None:
    """Not only the name that has no value without it."""
    fails = Raised("NameError", "name 'sns' is not defined", 2, "call")
    source = "import seaborn as sns\ndef f(x):\n    return sns(x)"
    (row,) = tried(assignment, Fake(fails, fails), c1=source, d1="x^T x").rows
    assert "seaborn can't be imported here, so that sns is not defined. Next: " in row.said


def test_a_class_and_a_function_have_a_row_each(assignment: built.Assignment) -> None:
    """What passes says what it was compared with; the class is run with all blanks filled."""
    runner = Fake()
    found = tried(assignment, runner, **FILLED)
    assert [(row.question, row.state, row.echo) for row in found.rows] == [
        ("b1-b2", State.PASSED, "Scale runs; 1 of 1 examples pass (shapes only)"),
        ("c1", State.PASSED, "runs; 2 of 2 examples pass; it agrees with your d1"),
    ]
    assert found[1:] == (3, 3, 3, "")
    assert runner.sources[0].startswith("class Scale(nn.Module):\n") and "____" not in "".join(
        runner.sources
    )


def test_a_class_waits_for_its_last_blank(assignment: built.Assignment) -> None:
    """It says for which; a class that nobody has begun says nothing."""
    found = tried(assignment, Fake(), b1="width", b2="exp(")
    assert [row.echo for row in found.rows] == ["not run yet; Scale waits for b2"]
    assert found[1:] == (0, 0, 3, "")
    assert tried(assignment, Fake()).rows == ()


def test_a_comparison_waits_for_the_formula(assignment: built.Assignment) -> None:
    """The other examples are run."""
    for formula in ("", "x", "y", "1/0"):
        found = tried(assignment, Fake(), c1=FILLED["c1"], d1=formula)
        assert (found.passed, found.ran, found.total) == (1, 1, 3)


def test_a_mistake_has_its_line_in_the_file(assignment: built.Assignment) -> None:
    """In the class and in the function, where they stand in the student's file."""
    runner = Fake(Raised("ValueError", "no", 2, "call"), Results((PASS, PASS)))
    found = tried(assignment, runner, **FILLED)
    assert [(row.place, row.head) for row in found.rows] == [
        ("line 12", "RAISES AN ERROR"),
        ("line 21", "RAISES AN ERROR"),
    ]
    assert found.passed == 1


def test_without_a_straight_way_to_the_file_there_is_no_line(assignment: built.Assignment) -> None:
    """An answer over several lines, or a class that was edited."""
    fails = Fake(Raised("ValueError", "no", 2, "call"), Results((PASS, PASS)))
    row = tried(assignment, fails, **{**FILLED, "b1": "(width\n)"}).rows[0]
    assert (row.state, row.place) == (State.MISTAKE, "")


@pytest.mark.parametrize("ids", [["d1"], ["nothing"], []])
def test_only_what_is_asked_for_is_tried(assignment: built.Assignment, ids: list[str]) -> None:
    """A typed answer never waits for torch."""
    plan = trials.plan(assignment, submitted(**FILLED), ids)
    assert (plan.runs, plan.total, trials.try_all(plan)) == (False, 0, None)


def test_code_that_cannot_be_read_is_not_run(assignment: built.Assignment) -> None:
    """Nor is what is too long, or in a cell with a syntax error."""
    responses = {"c1": Response("", Place("a.py", 3), fault=Note("syntax_error", {}))}
    for made in (
        Submission("ann", "a.py", responses),
        submitted(c1="def f(x:"),
        submitted(c1="def f(x):\n    return ____"),
        submitted(c1="x" * 200_000),
    ):
        assert not trials.plan(assignment, made, ["c1"]).runs


def test_without_torch_nothing_passes_and_nothing_fails(
    assignment: built.Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is kept for the screen."""

    def absent() -> object:
        raise NotThereError("ModuleNotFoundError: No module named 'torch'")

    monkeypatch.setattr(trials, "runner", absent)
    found = trials.try_all(trials.plan(assignment, submitted(**FILLED), ["c1"]))
    assert found is not None and found.rows == ()
    assert "torch is not installed" in found.absent
