"""The handout as a page: complete, valid, and with nothing to load or to run."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from small import small

from autograder.assignment import Assignment, load
from autograder.handout.page import page

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.parent.name for path in (ROOT / "assignments").glob("*/spec.py"))
ALL = [small(), *map(load, NAMES)]
every = pytest.mark.parametrize("assignment", ALL, ids=lambda each: each.name)


def tree(assignment: Assignment) -> ElementTree.Element:
    """The page, which is well-formed XML but for its first line."""
    first, rest = page(assignment).split("\n", 1)
    assert first == "<!doctype html>"
    return ElementTree.fromstring(rest)


def shown(element: ElementTree.Element) -> str:
    """What a reader sees of it, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def asking(words: str) -> Assignment:
    """A small assignment that begins with an author's own words."""
    return replace(small(), intro=words)


def intro(words: str) -> ElementTree.Element:
    """The part of the page with those words."""
    found = tree(asking(words)).find("body/header")
    assert found is not None
    return found


@every
def test_every_question_has_an_anchor_of_its_own(assignment: Assignment) -> None:
    """Blanks in shared code too; no id twice, no link to nowhere."""
    found = tree(assignment)
    ids = [each.get("id") for each in found.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert {question.id for question in assignment} <= set(ids)
    assert {str(each.get("href")) for each in found.iter("a")} <= {f"#{name}" for name in ids}


@every
def test_every_formula_is_mathematics(assignment: Assignment) -> None:
    """No LaTeX is left outside of code."""
    found = tree(assignment)
    formulas = list(found.iter("math"))
    assert formulas and {each.get("display") for each in formulas} <= {"inline", "block"}
    for code in [*found.iter("code"), *found.iter("style")]:
        code.clear()
    assert not set("$\\`") & set(shown(found))


@every
def test_nothing_is_loaded_and_nothing_runs(assignment: Assignment) -> None:
    """No script, no picture, no style sheet, no font from anywhere."""
    found = tree(assignment)
    tags = {each.tag for each in found.iter()}
    assert not tags & {"script", "img", "link", "iframe", "object", "form"}
    names = {name for each in found.iter() for name in each.attrib}
    assert not [name for name in names if name.startswith("on") or name in ("src", "style")]
    assert not re.search(r"https?:|url\(|@import", page(assignment))


@every
def test_headings_go_down_one_step_at_a_time(assignment: Assignment) -> None:
    """A screen reader's table of contents."""
    levels = [int(each.tag[1]) for each in tree(assignment).iter() if re.match(r"h\d", each.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_it_says_what_it_is_and_how_to_answer() -> None:
    """In English, for a phone too."""
    found = tree(small())
    assert found.get("lang") == "en"
    assert found.findtext("head/title") == "Small things"
    assert '<meta name="viewport" content="width=device-width' in page(small())
    assert "small 1.0 · 7 questions, 8.5 points" in shown(found)
    assert "python3 check.py answers.py Put -q q1 behind it" in shown(found)


def test_a_question_stands_under_its_problem() -> None:
    """With its kind, its points, its symbols and its code."""
    found = {each.get("id"): shown(each) for each in tree(small()).iter("section")}
    assert found["q1"] == "q1 formula, 1 point Give S2, with x in code."
    assert found["q3"].endswith("And with n only? Symbols: n.")
    assert found["q5"].endswith('def double(x): """x: (n,) returns: (n,)""" return ____')
    assert found["problem-2"].startswith("2 Code Write it.")
    assert "q5" in found["problem-2"] and "q5" not in found["problem-1"]


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        'a <b onclick="x()">b</b> & c',
        "AT&T",
        "</section>",
        "# of heads",
    ],
)
def test_what_looks_like_markup_is_shown(words: str) -> None:
    """An author's words reach a student as they are typed."""
    assert words in shown(intro(words))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("a [paper](https://example.org/a)", "https://example.org/a"),
        ("a ![picture](https://example.org/b.png)", "https://example.org/b.png"),
    ],
)
def test_a_link_is_a_link_and_a_picture_too(words: str, wanted: str) -> None:
    """A page without network can't show it."""
    assert [each.get("href") for each in intro(words).iter("a")] == [wanted]
    assert "<img" not in page(asking(words))


def test_a_price_is_no_formula() -> None:
    """Dollars beside digits are money."""
    assert "from $5 to $6 a page" in shown(intro("from $5 to $6 a page"))


def test_a_comma_stays_with_its_formula() -> None:
    """No line begins with it."""
    spans = intro("for `a`, (`b`) and `c`").findall("p/span")
    assert [shown(each) for each in spans] == ["a,", "(b)", "c"]
