"""The student's screen: a row for each answer, what to do next, no promise."""

from dataclasses import replace

import pytest

from autograder.renderers.checked import ABSENT, Page, answer_lines, reading_text, tried_text
from autograder.renderers.columns import columns
from autograder.report import CheckedAnswer, CheckedProblem, CheckReport, Since, State, Tried


def test_a_long_echo_is_wrapped_below_itself() -> None:
    """No line is longer than 80 columns."""
    lines = list(answer_lines(CheckedAnswer("q1", State.READ, "alpha + beta " * 12)))
    assert len(lines) == 3
    assert lines[0].startswith(" ·  q1          read  alpha")
    assert lines[1].startswith(" " * 22 + "+ beta")
    assert all(len(line) <= 80 for line in lines)


def test_blanks_are_counted_and_not_called_mistakes() -> None:
    """The last lines say what to do with each, and never that all is right."""
    answers = [CheckedAnswer(f"q{n}", State.BLANK, place=f"line {n}") for n in range(1, 11)]
    problem = CheckedProblem(1, "One", (*answers, CheckedAnswer("q0", State.READ, "x")))
    text = tried_text(CheckReport("hw", "1.0", "a.py", "", (problem,)))
    assert "1 read · 0 unreadable · 10 blank" in text
    assert "q8 line 8, and 2 more; check again, then hand in a.py." in " ".join(text.split())
    assert "mistake" not in text and "pass" not in text


def test_a_check_without_findings_does_not_say_that_all_is_right() -> None:
    """It has no key."""
    problem = CheckedProblem(1, "One", (CheckedAnswer("q0", State.READ, "x"),))
    text = tried_text(CheckReport("hw", "1.0", "a.py", "", (problem,)))
    assert 'Not checked: whether what is "read" is "right"' in text
    assert text.endswith("Next: read once more what stands above, then hand in a.py.\n")


def test_what_is_not_in_the_file_is_told_once_above_the_answers() -> None:
    """A slip in a name looks like a blank; of a foreign file nothing is listed twice."""
    answers = (CheckedAnswer("q0", State.READ, "x"), CheckedAnswer("q1", State.BLANK, place=ABSENT))
    report = CheckReport("hw", "1.0", "a.py", "", (CheckedProblem(1, "One", answers),))
    text = " ".join(reading_text(report).split())
    assert "Note: not in the file under its own name: q1. Next: see that it stands there" in text
    foreign = replace(report, problems=(CheckedProblem(1, "One", answers[1:]),))
    assert "Note: nothing in a.py has the name of a question." in reading_text(foreign)
    assert tried_text(foreign).endswith("Next: check the file that you were given and filled in.\n")


def test_a_place_that_is_no_line_stands_in_brackets() -> None:
    """Else its comma would look like the end of a question."""
    places = ("line 3", "cell 6, line 2", ABSENT, "", "lines 97-120")
    answers = [CheckedAnswer(f"q{n}", State.BLANK, place=each) for n, each in enumerate(places)]
    report = CheckReport("hw", "1.0", "a.py", "", (CheckedProblem(1, "One", tuple(answers)),))
    listed = "q0 line 3, q1 (cell 6, line 2), q2 (not in the file), q3, q4 lines 97-120; check"
    assert listed in " ".join(tried_text(report).split())


READ = CheckedProblem(1, "One", tuple(CheckedAnswer(f"q{n}", State.READ, "x") for n in range(3)))
PASSED = CheckedAnswer("q0", State.PASSED, "runs; 2 of 2 examples pass", covers=("q0",))
FAILED = CheckedAnswer(
    "q1-q2",
    State.MISTAKE,
    place="line 52",
    said="q (3,), K (4, 3): returned (1, 2), asked for (2,). Next: look.",
    head="WRONG SHAPE",
    covers=("q1", "q2"),
)


def tried(tried: Tried) -> str:
    """The last part of a check of three answers."""
    return tried_text(CheckReport("hw", "1.0", "a.py", "", (READ,), tried=tried))


def test_examples_stand_below_what_was_read() -> None:
    """A row for each function and each class; what fails is something to do next."""
    lines = tried(Tried((PASSED, FAILED), 2, 3, 4)).splitlines()
    assert lines[:5] == [
        " ✓  q0          runs; 2 of 2 examples pass",
        " ✗  q1-q2       WRONG SHAPE · line 52",
        "                q (3,), K (4, 3): returned (1, 2), asked for (2,).",
        "                Next: look.",
        "",
    ]
    assert lines[5] == "3 read · 1 mistake · 0 unreadable · 0 blank"
    assert lines[6] == "Public examples: 2 of 4 pass; 1 could not be run yet."
    assert lines[-1] == "Next: q1-q2 line 52; check again, then hand in a.py."


def test_without_torch_the_screen_says_how_to_get_it() -> None:
    """Nothing passes and nothing fails."""
    text = tried(Tried((), 0, 0, 4, "Code was read but not run."))
    assert text.startswith("Code was read but not run.\n\n3 read · 0 unreadable")
    assert "Public examples: none of 4 was run." in text


