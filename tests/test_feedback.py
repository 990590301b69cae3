"""What students read, line by line."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder import feedback, sentences
from autograder.errors import AssignmentError, Json
from autograder.feedback import explain, level_of, note_words, spoken, words
from autograder.submission import Note
from autograder.verdict import Finding, Verdict

ALL = {**feedback.SENTENCES, **sentences.STRUCTURE, **sentences.NOTES}
ALL |= {f"example {code}": said for code, said in sentences.EXAMPLE.items()}
JARGON = re.compile(r"\b(parse|token|exception|traceback|null|AST|kind|verdict|finding|sandbox)\b")


@pytest.mark.parametrize(
    ("code", "data", "said"),
    [
        (
            "unknown_symbol",
            {"symbol": "d_k", "declared": ["d"], "nearest": "d"},
            "d_k is not a symbol of this question; it has only d. Did you mean d?"
            " Next: use the question's symbols only.",
        ),
        (
            "unknown_symbol",
            {"symbol": "x", "declared": ["mu", "sigma", "d"], "nearest": None},
            "x is not a symbol of this question; it has only mu, sigma and d."
            " Next: use the question's symbols only.",
        ),
        (
            "unknown_symbol",
            {},
            "A name here is not a symbol of this question. Next: use the question's symbols only.",
        ),
        (
            "shape_mismatch",
            {"left": "phi(Q_i) (1, F)", "right": "phi(K_j) (1, F)"},
            "These can't be multiplied: phi(Q_i) (1, F) and phi(K_j) (1, F)."
            " Next: write the shape under each factor.",
        ),
        (
            "wrong_shape",
            {"got": [1, 2], "asked": [2]},
            "The shape is (1, 2); the question asks for (2,). Next: write the shape of each step.",
        ),
        (
            "raises",
            {"error": "ValueError", "line": 52, "message": "bad\n  sizes", "inputs": {"q": [3]}},
            "The code stops with ValueError in line 52: bad sizes. The inputs had the shapes"
            " q (3,). Next: write the shape of each array beside that line.",
        ),
        (
            "wrong_shape",
            {"got": [], "asked": "1 axis", "inputs": {"q": [3], "K": [4, 3], "s": None}},
            "The shape is (); the question asks for 1 axis. The inputs had the shapes q (3,),"
            " K (4, 3). Next: write the shape of each step.",
        ),
        (
            "wrong_kind",
            {"found": "expression", "expected": "relation"},
            "This is a formula; the question asks for a relation."
            " Next: read in the question what form the answer has.",
        ),
        (
            "unknown_name",
            {"name": "W_o", "in_scope": ["self", "x", "_"]},
            "W_o is not defined where it is used; there you can use self and x."
            " Next: see where W_o gets its value.",
        ),
        (
            "unknown_name",
            {"name": "scale", "outside": True},
            "scale is not defined where it is used. Next: see where scale gets its value; outside"
            " functions and classes, only imports and plain values count.",
        ),
        (
            "unknown_name",
            {"name": "sns", "module": "seaborn", "line": 8},
            "seaborn can't be imported where answers are graded, so that sns is not defined"
            " (line 8). Next: do without it.",
        ),
        (
            "raises",
            {"error": "TypeError", "message": "f() takes 2 arguments"},
            "The code stops with TypeError: f() takes 2 arguments. Next: check how many things each"
            " call is given, and of which type.",
        ),
        (
            "raises",
            {"error": "ModuleNotFoundError", "module": "seaborn", "inputs": {"q": [3]}},
            "seaborn can't be imported where answers are graded. Next: do without it.",
        ),
        (
            "unexpected",
            {"found": '"'},
            "A quotation mark does not fit here. Next: write the answer between one pair of"
            " quotes, with nothing beside it.",
        ),
        (
            "unexpected",
            {"found": "_"},
            'The sign "_" does not fit here. Next: delete what is left of the blank ____.',
        ),
        (
            "timeout",
            {"seconds": 5.0},
            "The code was stopped after 5 s: it did not finish."
            " Next: look for a loop that never ends.",
        ),
    ],
)
def test_a_sentence_says_what_is_wrong_and_what_to_do(
    code: str, data: dict[str, Json], said: str
) -> None:
    """Given, wrong, next; parts whose data is missing are left out."""
    assert words(code, data) == said


@pytest.mark.parametrize("code", sorted(ALL))
def test_every_sentence_reads_well_without_data(code: str) -> None:
    """No brace or bracket is left over, no engine's word; it ends like a sentence."""
    said = feedback.fill(ALL[code], {})
    assert not re.search(r"[{}\[\]]|  ", said)
    assert said.endswith((".", "?"))
    assert not JARGON.search(said)


