"""What an author may write, and what is said about what can't be right."""

from pathlib import Path

import pytest

from autograder import assignment as built
from autograder.author import (
    Assignment,
    Limits,
    Problem,
    blank,
    choice,
    closed_form,
    condition,
    einsum,
    example,
    free_response,
    function,
    growth,
    matrix_expression,
    shape,
    statement,
    values,
)
from autograder.errors import AssignmentError
from autograder.kinds.blank import Blank
from autograder.kinds.closed_form import ClosedForm
from autograder.kinds.function import Function

CLASS = """\
class Scale(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = ____  # q1
        self.layer = nn.Linear(width, ____)  # q2
"""
STUB = '''
def double(x):
    """x: (n,)   returns: (n,)"""
    return ____
'''


def question(ask: object) -> built.Question:
    """The one question of a problem."""
    problem = Problem("Sizes", "Text.", symbols="n, m: size", where="n <= m", q1=ask)  # type: ignore[arg-type]
    return problem.questions[0]


@pytest.mark.parametrize(
    "ask",
    [
        closed_form("?"),
        growth("?"),
        condition("?"),
        shape("?"),
        matrix_expression("?"),
        einsum("?", operands="x, W"),
        values("?"),
        choice("?", options="red, green"),
        statement("?", CLASS.replace("____  # q1", "width")),
        function("?", STUB),
        free_response("?"),
    ],
)
def test_every_kind_takes_points_rubric_and_limits(ask: object) -> None:
    """What all questions have in common reaches the question."""
    from dataclasses import replace

    changed = replace(ask, points=2, rubric="\n    why", limits=Limits(seconds=1))  # type: ignore[type-var]
    made = question(changed)
    assert (made.id, made.ask, made.points, made.rubric) == ("q1", "?", 2, "why")
    assert made.limits.seconds == 1


def test_a_question_has_the_symbols_of_its_problem() -> None:
    """Symbols and relations are declared once a problem."""
    kind = question(closed_form("?")).kind
    assert isinstance(kind, ClosedForm) and kind.symbols is not None
    assert list(kind.symbols.symbols) == ["n", "m"]
    assert [relation.right for relation in kind.symbols.relations] == ["m"]


def test_symbols_and_where_of_a_question_replace_those_of_its_problem() -> None:
    """A question may say otherwise."""
    kind = question(closed_form("?", symbols="x: positive", where="")).kind
    assert isinstance(kind, ClosedForm) and kind.symbols is not None
    assert list(kind.symbols.symbols) == ["x"]
    assert kind.symbols.relations == ()


def test_a_function_of_two_vectors_can_be_declared() -> None:
    """Brackets hold the arguments together."""
    kind = question(condition("?", symbols="f: (vector(n), vector(n)) -> real", where="")).kind
    taken = kind.symbols["f"].takes  # type: ignore[attr-defined]
    assert [sort.shape for sort in taken] == [("n",), ("n",)]


def test_texts_lose_their_indentation() -> None:
    """An author may indent as the code does."""
    problem = Problem("T", "\n    One.\n\n    Two.\n    ", q1=growth("\n        Ask.\n        "))
    assert (problem.text, problem.questions[0].ask) == ("One.\n\nTwo.", "Ask.")


def load_spec(folder: Path, problem: str) -> built.Assignment:
    """Load a spec with one problem, as a file beside its code."""
    (folder / "scale.py").write_text(CLASS, encoding="utf-8")
    lines = ["from autograder.author import *", f"assignment = Assignment('A', [{problem}])"]
    (folder / "spec.py").write_text("\n".join(lines), encoding="utf-8")
    return built.load(str(folder))


def test_code_stands_in_a_file_beside_the_spec(tmp_path: Path) -> None:
    """Blanks share the code of their problem and are told apart by their tags."""
    spec = "Problem('T', 'Text.', code='scale.py', q1=blank(), q2=blank())"
    problem = load_spec(tmp_path, spec).problems[0]
    assert problem.code == CLASS.strip()
    kinds = [each.kind for each in problem.questions]
    assert all(isinstance(kind, Blank) and kind.template == CLASS.strip() for kind in kinds)
    assert [kind.tag for kind in kinds if isinstance(kind, Blank)] == ["q1", "q2"]


def test_a_stub_loses_its_indentation() -> None:
    """A function's stub is code of its own."""
    kind = question(function("?", STUB.replace("\n", "\n    "), returns_ndim=1)).kind
    assert isinstance(kind, Function)
    assert kind.stub.startswith("def double(x):\n    ")
    assert kind.returns_ndim == 1


def test_a_function_has_public_examples() -> None:
    """Calls of the function, with what must come out."""
    shown = [example("double(x)", x=[1, 2], returns=[2, 4]), example("double([1])", shape=(1,))]
    kind = question(function("?", STUB, examples=shown)).kind
    assert isinstance(kind, Function) and kind.examples == tuple(shown)


def test_a_class_has_public_examples(tmp_path: Path) -> None:
    """They belong to its problem."""
    shown = "examples=[example('Scale(4)(x)', x=(2, 4), shape=(2, 4))], q1=blank(), q2=blank()"
    made = load_spec(tmp_path, f"Problem('T', 'Text.', code='scale.py', {shown})")
    assert [each.text for each in made.problems[0].examples] == ["Scale(4)(x)"]
    assert made.has_examples