@pytest.mark.parametrize("width", [24, 40, 72, 80])
def test_a_command_is_in_one_piece_on_every_screen(width: int) -> None:
    """It is to be copied; the terminal may break it, we don't."""
    command = "pip install torch --index-url https://download.pytorch.org/whl/cpu"
    absent = Tried((), 0, 0, 4, f"Code was read but not run. To get it: {command}")
    report = CheckReport("hw", "1.0", "a.py", "", (READ,), tried=absent)
    lines = tried_text(report, width).splitlines()
    assert command in lines
    assert "Code was read" in lines[0]
    short = replace(report, tried=absent._replace(absent="To get it: pip install x"))
    assert tried_text(short, width).splitlines()[0] == "To get it: pip install x"


def test_code_that_is_tried_below_says_so() -> None:
    """The dot beside it is not the last word."""
    report = CheckReport("hw", "1.0", "a.py", "", (READ,), below=frozenset({"q1"}))
    lines = reading_text(report).splitlines()
    assert lines[4:6] == [" ·  q0          read  x", " ·  q1          read  x; tried below"]


def test_a_shape_stays_on_one_line() -> None:
    """So do the numbers of an inner list."""
    said = "MultiHeadMade(12, 3) with Q (5, 4, 12), K (5, 7, 12), V (5, 7, 12): it stops."
    lines = list(answer_lines(CheckedAnswer("q1", State.MISTAKE, said=said)))
    assert lines[1].endswith("K (5, 7, 12), V")
    assert lines[2].strip() == "(5, 7, 12): it stops."


def test_a_command_to_be_copied_stays_on_one_line() -> None:
    """However long the sentence before it."""
    said = "Code was read but not run: torch is not installed. To get it: pip install torch here"
    assert tried(Tried((), 0, 0, 4, said)).splitlines()[1] == "pip install torch here"


def blanks(states: str, notes: tuple[str, ...] = ()) -> tuple[CheckedAnswer, ...]:
    """Blanks of one class: r is read, b is blank."""
    return tuple(
        CheckedAnswer(
            f"q{n}", State.READ if state == "r" else State.BLANK, f"x{n}", f"line {n}",
            notes=notes, shared=True,
        )
        for n, state in enumerate(states)
    )  # fmt: skip


def rows(answers: tuple[CheckedAnswer, ...], *below: str, chosen: bool = False) -> list[str]:
    """The rows of a problem."""
    problem = CheckedProblem(1, "One", answers)
    report = CheckReport("hw", "1.0", "a.py", "", (problem,), below=frozenset(below))
    lines = reading_text(report, (problem,) if chosen else None).splitlines()
    return list(filter(None, lines[lines.index("1  One") + 1 :]))


def test_blanks_that_are_tried_together_share_a_row() -> None:
    """With what was read in each, in order."""
    assert rows(blanks("rrr"), "q0", "q1", "q2") == [
        " ·  q0-q2       read  all filled, tried below: x0; x1; x2"
    ]
    assert len(rows(blanks("rrr"))) == 3, "not tried: each for itself"
    assert len(rows(blanks("rrr"), "q0", "q1", "q2", chosen=True)) == 3, "-q: each for itself"


def test_empty_blanks_of_a_class_share_a_row() -> None:
    """They are listed, not failed."""
    assert rows(blanks("rbbbr"))[1] == " ○  q1-q3       BLANK · lines 1-3"
    assert len(rows(blanks("rbr"))) == 3
    assert len(rows(blanks("bbb", notes=("something",)))) == 6


def test_a_note_stands_below_its_answer() -> None:
    """It is no mistake."""
    answer = CheckedAnswer("q1", State.READ, "x", notes=("words were left out.",))
    assert list(answer_lines(answer))[1] == " " * 16 + "Note: words were left out."


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (Since("22:41", more=3), "since 22:41: 3 more are read"),
        (Since("22:41", more=1), "since 22:41: 1 more is read"),
        (Since("22:41"), "since 22:41: as many are read"),
        (Since("22:41", same_file=True), "since 22:41: the same file"),
        (Since("22:41", lost=("q1",)), "since 22:41: q1 is no longer read"),
        (Since("22:41", failing=("q1", "q2")), "since 22:41: q1 and q2 no longer pass"),
        (
            Since("22:41", 2, ("a", "b", "c", "d"), ("q1",)),
            "Since 22:41: 2 more are read; q1 now passes; a, b and 2 more are no longer read",
        ),
    ],
)
def test_what_changed_stands_in_the_last_lines(since: Since, said: str) -> None:
    """On the line of the counts where it fits; better before worse."""
    report = CheckReport("hw", "1.0", "a.py", "", (READ,), since=since)
    assert said in tried_text(report)
    assert all(columns(line) <= 80 for line in tried_text(report).splitlines())


@pytest.mark.parametrize("width", [80, 59, 40, 24])
def test_a_narrow_screen_can_be_read(width: int) -> None:
    """Nothing is wider than it; an answer starts below its name."""
    wrong = replace(FAILED, state=State.UNREADABLE, head="", typed="漢" * 50 + "$", span=(50, 51))
    problem = CheckedProblem(1, "One " * 30, (*READ.answers, wrong, replace(PASSED, covers=())))
    report = CheckReport("hw", "1.0", "漢.py" * 5, "", (problem,), tried=Tried((FAILED,), 1, 2, 3))
    text = reading_text(report, None, width) + tried_text(report, width)
    assert all(columns(line) <= width for line in text.splitlines())
    assert ("    1234567890" in "\n".join(answer_lines(LONG, Page(width)))) is (width == 24)


LONG = CheckedAnswer("q5c_space", State.READ, "1234567890")
