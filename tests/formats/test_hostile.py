"""Whatever bytes come in, a submission or a one-line refusal comes out, and soon."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worksheet import FILLED, STUB, filled, notebook, pumps, read_text, zipped

from autograder.errors import SubmissionError
from autograder.formats import read_file
from autograder.submission import Submission

HUGE = 5_000_000
FUZZ = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
SIGNS = '= ____ " \' """ \\ ( ) [ ] # % ! ; @ : , r é'
SPACES = ["\n", "\n    ", "\t", "\r", " "]
CODE = ["q1a", "q3a", "return", "lambda", "# %% q2\n", "def clip(x, low):", "class Pump:"]
PIECES = st.sampled_from([*SIGNS.split(" "), *SPACES, *CODE, "self.inlet = nn.Linear("])


def outcome(folder: Path, data: bytes, name: str) -> Submission | str:
    try:
        return read_text(folder, data, name)
    except SubmissionError as error:
        return str(error)


def check(found: Submission | str, name: str) -> None:
    """A refusal is one line that names the file; a submission has only known questions."""
    if isinstance(found, str):
        assert found.startswith(f"{name}: ") and "\n" not in found
    else:
        assert set(found.responses) <= set(pumps().questions)
        for response in found.responses.values():
            response.text.encode()


@pytest.mark.parametrize("name", ["s01.py", "s01.ipynb", "s01.json", "s01.zip"])
@FUZZ
@given(data=st.binary(max_size=300))
def test_any_bytes_end_in_a_submission_or_a_refusal(name: str, data: bytes, tmp_path: Path) -> None:
    """Nothing else may come out of the door."""
    check(outcome(tmp_path, data, name), name)


@FUZZ
@given(pieces=st.lists(PIECES, max_size=60))
def test_any_python_like_text_is_read(pieces: list[str], tmp_path: Path) -> None:
    """Text is never a reason to refuse a script; empty text is."""
    text = "".join(pieces)
    for name, data in (("s01.py", text), ("s02.ipynb", notebook(text))):
        found = outcome(tmp_path, data.encode(), name)
        check(found, name)
        assert isinstance(found, Submission) or not text.strip()


@FUZZ
@given(at=st.integers(0, len(STUB)), cut=st.integers(0, 40), piece=PIECES)
def test_a_damaged_stub_is_read(at: int, cut: int, piece: str, tmp_path: Path) -> None:
    """A slip anywhere in the file ends in answers and faults, not in a refusal."""
    source = STUB.replace("____", "width")
    found = outcome(tmp_path, (source[:at] + piece + source[at + cut :]).encode(), "s01.py")
    assert isinstance(found, Submission)
    check(found, "s01.py")


@FUZZ
@given(at=st.integers(0, 400), byte=st.integers(0, 255))
def test_a_damaged_zip_is_read_or_refused(at: int, byte: int, tmp_path: Path) -> None:
    """One wrong byte anywhere."""
    data = bytearray(zipped(tmp_path / "ok.zip", {"answers.py": STUB}).read_bytes())
    data[at % len(data)] = byte
    check(outcome(tmp_path, bytes(data), "s01.zip"), "s01.zip")


@pytest.mark.parametrize(
    "source",
    [
        'q1a = r"' + "x" * HUGE + '"',
        'q1a = r"""' + "x\n" * (HUGE // 2) + '"""',
        "q1a = " + "a+" * (HUGE // 2) + "a",
        "q1a = " + "(" * 100_000,
        "q1a = " + "(" * 100_000 + ")" * 100_000,
        "q1a = [" + "1,\n" * (HUGE // 3) + "]",
    ],
    ids=["literal", "lines", "sum", "open", "brackets", "list"],
)
def test_a_huge_answer_costs_only_itself(source: str, tmp_path: Path) -> None:
    """It is passed on for judging to refuse; the others are read as ever, within a second."""
    script = f"{source}\n# %% q1b\nq1b = r'd'\n# %% q3\n{filled()}"
    started = time.process_time()
    found = read_text(tmp_path, script).responses
    assert time.process_time() - started < 2  # the promise is 1 s; machines differ
    assert len(found["q1a"].text) > 99_999
    assert found["q1b"].text == "d"
    assert {id: found[id].text for id in FILLED} == FILLED


@pytest.mark.parametrize("body", ["-" * 150_000 + "1", "x" + ".a" * 300_000, "f(" * 95 + ")" * 95])
def test_code_that_the_parser_gives_up_on_is_passed_on(body: str, tmp_path: Path) -> None:
    """Depth and length crash no reader."""
    source = f"def clip(x, low):\n    return {body}\nq1a = r'd'\n"
    found = read_text(tmp_path, source).responses
    assert found["q2"].text == source.rpartition("\nq1a")[0]
    assert found["q1a"].text == "d"


@pytest.mark.parametrize(
    "line",
    [
        "self.inlet = nn.Linear(" + "a," * 90_000 + ")",
        "self.inlet = nn.Linear(" + "(" * 90_000 + ", width)",
        "\n        ".join(f"self.x{i} = nn.Linear(width, {'width, ' * 30})" for i in range(1900)),
    ],
    ids=["long", "deep", "many"],
)
def test_a_huge_class_costs_no_time(line: str, tmp_path: Path) -> None:
    """Blanks are looked for in as many lines as a person writes, and no more."""
    source = filled().replace("self.inlet = nn.Linear(width, width)", line)
    source = source.replace("torch.matmul(", "torch.mul(")
    started = time.process_time()
    found = read_text(tmp_path, source).responses
    assert time.process_time() - started < 4
    assert (found["q3b"].text, found["q3d"].text) == (FILLED["q3b"], FILLED["q3d"])


def test_reading_a_file_needs_only_the_standard_library(tmp_path: Path) -> None:
    """A student's check runs under `python -I -S`."""
    names = ("answers.py", "answers.ipynb", "answers.json")
    for name, text in zip(names, (STUB, notebook(STUB), '{"q1a": "d"}'), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    root = Path(__file__).parents[2]
    script = f"""
import sys
sys.path[:0] = [{str(root)!r}, {str(Path(__file__).parent)!r}]
from pathlib import Path
from worksheet import pumps
from autograder.formats import read_file
for name in {names!r}:
    assert read_file(Path({str(tmp_path)!r}, name), pumps()).responses
assert not {{"torch", "numpy", "yaml", "sympy"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-I", "-S", "-W", "error", "-c", script], check=True)


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    """Results are byte-identical for identical inputs."""
    (tmp_path / "s01.py").write_text(STUB, encoding="utf-8")
    once, again = (read_file(tmp_path / "s01.py", pumps()) for _ in range(2))
    assert once == again