def test_an_example_compares_with_a_question_that_is_there() -> None:
    """Else the comparison would wait for ever."""
    shown = [example("double(x) @ double(x)", x=[1], equals="q9")]
    with pytest.raises(AssignmentError, match="equals='q9', which is no question"):
        Assignment("A", [problem_of(q1=function("?", STUB, examples=shown))])


def test_problems_are_numbered_from_1() -> None:
    """Numbers follow the order of the assignment."""
    problems = [Problem(name, "Text.", **{name: growth("?")}) for name in ("a", "b")]
    made = Assignment("Two", problems, feedback="verdict; hints after due", intro="\n    Hello.")
    assert [problem.number for problem in made.problems] == [1, 2]
    assert (list(made.questions), made.intro, made.feedback) == (
        ["a", "b"],
        "Hello.",
        "verdict; hints after due",
    )


def problem_of(**arguments: object) -> built.Problem:
    """A problem that should fail."""
    return Problem("Sizes", "Text.", **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "problem 'Sizes' has no question; write q1=closed_form(...)"),
        (
            {"Q1": growth("?")},
            "Q1: an id has small letters, digits and _, and starts with a letter",
        ),
        ({"q1": "How many?"}, "q1: no question; write a kind such as closed_form(...)"),
        ({"q1": growth("?", points=0)}, "q1: points are 0; they must be a number above 0"),
        ({"q1": growth("?", points="2")}, "q1: points are '2'; they must be a number above 0"),
        (
            {"q1": growth("?", symbols="kernel size: size")},
            "q1: symbol 'kernel size': write one word, such as k, c_in or Q_i",
        ),
        (
            {"q1": growth("?", symbols="n: size", where="n <= w")},
            "q1: where 'n <= w': w is not a symbol of this question; it has only n."
            " Next: use the question's symbols only.",
        ),
        (
            {"np": growth("?")},
            "np: answers.py needs this name for something else; choose another id",
        ),
        ({"code": growth("?")}, "code: a problem has a word of that name; choose another id"),
        ({"q1": growth("Is `n even?")}, "q1: a back-tick in its text is never closed"),
        (
            {"q1": choice("?", options=["red"])},
            "q1: ['red'] is no text; write one with commas, such as 'a, b'",
        ),
        (
            {"q1": function("?", "double = lambda x")},
            "q1: its stub is not Python: invalid syntax, line 1",
        ),
        ({"q1": growth("  ")}, "q1: it asks nothing; give the wording first"),
        ({"q1": growth("?", symbols="n")}, "q1: symbols 'n': no sort for n"),
        (
            {"q1": function("?", STUB, examples=[example("triple([1])")])},
            "q1: example 'triple([1])' must call double",
        ),
        ({"q1": blank()}, "q1: a blank needs code; give its problem code='file.py'"),
        (
            {"q1": statement("?", "class A:\n    x = 1")},
            "q1: the template needs one ____ on a line with the comment # q1",
        ),
    ],
)
def test_a_problem_says_what_to_mend(arguments: dict[str, object], message: str) -> None:
    """Each mistake of an author has one sentence, which names the question."""
    with pytest.raises(AssignmentError) as caught:
        problem_of(**arguments)
    assert str(caught.value) == message


def test_code_that_is_no_python_is_named() -> None:
    """A template has to parse."""
    with pytest.raises(AssignmentError, match=r"q1: its code is not Python: "):
        problem_of(q1=statement("?", "class A(:\n    x = ____"))


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (
            "Problem('T', 'Text.', code='none.py', q1=blank(), q2=blank())",
            r"code='none.py': there is no .*/none.py",
        ),
        (
            "Problem('T', 'Text.', code='scale.py', q1=blank())",
            "problem 'T': scale.py has 2 blanks, the spec 1",
        ),
        (
            "Problem('T', 'Text.', code='scale.py', q1=blank(), q3=blank())",
            "q3: the template needs one ____ on a line with the comment # q3",
        ),
    ],
    ids=["no such file", "a blank that nobody asks for", "no such blank"],
)
def test_code_must_have_the_blanks_of_the_spec(tmp_path: Path, problem: str, message: str) -> None:
    """A blank that nobody asks for would never be graded."""
    with pytest.raises(AssignmentError, match=message):
        load_spec(tmp_path, problem)


def test_an_id_may_occur_once() -> None:
    """Also across problems."""
    problems = [problem_of(q1=growth("?")), problem_of(q1=growth("?"))]
    with pytest.raises(AssignmentError, match="q1 occurs twice; give each question its own id"):
        Assignment("Twice", problems)


def test_a_feedback_level_must_exist() -> None:
    """The message lists the levels."""
    with pytest.raises(AssignmentError) as caught:
        Assignment("A", [problem_of(q1=growth("?"))], feedback="everything")
    assert str(caught.value) == (
        "feedback 'everything' is no level; write verdict, hints or full, "
        "or two of them: 'hints; full after due'"
    )
