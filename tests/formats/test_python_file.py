"""Python files: cells, definitions, what runs before them, what is dropped."""

from pathlib import Path

import pytest
from worksheet import STUB, answer, codes, filled, pumps, read_text

CLIP = "def clip(x, low):\n    return max(x, low)"


def test_the_untouched_stub_has_a_place_for_every_answer_and_no_answer(tmp_path: Path) -> None:
    """Every question is there, empty, without a fault or a note."""
    found = read_text(tmp_path, STUB)
    assert list(found.responses) == list(pumps().questions)
    assert all((r.text, r.fault, r.notes) == ("", None, ()) for r in found.responses.values())
    assert found.notes == ()


def test_nothing_is_executed(tmp_path: Path) -> None:
    """A file that would end the program or write a file is only read."""
    mark = tmp_path / "mark"
    bad = f"import sys\nopen({str(mark)!r}, 'w')\nsys.exit(1)\nq1a = r'd'\n"
    assert answer(tmp_path, bad).text == "d"
    assert not mark.exists()


def test_a_definition_keeps_its_source(tmp_path: Path) -> None:
    """Decorators, comments and tabs inside stay; line ends become line feeds."""
    source = "@torch.no_grad()\r\ndef clip(x, low):\r\n\t# mine\r\n\treturn x\r\n\t# after\r\n"
    found = answer(tmp_path, f"import torch\r\n\r\n{source}\r\nq1a = 1\r\n", "q2")
    assert found.text == "@torch.no_grad()\ndef clip(x, low):\n\t# mine\n\treturn x"
    assert found.place.line == 3


@pytest.mark.parametrize(
    "source",
    [
        CLIP,
        "async def clip(x, low):\n    return x",
        "class clip:\n    pass_through = 1",
        "clip = lambda x, low: max(x, low)",
        "clip: object = lambda x, low: (\n    max(x, low)\n)",
        "clip = torch.compile(other)",
        "def clip(x, low): return max(x, low)",
    ],
)
def test_ways_to_define_a_name(source: str, tmp_path: Path) -> None:
    """A def, a class or an assignment with the asked name is the answer."""
    assert answer(tmp_path, f"{source}\n", "q2").text == source


@pytest.mark.parametrize(
    "body",
    [
        "return ____",
        "...",
        "pass",
        "raise NotImplementedError",
        'raise NotImplementedError("later")',
        '"""Only words."""',
        '"""Words."""\n    # a comment\n    return ____',
    ],
)
def test_an_untouched_definition_is_empty(body: str, tmp_path: Path) -> None:
    """A stub in any of its usual forms is no answer."""
    assert answer(tmp_path, f"def clip(x, low):\n    {body}\n", "q2").text == ""


def test_a_stub_of_a_class_is_empty(tmp_path: Path) -> None:
    """Methods that do nothing don't make an answer."""
    source = (
        "class clip(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "    def forward(self, x):\n        return ____\n"
    )
    assert answer(tmp_path, source, "q2").text == ""


def test_a_mark_that_is_left_in_a_started_definition_stays(tmp_path: Path) -> None:
    """Work has been done; judging will say what is missing."""
    source = "def clip(x, low):\n    y = x + 1\n    return ____"
    assert answer(tmp_path, source, "q2").text == source


def test_what_may_run_before_a_definition(tmp_path: Path) -> None:
    """Imports, definitions and literals of all cells; no calls, no main block, no answers."""
    source = f"""
from math import *
import os; import sys
LOW = 3
PAIR = LIMIT, NAMES = -1.5, ["a", {{"b": 2}}]
half = lambda x: x / 2
q1a = r"d"
%matplotlib inline
!pip install it's
net = nn.Linear(3, 4)
print(LOW)
for i in range(3):
    helper = i
if __name__ == "__main__":
    clip(1, 2)
# %% q2
{CLIP}
# %% more

@decorated
def helper(x):
    return x
{filled()}
"""
    found = read_text(tmp_path, source)
    assert found.responses["q2"].context == (
        "from math import *",
        "import os",
        "import sys",
        "LOW = 3",
        'PAIR = LIMIT, NAMES = -1.5, ["a", {"b": 2}]',
        "half = lambda x: x / 2",
        "@decorated\ndef helper(x):\n    return x",
    )
    dropped = [note for note in found.notes if note.code == "statements_dropped"]
    assert [(n.data["count"], n.data["where"]) for n in dropped] == [
        (6, ["line 8", "line 9", "line 10", "3 more"])
    ]


