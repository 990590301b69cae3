"""What Gradescope is told of a submission."""

import re
from dataclasses import replace

import pytest
from gradescope_format import assert_gold, assert_valid
from markdown_it import MarkdownIt

from autograder.renderers.gradescope import Frame, code, escaped, results_json, staff_text
from autograder.report import Upload
from autograder.verdict import QuestionResult, SubmissionResult, Verdict


def question(name: str, verdict: Verdict, score: float | None, **about: object) -> QuestionResult:
    """One result; what isn't said is as it is for a formula."""
    plain = {
        "code": "right",
        "points": 1,
        "feedback": "Right.",
        "read_as": "x^2",
        "proved": False,
        "mistake": None,
        "answer": "x**2",
        "staff_note": "",
        "digest": f"x{name}",
    }
    return QuestionResult(name, verdict, score=score, **{**plain, **about})  # type: ignore[arg-type]


RIGHT = question("a", Verdict.CORRECT, 1, proved=True)
WRONG = question(
    "b", Verdict.INCORRECT, 0, code="differs", feedback="Not right. Is *each* W_q used?",
    mistake="a hint's name", staff_note="largest = 0.2",
)  # fmt: skip
UNREADABLE = question(
    "c", Verdict.INVALID, 0, code="syntax", read_as="", answer="2 +\n  `x`", feedback="Column 4."
)
BLANK = question(
    "d", Verdict.BLANK, 0, code="untouched", read_as="", answer="", feedback="Fill it."
)
PROSE = question("e", Verdict.UNGRADED, None, code="free_response", points=2, feedback="A person.")
HALF = question("f", Verdict.PARTIAL, 0.5, code="part", points=1, feedback="Partly right.")
ALL = (RIGHT, WRONG, UNREADABLE, BLANK, PROSE, HALF)
FRAME = Frame({each.question: f"1.{at}" for at, each in enumerate(ALL, 1)}, {"a": "formula"})


def graded(*questions: QuestionResult, notes: tuple[str, ...] = ()) -> SubmissionResult:
    """A graded submission."""
    return SubmissionResult(
        "sky", "ada@x.org", "answers.py", questions, notes, "1.0", "key", "files"
    )


def test_every_verdict_has_its_place() -> None:
    """Read as, right or wrong, what to do; what waits is there without a score."""
    frame = replace(FRAME, seconds=7.26, upload=Upload(late=7_500.0))
    assert_gold(results_json(graded(*ALL, notes=("b is *twice* in it",)), frame), "every_verdict")


def test_a_grading_that_goes_on_says_so() -> None:
    """What isn't graded is no failure, and the student reads whose fault it is."""
    so_far = replace(graded(RIGHT), submission="")
    content = results_json(so_far, replace(FRAME, waiting=("b", "c")))
    assert_gold(content, "goes_on")


def test_the_hosts_own_folder_is_no_name() -> None:
    """Students never see it; they know what they handed in."""
    several = replace(graded(RIGHT), submission="submission")
    assert results_json(several, FRAME)["output"].startswith("sky 1.0\n\n")
    lost = replace(several, questions=(replace(RIGHT, code="not_opened", score=None),))
    (box,) = results_json(replace(lost, notes=("submission: no file in it",)), FRAME)["tests"]
    assert box["output"].startswith("Nothing could be opened – no file in it. Next: upload")


def test_no_name_of_a_file_breaks_the_first_line() -> None:
    """Line ends and what steers a terminal are blanks there."""
    odd = replace(graded(RIGHT), submission="my\nan\x1b[31m  swers\u202e.py")
    assert results_json(odd, FRAME)["output"].startswith("sky 1.0 · my an [31m swers .py\n\n")


def test_what_went_wrong_in_the_grader_is_for_staff() -> None:
    """Students read that it isn't their fault, not which process ended or what it said."""
    said = "its worker ended: KeyError: 'x' (kinds/shape.py:7)"
    lost = replace(RIGHT, verdict=Verdict.UNGRADED, code="grader_fault", score=None)
    result = graded(replace(lost, staff_note=said), notes=(said, "nothing was answered in b.py"))
    content = results_json(result, FRAME)
    assert "KeyError" not in str(content) and "nothing was answered" in content["output"]
    assert said in staff_text(result, FRAME)


def test_what_the_grader_did_not_look_at_is_not_counted_as_read() -> None:
    """Its own fault says nothing about what stands in the file."""
    failed = question("b", Verdict.UNGRADED, None, code="grader_fault", read_as="", answer="")
    assert "\n1 read" in results_json(graded(RIGHT, failed), FRAME)["output"]
    assert " read ·" not in results_json(graded(failed), FRAME)["output"]


