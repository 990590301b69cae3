"""Student code in the child: what it returns, and every way in which it doesn't."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.author import example
from autograder.examples import process
from autograder.examples.process import NotThereError, Outcome, Results, Runner, Told, runner
from autograder.sandbox.values import Exited, Raised, TimedOut

ONE = example("f(x)", x=[1, 2])


@pytest.fixture(scope="module")
def shared() -> Iterator[Runner]:
    """One child for all; whoever ends it gets a new one."""
    with runner() as made:
        yield made


def run(shared: Runner, body: str, *context: str, seconds: float = 5) -> Outcome:
    """One call of a function with this body."""
    source = f"def f(x):\n    {body}"
    return shared.run(source, context, [ONE], seconds)[0]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return x", Told("Tensor", (2,), [1.0, 2.0], None)),
        ("return x.numpy()", Told("ndarray", (2,), [1.0, 2.0], None)),
        ("return [x.sum(), 4]", Told("list", (2,), [3.0, 4], None)),
        ("return 3", Told("int", (), 3, None)),
        ("return None", Told("None", None, None, None)),
        ("return [x, 1]", Told("list that is no array", None, None, None)),
        ("return x * 1j", Told("Tensor of torch.complex64", None, None, None)),
        ("return np.array(['a'])", Told("ndarray of <U1", None, None, None)),
        ("return f", Told("function", None, None, None)),
        ("x += 1; return x", Told("Tensor", (2,), [2.0, 3.0], 0)),
        ("return torch.zeros(200, 200)", Told("Tensor", (200, 200), None, None)),
        ("print('x' * 10**6); return input", Told("builtin_function_or_method", None, None, None)),
        ("import os; os.system('echo hello'); return 1", Told("int", (), 1, None)),
    ],
)
def test_what_a_call_returns(shared: Runner, body: str, told: Told) -> None:
    """Tensors, arrays, numbers and lists of them have numbers; what is printed is apart."""
    assert run(shared, body) == Results((told,))


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("return 1 / 0", Raised("ZeroDivisionError", "division by zero", 2, "call")),
        ("raise SystemExit", Exited("sys.exit()")),
        ("return y", Raised("NameError", "name 'y' is not defined", 2, "call")),
        ("import sys; sys.exit(3)", Exited("sys.exit(3)")),
        ("import os; os._exit(0)", Exited("the program ended")),
        ("return input()", Raised("EOFError", "EOF when reading a line", 2, "call")),
    ],
)
def test_what_a_call_stops_with(shared: Runner, body: str, outcome: Outcome) -> None:
    """With the line in the student's source."""
    assert run(shared, body) == outcome


def test_the_next_job_has_a_child_again(shared: Runner) -> None:
    """One that ended, or was ended for its time, costs its own job only."""
    assert run(shared, "while True: pass", seconds=0.2) == TimedOut(0.2)
    assert run(shared, "return 1") == Results((Told("int", (), 1, None),))


def test_examples_before_the_one_that_hangs_keep_their_outcomes(shared: Runner) -> None:
    """The time is for all of them together."""
    source = "def f(x):\n    while x[0] > 1: pass\n    return 1"
    outcomes = shared.run(source, (), [ONE, example("f(x)", x=[2]), ONE], 0.5)
    assert outcomes == [Results((Told("int", (), 1, None),)), TimedOut(0.5), TimedOut(0.5)]


def test_what_an_answer_does_not_need_may_fail(shared: Runner) -> None:
    """The file's other statements are run one by one, as in the sandbox."""
    context = ("import nothing_like_it", "half = 0.5", "raise SystemExit")
    assert run(shared, "return half", *context) == Results((Told("float", (), 0.5, None),))


def test_random_inputs_are_the_same_each_time(shared: Runner) -> None:
    """A check that is repeated says the same."""
    job = ("def f(x):\n    return x", (), [example("f(x)", x=(2, 3))], 5)
    assert shared.run(*job) == shared.run(*job)


def test_without_torch_there_is_no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's own words say why."""
    monkeypatch.setattr(process.sys, "path", [path for path in process.sys.path if _ours(path)])
    with pytest.raises(NotThereError, match="No module named 'torch'"), runner():
        pass


def test_an_old_torch_will_not_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is told by its version, once it is loaded."""
    (tmp_path / "torch.py").write_text("__version__ = '2.1.2+cpu'")
    monkeypatch.setattr(process.sys, "path", [str(tmp_path), *process.sys.path])
    with pytest.raises(NotThereError, match=r"torch 2\.1\.2\+cpu is older than 2\.2"), runner():
        pass


def _ours(path: str) -> bool:
    return "site-packages" not in path


def test_a_reply_that_is_none_is_not_believed(shared: Runner) -> None:
    """Code that writes into the wrong pipe ends its own child."""
    body = "import os\n    for n in range(5, 9):\n        try: os.write(n, b'[1]\\n')"
    outcome = run(shared, f"{body}\n        except OSError: pass\n    return 1")
    assert isinstance(outcome, Exited | Results)