def test_a_syntax_error_costs_the_statement_it_is_in(tmp_path: Path) -> None:
    """Answers before and after it, in its cell and in others, are read."""
    source = STUB.replace("return ____", "return (x", 1).replace(
        'q1b = r"____"', 'x = = 1\nq1b = r"d"\nq1a = r"e"'
    )
    found = read_text(tmp_path, source).responses
    assert (found["q1a"].text, found["q1b"].text) == ("e", "d")
    assert found["q2"].fault is not None
    fault = found["q2"].fault
    assert fault.data["line"] == source[: source.index("return (x")].count("\n") + 1
    assert (fault.data["text"], fault.data["column"]) == ("    return (x", 12)
    assert "was never closed" in str(fault.data["message"])
    assert [r for r in found.values() if r.fault] == [found["q2"]]


def test_an_error_that_costs_no_answer_is_a_note(tmp_path: Path) -> None:
    """Staff see it; no question is blamed."""
    found = read_text(tmp_path, 'x = = 1\nq1a = r"d"\n')
    assert [(n.code, n.data["line"]) for n in found.notes] == [("syntax_error", 1)]


def test_the_marker_tells_whose_definition_a_broken_cell_held(tmp_path: Path) -> None:
    """When even the name can't be read, the question of the cell has the fault."""
    source = "# %% q2\ndeff clip(x, low):\n    return x\n"
    fault = answer(tmp_path, source, "q2").fault
    assert fault is not None and fault.data["line"] == 2


def test_an_open_bracket_costs_one_answer_without_markers(tmp_path: Path) -> None:
    """Someone deleted all markers and left a bracket open."""
    found = read_text(tmp_path, f"q1a = f(d\nq1b = r'e'\n{CLIP}\n").responses
    assert found["q1a"].fault is not None
    assert (found["q1b"].text, found["q2"].text) == ("e", CLIP)


def test_the_last_answer_counts(tmp_path: Path) -> None:
    """A note names the lines, so that nobody wonders."""
    found = answer(tmp_path, "q1a = r'a'\n\nq1a = r'b'\n")
    assert found.text == "b"
    assert found.notes[0] == ("answered_twice", {"where": "line 3", "lines": [1, 3]})


def test_a_blank_after_an_answer_does_not_erase_it(tmp_path: Path) -> None:
    """The stub's blank further down is not an answer."""
    found = answer(tmp_path, f"{CLIP}\n\ndef clip(x, low):\n    return ____\n", "q2")
    assert found.text == CLIP
    assert codes(found) == ["answered_twice"]


def test_an_answer_after_its_blank_needs_no_note(tmp_path: Path) -> None:
    """Answering below the stub's blank is the ordinary thing in a notebook."""
    assert codes(answer(tmp_path, "q1a = r'____'\nq1a = r'b'\n")) == []


def test_an_earlier_definition_may_run_before_the_last(tmp_path: Path) -> None:
    """`clip = wrap(clip)` needs the function that it wraps."""
    found = answer(tmp_path, f"{CLIP}\nclip = wrap(clip)\n", "q2")
    assert found.text == "clip = wrap(clip)"
    assert CLIP in found.context


def test_an_indented_answer_is_read(tmp_path: Path) -> None:
    """Python refuses a stray blank in front; the answer is clear all the same."""
    found = answer(tmp_path, "  q1a = r'd'\n")
    assert (found.text, found.fault) == ("d", None)


