"""Blanks in a class, found by the public text around them."""

import subprocess
import sys
from pathlib import Path

import pytest
from worksheet import FILLED, PUMP, codes, filled, read_text

from autograder.submission import Response


def blanks(folder: Path, source: str) -> dict[str, Response]:
    found = read_text(folder, source).responses
    return {id: found[id] for id in FILLED if id in found}


def texts(folder: Path, source: str) -> dict[str, str]:
    return {id: response.text for id, response in blanks(folder, source).items()}


@pytest.mark.parametrize(
    ("blank", "text"),
    [
        ("q3a", "width"),
        ("q3a", "(width)"),
        ("q3a", "stages * (width // stages)"),
        ("q3a", "'wide'"),
        ("q3b", "out_features=width"),
        ("q3b", "width, bias=True"),
        ("q3c", "softmax"),
        ("q3c", "nn.functional.softmax"),
        ("q3d", "loss[:, None]"),
        ("q3e", "self.outlet"),
        ("q3e", "self.outlet.forward"),
        ("q3e", "lambda z: self.outlet(z)"),
        ("q3e", "(lambda z: self.outlet(z))"),
        ("q3e", "self.outlet if True else self.inlet"),
    ],
)
def test_a_blank_has_the_text_that_was_put_in(blank: str, text: str, tmp_path: Path) -> None:
    """Whatever expression stands in its place is the answer; the others have theirs."""
    found = blanks(tmp_path, filled(**{blank: text}))
    assert {id: r.text for id, r in found.items()} == {**FILLED, blank: text}
    assert not any(r.notes or r.fault for r in found.values())


def test_untouched_blanks_are_empty(tmp_path: Path) -> None:
    """The class as it was handed out holds no answers."""
    assert texts(tmp_path, PUMP) == dict.fromkeys(FILLED, "")


def test_a_deleted_mark_is_an_empty_blank(tmp_path: Path) -> None:
    """Taking the mark away is not yet an answer."""
    found = blanks(tmp_path, filled(q3e=""))["q3e"]
    assert (found.text, found.fault) == ("", None)


def test_a_blank_says_its_line(tmp_path: Path) -> None:
    """Messages can point at it."""
    line = PUMP[: PUMP.index("# q3d")].count("\n") + 1
    assert blanks(tmp_path, filled())["q3d"].place == ("s01.py", line, None)


@pytest.mark.parametrize("width", [20, 40, 60, 120])
def test_a_formatter_changes_no_answer(width: int, tmp_path: Path) -> None:
    """Wrapped lines, commas before brackets and moved tags are not the student's."""
    source = filled(q3a="stages * (width // stages)", q3b="self.inlet.out_features")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", f"--line-length={width}", "-"]
    run = subprocess.run(command, input=source, text=True, capture_output=True, check=True)
    assert (run.stdout != source) == (width < 100)
    found = blanks(tmp_path, run.stdout)
    assert {id: r.text for id, r in found.items()} == texts(tmp_path, source)
    assert not any(r.notes or r.fault for r in found.values())


def test_brackets_around_a_value_are_seen_through(tmp_path: Path) -> None:
    """A wrapped return is the same return."""
    source = filled().replace(
        "return self.outlet(self.join(lift))",
        "return (\n            self.outlet  # here\n            (self.join(lift))\n        )",
    )
    assert texts(tmp_path, source) == FILLED


def test_quotes_tags_and_blank_lines_do_not_matter(tmp_path: Path) -> None:
    """Tags may be gone: the public text finds the blank."""
    source = "\n\n".join(line.split("  #")[0] for line in filled().split("\n"))
    assert texts(tmp_path, source) == FILLED


def test_statements_and_methods_may_change_places(tmp_path: Path) -> None:
    """Order is not part of the question."""
    head, pressure, forward = filled().split("    def ")[0:1] + filled().split("    def ")[2:]
    start = "    def " + filled().split("    def ")[1]
    lines = start.split("\n")
    lines[4], lines[5] = lines[5], lines[4]
    source = head + "    def " + forward + "\n" + "\n".join(lines) + "    def " + pressure
    assert texts(tmp_path, source) == FILLED


def test_a_renamed_class_is_found_by_its_methods(tmp_path: Path) -> None:
    """Its name is not a blank."""
    assert texts(tmp_path, filled().replace("class Pump", "class MyPump")) == FILLED


def test_edited_surroundings_are_noted_and_what_is_found_is_read(tmp_path: Path) -> None:
    """`F.softmax` for `torch.____`: the answer is softmax, and the note shows both lines."""
    source = filled().replace("torch.nn.functional.softmax(flow", "F.softmax(flow")
    found = blanks(tmp_path, source)
    assert found["q3c"].text == "softmax"
    assert [note.code for note in found["q3c"].notes] == ["surroundings_changed"]
    assert found["q3c"].notes[0].data == {
        "line": found["q3c"].place.line,
        "was": "rates = torch.____(flow, dim=-1) / math.sqrt(self.width)",
        "is": "rates = F.softmax(flow, dim=-1) / math.sqrt(self.width)",
    }
    assert {id: r.text for id, r in found.items() if id != "q3c"} == {
        id: text for id, text in FILLED.items() if id != "q3c"
    }