@pytest.mark.parametrize("code", sorted({**sentences.READING, **sentences.CODE, **sentences.WRONG}))
def test_every_sentence_about_a_mistake_says_what_to_do_next(code: str) -> None:
    """One next step, at the end."""
    assert feedback.SENTENCES[code].count(" Next: ") == 1


@pytest.mark.parametrize("code", sentences.EXAMPLE)
def test_an_example_says_what_went_in_and_what_to_do_next(code: str) -> None:
    """One next step; a word for the head of its line."""
    said = sentences.EXAMPLE[code]
    assert said.startswith(("{tried}: ", "{values}: ")) and said.count(" Next: ") == 1
    assert feedback.example_head(code).isupper()


@pytest.mark.parametrize(
    ("others", "only", "said"),
    [
        ([], "", "runs; 3 of 3 examples pass"),
        (["q1", "q2"], "", "runs; 3 of 3 examples pass; it agrees with your q1 and q2"),
        ([], "shapes", "runs; 3 of 3 examples pass (shapes only)"),
    ],
)
def test_what_passes_is_said_exactly(others: list[str], only: str, said: str) -> None:
    """An example that looks at shapes only says nothing of numbers."""
    assert feedback.passed_words("", 3, others, only) == said
    assert feedback.passed_words("Scale", 3, others, only) == f"Scale {said}"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("ModuleNotFoundError: No module named 'torch'", "torch is not installed. To get it: "),
        ("OSError: libc10.so", "torch can't be loaded (OSError: libc10.so). Next: install it"),
    ],
)
def test_why_nothing_was_run(reason: str, said: str) -> None:
    """Torch is missing, or broken."""
    assert f"Code was read but not run: {said}" in feedback.absent_words(reason)


@pytest.mark.parametrize(
    ("reason", "build", "said"),
    [
        ("No module named 'torch'", "", "not installed. To get it: pip install --upgrade torch"),
        ("No module named 'torch'", "linux", "To get it: pip install --upgrade torch --index-url "),
        ("No module named 'torch'", "intel_mac", "Intel Macs end at torch 2.2"),
        ("torch 2.1 is older than 2.2", "", "torch 2.1 is older than 2.2, the oldest that will"),
        ("torch 2.1 is older than 2.2", "intel_mac", 'pip install "torch==2.2.*" "numpy<2"'),
    ],
)
def test_the_torch_to_get_is_the_one_for_the_system(reason: str, build: str, said: str) -> None:
    """Where one is missing, or too old."""
    assert said in feedback.absent_words(reason, build)


def test_the_level_verdict_says_right_wrong_or_unreadable_only() -> None:
    """Whatever the code and the hint."""
    for verdict, said in {
        Verdict.CORRECT: "Right.",
        Verdict.INCORRECT: "Not right.",
        Verdict.INVALID: "The answer can't be read.",
    }.items():
        finding = Finding(verdict, "unknown_symbol", {"symbol": "x", "where": "column 2"})
        assert explain(finding, "verdict", "a hint", [Note("older_stub", {})]) == said


def test_structure_is_kept_for_the_level_full() -> None:
    """At `hints` a wrong sign is not right, and no more."""
    finding = Finding(Verdict.INCORRECT, "sign")
    said = explain(finding, "hints")
    assert said == "Not right. Next: check that the answer was read as you meant it."
    assert explain(Finding(Verdict.INCORRECT, "differs", {"point": "d = 2"}), "hints") == (
        "Not right. Next: work a small case out by hand."
    )
    assert explain(finding, "full") == "Only the sign is wrong."


def test_a_named_mistake_has_its_hint_instead_of_a_next_step() -> None:
    """What is wrong stays, the bank's question follows."""
    finding = Finding(Verdict.INVALID, "unknown_name", {"name": "num_heads"})
    hint = "Where was this name defined?"
    assert explain(finding, "hints", hint) == f"num_heads is not defined where it is used. {hint}"
    assert explain(Finding(Verdict.INCORRECT, "sign"), "hints", hint) == f"Not right. {hint}"