def test_a_question_that_is_not_there_has_no_entry(tmp_path: Path) -> None:
    """Deleted is not the same as blank."""
    assert list(read_text(tmp_path, "q1a = 1\n").responses) == ["q1a"]


def test_an_unknown_question_is_reported(tmp_path: Path) -> None:
    """An answer to a question that isn't there is likely a slip."""
    found = read_text(tmp_path, "q1a = 1\nq9z = r'd'\nq9 = 3\n")
    assert found.notes == (("unknown_question", {"file": "s01.py", "question": "q9z"}),)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("# autograder: pumps 1.0", []),
        ("# autograder: pumps 0.9", ["older_stub"]),
        ("# autograder: valves 1.0", ["other_assignment"]),
    ],
)
def test_the_stub_says_its_version(header: str, expected: list[str], tmp_path: Path) -> None:
    """An older stub is read by its ids, and a note says so."""
    found = read_text(tmp_path, f"{header}\nq1a = 1\n")
    assert codes(found) == expected
    assert found.responses["q1a"].text == "1"


def test_a_notebook_exported_as_a_script_is_cut_at_its_cells(tmp_path: Path) -> None:
    """`# In[3]:` is a marker too."""
    source = "# In[1]:\nq1a = f(\n# In[ ]:\nq1b = r'd'\n"
    assert answer(tmp_path, source, "q1b").text == "d"


def test_a_lone_backslash_is_no_statement(tmp_path: Path) -> None:
    """It joins lines of which one is empty; the answers around it are read."""
    found = read_text(tmp_path, "q1a = r'd'\n\\\n\nclass Pump:\n    \\\n\n    x = 1\n").responses
    assert found["q1a"].text == "d"


@pytest.mark.parametrize(
    ("source", "dropped"),
    [
        ('grader.check("q1a")', False),
        ("grader.check_all(); grader.export(pdf=False)", False),
        ('grader = otter.Notebook("a.ipynb")\ngrader', False),
        (
            "# %% grader  (set-up)\ntry:\n    import x\nexcept ImportError:\n    pass\nprint(1)",
            False,
        ),
        ("# %% other\nprint(1)", True),
        ('grade.check("q1a")', True),
        ("print(grader)", True),
        ("grader.total = clip(1, 2)", True),
    ],
)
def test_what_a_notebook_has_for_its_grader_is_not_told_of(
    source: str, dropped: bool, tmp_path: Path
) -> None:
    """A student wrote none of it; nothing else is left out in silence."""
    assert codes(read_text(tmp_path, source)) == ["statements_dropped"] * dropped


def test_what_a_student_defines_in_the_graders_cell_is_kept(tmp_path: Path) -> None:
    """Imports and functions run before an answer, wherever they are."""
    source = f"# %% grader\nimport os\nprint(1)\n# %% q2\n{CLIP}"
    assert answer(tmp_path, source, "q2").context == ("import os",)


def test_a_definition_under_another_name_is_the_answer_of_its_cell(tmp_path: Path) -> None:
    """So that a student reads that the name is wrong, not that the answer is blank."""
    renamed = CLIP.replace("clip", "cut")
    assert answer(tmp_path, f"# %% q2  (code)\n{renamed}\n", "q2").text == renamed
    assert "q2" not in read_text(tmp_path, f"# %% q1a\n{renamed}\n").responses
    assert "q2" not in read_text(tmp_path, "# %% q2\ndef cut(x):\n    ...\n").responses


def test_a_helper_in_the_cell_does_not_take_the_place_of_the_answer(tmp_path: Path) -> None:
    """Nor does it when it stands below."""
    assert answer(tmp_path, f"# %% q2\n{CLIP}\ndef more(x):\n    return 2\n", "q2").text == CLIP


def test_of_a_cell_that_python_refuses_one_error_is_told(tmp_path: Path) -> None:
    """One slip has many."""
    found = read_text(tmp_path, "# %% 1\nx = = 1\ny = = 2\n# %% 2\nz = = 3\n")
    assert [(note.code, note.data["where"]) for note in found.notes] == [
        ("syntax_error", "line 2"),
        ("syntax_error", "line 5"),
    ]