@pytest.mark.parametrize(
    ("was", "now", "blank", "text"),
    [
        ("/ math.sqrt(self.width)", "/ self.width ** 0.5", "q3c", "nn.functional.softmax"),
        ("return torch.matmul(rates, loss)", "out = torch.matmul(rates, loss)", "q3d", "loss"),
        (
            "nn.Linear(width, width)",
            "nn.Linear(in_features=width, out_features=width)",
            "q3a",
            "width",
        ),
        (
            "nn.Linear(width, self.width)",
            "nn.Linear(width, self.width, bias=False)",
            "q3b",
            "self.width, bias=False",
        ),
        (
            "return self.outlet(self.join(lift))",
            "y = self.outlet(self.join(lift))",
            "q3e",
            "self.outlet",
        ),
    ],
)
def test_ways_to_edit_a_line(was: str, now: str, blank: str, text: str, tmp_path: Path) -> None:
    """What stands in the place of the blank is found in an edited line."""
    source = filled()
    assert was in source
    assert texts(tmp_path, source.replace(was, now))[blank] == text


def test_a_line_that_is_gone_is_a_fault_of_its_blank(tmp_path: Path) -> None:
    """Neighbouring lines, however alike, are not taken for it."""
    source = "\n".join(line for line in filled().split("\n") if "self.inlet =" not in line)
    found = blanks(tmp_path, source)
    assert found["q3a"].fault == (
        "blank_not_found",
        {"was": "self.inlet = nn.Linear(____, width)", "is": None},
    )
    assert found["q3b"].text == FILLED["q3b"]


def test_a_rewritten_line_is_shown_beside_the_public_one(tmp_path: Path) -> None:
    """The tag still says which line it was."""
    source = filled().replace("nn.Linear(width, width)", "make_layer(stages)")
    fault = blanks(tmp_path, source)["q3a"].fault
    assert fault is not None
    assert (fault.code, fault.data["is"]) == ("blank_not_found", "self.inlet = make_layer(stages)")


def test_a_changed_public_line_is_noted(tmp_path: Path) -> None:
    """Blanks are judged at their own line; staff see that the class was edited."""
    found = read_text(tmp_path, filled().replace("self.width = width", "self.width = 64"))
    assert found.notes == (("class_changed", {"name": "Pump", "lines": ["self.width = width"]}),)


def test_without_the_class_there_are_no_entries(tmp_path: Path) -> None:
    """Deleted blanks are missing, not blank."""
    assert blanks(tmp_path, "q1a = 1\n") == {}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("nn.Linear(width, self.width)", "nn.Linear(width, self.width"),
        ("nn.Linear(width, self.width)", "nn.Linear(width, self width)"),
        ("nn.Linear(width, self.width)", "nn.Linear(width, )self.width)"),
        ("nn.Linear(width, self.width)", "nn.Linear(width, 'self.width)"),
    ],
)
def test_a_syntax_error_in_the_class_costs_one_blank(was: str, now: str, tmp_path: Path) -> None:
    """Only the blank of the broken line has the fault."""
    found = blanks(tmp_path, filled().replace(was, now))
    assert found["q3b"].fault is not None and found["q3b"].fault.code == "syntax_error"
    others = {id: (r.text, r.fault) for id, r in found.items() if id != "q3b"}
    assert others == {id: (text, None) for id, text in FILLED.items() if id != "q3b"}


def test_a_syntax_error_beside_the_blanks_costs_none(tmp_path: Path) -> None:
    """A broken line without a blank is a note."""
    source = filled().replace("lift = self.pressure(", "lift = self.pressure((")
    found = read_text(tmp_path, source)
    assert {id: found.responses[id].text for id in FILLED} == FILLED
    assert "syntax_error" in codes(found)


def test_a_line_out_of_the_margin_costs_nothing(tmp_path: Path) -> None:
    """A statement that slipped to the left, and the methods after it, are still found."""
    source = filled().replace("        self.outlet =", "self.outlet =")
    assert texts(tmp_path, source) == FILLED


def test_of_two_copies_of_the_class_the_last_filled_blank_counts(tmp_path: Path) -> None:
    """A copy below the stub's class is where the student worked."""
    found = blanks(tmp_path, filled() + "\n\n" + filled(q3a="stages"))
    assert found["q3a"].text == "stages"
    assert [note.code for note in found["q3a"].notes] == ["answered_twice"]
    assert texts(tmp_path, filled() + "\n\n" + PUMP) == FILLED


def test_a_blank_may_be_answered_by_its_id(tmp_path: Path) -> None:
    """`q3a = ...` in a cell of its own is an answer."""
    assert texts(tmp_path, f'{PUMP}\nq3a = "width"\n')["q3a"] == "width"