@pytest.mark.parametrize("visibility", ["after_due_date", "after_published"])
def test_hidden_scores_are_announced(visibility: str) -> None:
    """All tests are hidden alike, how answers were read is not, and nothing tells them right."""
    upload = Upload(earlier={"a": 0, "b": 1})
    content = results_json(graded(*ALL), replace(FRAME, visibility=visibility, upload=upload))  # type: ignore[arg-type]
    assert_valid(content)
    assert {each["visibility"] for each in content["tests"]} == {visibility}
    assert "5 answers are judged already" in content["output"]
    when = "after the last due date" if visibility == "after_due_date" else "are published"
    assert when in content["output"]
    assert "1 unreadable (c) · 1 blank (d)" in content["output"]
    assert not re.search("better|worse|[Rr]ight|wrong", content["output"])


def test_what_cannot_be_opened_is_one_visible_box() -> None:
    """With the reason and the next step; not 32 zeros."""
    lost = [replace(each, code="not_opened", verdict=Verdict.UNGRADED, score=None) for each in ALL]
    frame = replace(FRAME, visibility="after_published")
    result = graded(*lost, notes=("a.zip: a web page saved as .zip",))
    assert_gold(results_json(result, frame), "not_opened")
    assert staff_text(result, frame).endswith("\nnote: a.zip: a web page saved as .zip\n")


def test_what_changed_since_the_last_submission() -> None:
    """Only where both have a score; nothing is said when nothing is known."""
    earlier = {"a": 0.0, "b": 1.0, "c": 0.0, "d": None, "gone": 1.0}
    said = results_json(graded(*ALL), replace(FRAME, upload=Upload(earlier=earlier)))["output"]
    assert "Since your last submission: better: a; worse: b." in said
    same = {"a": 1.0, "b": 0.0}
    said = results_json(graded(*ALL), replace(FRAME, upload=Upload(earlier=same)))["output"]
    assert "Since your last submission: the same score for every answer." in said
    assert "Since" not in results_json(graded(*ALL), FRAME)["output"]


def test_staff_read_codes_and_notes_that_students_do_not() -> None:
    """Mistakes by their names, notes, and what is wrong with the host's own file."""
    frame = replace(FRAME, upload=Upload(attempts=2, about="metadata can't be read"))
    text = staff_text(graded(*ALL), frame)
    assert "b            incorrect   0/1  differs  mistake: a hint's name  largest = 0.2" in text
    assert "note: metadata can't be read\nearlier submissions: 2\n" in text
    shown = str(results_json(graded(*ALL), frame))
    assert not any(secret in shown for secret in ("a hint's name", "largest", "metadata"))


@pytest.mark.parametrize(
    "text",
    [
        "a*b*c and x_i, _w_ is __init__, q5b_i and q5b_ii",
        "<script>alert(1)</script> &amp; &lt;",
        "# no heading\n- no list\n1. no list\n> no quotation",
        "[a](http://x.org) ![b](c) [d]: e",
        "`code` ~~gone~~ | no | table |\n|---|---|",
        r"\frac{a}{b} $x$ $$y$$ \* \`",
        "https://no.link is text",
    ],
)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    """A renderer of Markdown makes plain paragraphs of it and nothing else."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escaped(text))
    plain = re.sub(r"</?p>|\n$", "", html)
    for name, sign in {"lt": "<", "gt": ">", "quot": '"', "amp": "&"}.items():
        plain = plain.replace(f"&{name};", sign)
    assert plain == text


@pytest.mark.parametrize("text", ["a\r\r<b>x", "a\n\n<b>x"])
def test_no_answer_leaves_the_sentence_about_it(text: str) -> None:
    """Its lines are shown as lines, whatever their ends are: HTML in them is text."""
    for said in (replace(RIGHT, read_as=text), replace(UNREADABLE, answer=text)):
        html = MarkdownIt().render(results_json(graded(said), FRAME)["tests"][0]["output"])
        assert "<b>" not in html and "&lt;b&gt;x" in html


@pytest.mark.parametrize("text", ["a", "`", "``a` b", "a\nb", "```\nx\n````", "<b>", " x "])
def test_code_ends_where_it_should(text: str) -> None:
    """No answer can leave its box."""
    tokens = MarkdownIt().parse(code(text))
    inside = [c for t in tokens for c in ([t] if t.type == "fence" else t.children or [])]
    assert [each.content.rstrip("\n") for each in inside] == [text]