def test_the_place_comes_first() -> None:
    """A column for those who see no caret."""
    finding = Finding(Verdict.INVALID, "empty", {"where": "column 9"})
    assert explain(finding, "hints").startswith("Column 9: There is nothing here.")


def test_a_note_that_students_need_is_added() -> None:
    """Notes without words of their own are for staff."""
    notes = [Note("json_backslashes_recovered", {}), Note("internal", {})]
    assert explain(Finding(Verdict.CORRECT, "right"), "hints", None, notes) == (
        "Right. Note: single backslashes were read as they were typed."
    )


def test_an_unknown_code_has_a_sensible_sentence() -> None:
    """By the verdict."""
    assert words("new", {}, "hints", Verdict.INCORRECT).startswith("Not right. Next: ")
    assert words("new", {}).startswith("The answer can't be read. Next: ")
    assert note_words(Note("new", {})) == "new"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (["a", "b", "c"], "a, b and c"),
        (["a"], "a"),
        ([2, 3], "(2, 3)"),
        ({"d": 4, "n": 2}, "d = 4, n = 2"),
        (0.1, "0.1"),
        (None, ""),
        ("x" * 999, "x" * 299 + "…"),
    ],
)
def test_data_is_put_into_words(value: Json, said: str) -> None:
    """Lists, shapes, numbers; nothing longer than four lines."""
    assert spoken(value) == said


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("bad_character", {"char": "\u200f"}),
        ("bad_subscript", {"found": "\u202e"}),
        ("bad_character", {"char": "\x07"}),
    ],
)
def test_a_character_that_nobody_sees_is_told_by_its_number(code: str, data: Json) -> None:
    """To type it in another way would be no help."""
    assert isinstance(data, dict)
    point = f"U+{ord(str(next(iter(data.values())))):04X}"
    assert words(code, data) == (
        f"A character stands here that can't be seen ({point})."
        " Next: delete what stands here, and type it again."
    )
    assert words("bad_character", {"char": "§"}).startswith('"§" can')


def test_of_code_that_no_answer_needs_nothing_has_to_be_done() -> None:
    """Below the note stands that the file may be handed in."""
    note = Note("syntax_error", {"where": "cell 4, line 2", "line": 2, "message": "no"})
    assert feedback.note_words(note) == (
        "Python can't read this code (cell 4, line 2): no; it was left out."
        " Next: mend it if an answer needs it."
    )


def test_what_a_student_typed_is_never_taken_for_a_template() -> None:
    """Braces and brackets in data stay as they are."""
    said = words("unknown_symbol", {"symbol": "{declared}[x]", "declared": ["[h, d]"]})
    assert said.startswith("{declared}[x] is not a symbol of this question; it has only [h, d].")


@pytest.mark.parametrize(
    ("setting", "before", "after"),
    [("hints", "hints", "hints"), ("verdict; full after due", "verdict", "full")],
)
def test_the_level_before_and_after_the_due_date(setting: str, before: str, after: str) -> None:
    """One word for both, or two."""
    assert (level_of(setting), level_of(setting, after_due=True)) == (before, after)
    with pytest.raises(AssignmentError, match="write verdict, hints or full"):
        level_of("loud")


# Where codes are made: Unreadable("code", …), Finding(Verdict.X, "code"), wrong("code"), ….
MADE = re.compile(
    r"""(?:Unreadable|Note|ShapeFault|Fault|wrong|invalid)\(\s*"([a-z]\w+)"
    |(?:Finding\(\s*Verdict\.\w+|Decision\(\s*"\w+"),\s*"([a-z]\w+)"
    |Code:\ TypeAlias\ =\ Literal\[([^]]*)\]""",
    re.VERBOSE,
)


def made(text: str) -> Iterator[str]:
    """The codes that a source makes."""
    for one, other, several in MADE.findall(text):
        yield from filter(None, [one, other, *re.findall(r'"(\w+)"', several)])


def test_every_code_has_words() -> None:
    """Codes found in the source of the rooms that make them."""
    package = Path(feedback.__file__).parent
    rooms = ("examples", "kinds", "compare", "formats", "language", "grading.py")
    files = [p for room in rooms for p in [package / room, *(package / room).rglob("*.py")]]
    found = {code for path in files if path.is_file() for code in made(path.read_text())}
    assert {"free_response", "too_long", "too_big", "einsum_order"} <= found
    assert sorted(code for code in found if not feedback.known(code)) == []
