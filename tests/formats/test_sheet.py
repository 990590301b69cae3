r"""Answer sheets: JSON as students type it, with LaTeX and single backslashes."""

import json
from pathlib import Path

import pytest
from worksheet import codes, read_text

from autograder.errors import SubmissionError
from autograder.submission import Response


def sheet(folder: Path, text: str, question: str = "q1a") -> Response:
    return read_text(folder, text, "s01.json").responses[question]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('"mu.T @ mu"', "mu.T @ mu"),
        ('" d "', " d "),
        ('"____d"', "d"),
        (r'"\\frac{1}{2}"', r"\frac{1}{2}"),
        (r'"\u03c3"', "σ"),
        ("[1, 4, 3]", "[1, 4, 3]"),
        ("[1.50, 1e3]", "[1.50, 1e3]"),
        ("3", "3"),
        ("1" * 5000, "1" * 5000),
        ("true", "true"),
        ('{"a": ["W_v", null]}', '{"a": ["W_v", null]}'),
        ("null", ""),
        ('"____"', ""),
        ('"  "', ""),
    ],
)
def test_a_value_is_its_text(value: str, text: str, tmp_path: Path) -> None:
    """Strings as typed; numbers and lists as JSON writes them; null and the mark are blank."""
    found = sheet(tmp_path, f'{{"q1a": {value}}}')
    assert (found.text, found.notes, found.fault) == (text, (), None)


@pytest.mark.parametrize(
    "text",
    [
        r"\sigma",
        r"\frac{1}{\sqrt{d}}",
        r"\nabla \theta \times \beta",
        r"\rho\neq\nu",
        r"\mu^\top\mu",
        r"\text{size} \to \tau",
        r"\bar x \right)",
        r"\underline{d}",
        r"\frac1d",
    ],
)
def test_single_backslashes_are_recovered(text: str, tmp_path: Path) -> None:
    """LaTeX typed into JSON without doubling means what it looks like, and a note says so."""
    found = sheet(tmp_path, f'{{"q1a": "{text}", "q1b": "d"}}')
    assert found.text == text
    assert found.notes == (("json_backslashes_recovered", {"question": "q1a"}),)


def test_line_breaks_that_are_no_commands_stay(tmp_path: Path) -> None:
    """In prose and code a line break is a line break; in a formula only before a command."""
    code = "def clip(x, low):\n\tnu = x\n\treturn nu"
    content = {"q1a": "a\nb", "q1c": "one\nnu two\n\tto", "q2": code}
    found = read_text(tmp_path, json.dumps(content), "s01.json").responses
    assert {id: response.text for id, response in found.items()} == content
    assert found["q2"].context == ()


def test_code_in_a_recovered_sheet_keeps_its_line_breaks(tmp_path: Path) -> None:
    """Only formulas get backslashes back."""
    text = r'{"q1a": "\sigma", "q2": "def clip(x, low):\n\treturn x", "q3a": "width"}'
    found = read_text(tmp_path, text, "s01.json").responses
    assert found["q2"].text == "def clip(x, low):\n\treturn x"
    assert codes(found["q2"]) == codes(found["q3a"]) == []


def test_an_untouched_definition_is_empty(tmp_path: Path) -> None:
    """The stub's function pasted into the sheet is no answer."""
    assert sheet(tmp_path, r'{"q2": "def clip(x, low):\n    return ____"}', "q2").text == ""


def test_the_last_of_two_equal_keys_counts(tmp_path: Path) -> None:
    """JSON allows it; a note says it happened."""
    found = sheet(tmp_path, '{"q1a": "a", "q1a": "b"}')
    assert (found.text, codes(found)) == ("b", ["answered_twice"])


def test_white_space_around_a_key_is_no_part_of_it(tmp_path: Path) -> None:
    """Nobody sees it."""
    assert sheet(tmp_path, '{" q1a ": "a"}').text == "a"


@pytest.mark.parametrize("text", ['{"q1a": "a",}', '{"q1a": ["a",]}', '{"q1a": "a",, "q1b": ""}'])
def test_a_comma_too_many_is_called_that(text: str, tmp_path: Path) -> None:
    """By every version of Python, though their own words and columns differ."""
    with pytest.raises(SubmissionError, match=r"not JSON: a comma too many \(line 1, column "):
        read_text(tmp_path, text, "s01.json")


def test_unknown_questions_are_reported(tmp_path: Path) -> None:
    """They are not fatal."""
    found = read_text(tmp_path, '{"q1a": "a", "name": "Ada"}', "s01.json")
    assert found.responses["q1a"].text == "a"
    assert found.notes == (("unknown_question", {"file": "s01.json", "question": "name"}),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"q1a": "a"', "not JSON: it ends too early (line 1, column 12)"),
        ('{"q1a" "a"}', "not JSON: a comma or a colon is missing (line 1, column 8)"),
        (
            '{"q1a": "a", "q1b": "b" "q2": ""}',
            "not JSON: a comma or a colon is missing (line 1, column 25)",
        ),
        ('{"q1a": "a', "not JSON: it ends too early (line 1, column 9)"),
        (
            "{'q1a': 'a'}",
            'not JSON: text has to stand in straight double quotes, such as "a" (line 1, column 2)',
        ),
        (
            '{\n<<<<<<< HEAD\n"q1a": "a"}',
            "not JSON: two versions were merged here and both are still in it (line 2, column 1)",
        ),
        ("[1]", 'not an answer sheet such as {"q1": "..."}'),
        ('"q1a"', 'not an answer sheet such as {"q1": "..."}'),
        ('{"q1a": ' + "[" * 100_000, "not an answer sheet: nested too deep"),
    ],
)
def test_what_is_no_sheet_is_refused_in_one_line(text: str, reason: str, tmp_path: Path) -> None:
    """Staff read what is wrong and where."""
    with pytest.raises(SubmissionError) as error:
        read_text(tmp_path, text, "s01.json")
    assert str(error.value) == f"s01.json: {reason}"


def test_a_value_nested_too_deep_costs_its_answer_alone(tmp_path: Path) -> None:
    """The others are read."""
    text = '{"q1a": ' + "[" * 900 + "]" * 900 + ', "q1b": "d"}'
    found = read_text(tmp_path, text, "s01.json").responses
    assert found["q1a"].fault is not None and found["q1a"].fault.code == "too_deep"
    assert found["q1b"].text == "d"


def test_half_a_surrogate_pair_can_be_written_down_later(tmp_path: Path) -> None:
    """No text leaves the reader that a file can't hold."""
    sheet(tmp_path, r'{"q1a": "\ud800"}').text.encode()