def test_the_marks_of_a_merge_are_one_note(tmp_path: Path) -> None:
    """It says where; of the two answers the lower counts."""
    source = "x = 1\n<<<<<<< HEAD\nq1a = r'a'\n=======\nq1a = r'b'\n>>>>>>> other\n"
    found = read_text(tmp_path, source)
    assert found.responses["q1a"].text == "b"
    assert found.notes == (("merge_marks", {"file": "s01.py", "where": "line 2"}),)


def test_lines_that_python_names_are_lines_of_the_file(tmp_path: Path) -> None:
    """It has seen a part of the file only."""
    fault = read_text(tmp_path, "x = 1\n\nq1a = r'd\n").responses["q1a"].fault
    assert fault is not None and "line" not in str(fault.data["message"])
    source = "x = 1\n\ndef clip(x, low):\nreturn x\n"
    fault = read_text(tmp_path, source).responses["q2"].fault
    assert fault is not None and str(fault.data["message"]).endswith("on line 3")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("\u200bq1a\xa0= r'd'", "d"),
        ("\ufeffq1a = r'd'", "d"),
        ("(q1a := r'd')", "d"),
        ("q1b, q1a = r'e', (r'd'\n r'e')", "de"),
        ("[q1a, x] = [d @ d, 1]", "d @ d"),
        ("q1a: r'd'", "d"),
        ("q1a, q1b = r'____', r'e'", ""),
    ],
)
def test_an_answer_that_is_clear_is_read(source: str, text: str, tmp_path: Path) -> None:
    """What can't be seen is not there; a name may be set in other ways."""
    found = answer(tmp_path, f"{source}\n")
    assert (found.text, found.fault) == (text, None)


@pytest.mark.parametrize(
    ("source", "name", "where"),
    [
        ("if True:\n    q1a = r'd'", "q1a", "line 2"),
        ("x = 1\ndef work():\n    q1a = r'd'", "q1a", "line 3"),
        ("def q1a(x):\n    return x", "q1a", "line 1"),
        ("q1a = r'____'\nq1a += r'd'", "q1a", "line 2"),
        ("q1a = r'd'\nq1a += r'e'", "q1a", "line 2"),
        ("try:\n    def clip(x, low):\n        return x\nfinally:\n    pass", "clip", "line 2"),
    ],
)
def test_an_answer_where_it_is_not_read_is_told_of(
    source: str, name: str, where: str, tmp_path: Path
) -> None:
    """A student would see a blank, and wonder."""
    notes = read_text(tmp_path, f"{source}\n").notes
    assert [note.data for note in notes if note.code == "set_elsewhere"] == [
        {"file": "s01.py", "name": name, "where": where}
    ]


def test_a_name_that_is_set_again_in_a_loop_needs_no_note(tmp_path: Path) -> None:
    """The answer was read."""
    found = read_text(tmp_path, "q1a = r'd'\nfor q1a in [1, 2]:\n    print(q1a)\n")
    assert found.responses["q1a"].text == "d"
    assert codes(found) == ["statements_dropped"]


@pytest.mark.parametrize("space", ["\xa0   ", "\t", "    \u200b"])
def test_code_that_was_pasted_is_read(space: str, tmp_path: Path) -> None:
    """As it is from an answer sheet: its indentation has what can't be seen in it."""
    source = f"def clip(x, low):\n    y = x\n    if y:\n        y = low\n{space}return y\n"
    found = answer(tmp_path, source, "q2")
    assert found.fault is None and "return y" in found.text


def test_a_return_that_slipped_out_of_its_function_is_an_error(tmp_path: Path) -> None:
    """Python says so only when it compiles."""
    found = read_text(tmp_path, "def clip(x, low):\n    y = x\nreturn y\n")
    assert [(note.code, note.data["where"]) for note in found.notes] == [("syntax_error", "line 3")]
