"""The page for instructors says what the program does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from compare.collection import FILES, lines

import autograder
from autograder import sentences
from autograder.comparing import judge
from autograder.errors import Unreadable
from autograder.kinds.closed_form import ClosedForm
from autograder.language.vocabulary import declare
from autograder.submission import Place, Response
from autograder.verdict import Verdict

PACKAGE = Path(autograder.__file__).parent
PAGE = (PACKAGE.parent / "docs" / "typed-answers.md").read_text(encoding="utf-8")
README = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"`((?:\\\||[^`])+)`")  # `…`, in a table with \| for a bar
TYPED = ("closed_form", "matrix_expression", "growth", "condition", "shape", "einsum", "values")
AT_HINTS = {**sentences.READING, **sentences.CODE, **sentences.WRONG, **sentences.OTHER}
SYMBOLS = {  # of the other kinds, where x stands between sizes
    "growth": {"n": "size", "m": "size"},
    "shape": {"n": "size", "m": "size"},
    "condition": {"x": "real"},
}
VERDICTS = {verdict.value for verdict in Verdict}


def rows(heading: str) -> Iterator[list[str]]:
    """The cells of the first table below a heading's first words, its own head left out."""
    below = PAGE[PAGE.index(heading) :].splitlines()
    start = next(at for at, line in enumerate(below) if line.startswith("|---"))
    for line in below[start + 1 :]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def examples(cells: list[str]) -> list[str]:
    return [text.replace("\\|", "|") for cell in cells for text in EXAMPLE.findall(cell)]


def notations() -> Iterator[tuple[str, str, str]]:
    """Kind, the first form of a row, and another form of it."""
    for what, *cells in rows("Declared here"):
        first, *others = examples(cells)
        yield from (("matrix" if "A" in first else "closed_form", first, text) for text in others)
        assert len(others) == 3, what
    for kind, *cells in rows("The other kinds"):
        first, *others = examples(cells)
        yield from ((kind.strip("`"), first, text) for text in others)


def declared() -> dict[str, str]:
    """The symbols of the page, as `compare` takes them."""
    found = re.search(r"^Declared here: `(.*)`$", PAGE, re.MULTILINE)
    assert found is not None
    symbols = declare(found[1]).symbols
    spelled = {name: f"matrix({', '.join(sort.shape)})" for name, sort in symbols.items()}
    spelled |= {n: f"vector({s.shape[0]})" for n, s in symbols.items() if len(s.shape) == 1}
    return spelled | {name: s.domain for name, s in symbols.items() if not s.shape}


@pytest.mark.parametrize(("kind", "first", "other"), [*notations()])
def test_a_row_of_the_table_says_one_thing(kind: str, first: str, other: str) -> None:
    """Each example is read, and means what the first of its row means."""
    symbols = SYMBOLS[kind] if kind in SYMBOLS else declared()
    found = judge({"kind": kind, "key": first, "answer": other, "symbols": symbols})
    assert found.get("verdict") == "correct", found


def codes_in_use() -> set[str]:
    """Codes with a sentence that stand as text in what reads and compares typed answers."""
    files = [PACKAGE / "comparing.py", *(PACKAGE / "kinds" / f"{kind}.py" for kind in TYPED)]
    files += [*(PACKAGE / "language").rglob("*.py"), *(PACKAGE / "compare").rglob("*.py")]
    texts = {
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return texts & {*AT_HINTS, *sentences.STRUCTURE}


def test_the_table_of_codes_is_that_of_the_program() -> None:
    """Each once, with no other; and with the level at which its sentence is said."""
    table = [(code.strip("`"), verdict, level) for code, verdict, _, level in rows("## Codes")]
    assert sorted(code for code, _, _ in table) == sorted(codes_in_use())
    for code, verdict, level in table:
        early, late = code in AT_HINTS, code in sentences.STRUCTURE
        assert level == ("both" if early and late else "full" if late else "hints"), code
        assert verdict in VERDICTS, code


def test_the_notes_on_the_page_have_sentences() -> None:
    """And are those of typed answers."""
    line = next(line for line in PAGE.splitlines() if line.startswith("An answer that counts"))
    assert set(examples([line])) == {
        note for note in sentences.NOTES if note.endswith("_dropped")
    } - {"statements_dropped"}


def test_what_the_page_says_of_precedence_is_so() -> None:
    """The examples that are said to mean something else do."""
    for text, meant, is_it in [
        ("-x^2", "-(x^2)", "correct"),
        ("x^-1/2", "(x^-1)/2", "correct"),
        ("1/2x", "x/2", "correct"),
        ("1/2x", "1/(2x)", "incorrect"),
        ("x2", "2x", "correct"),
        ("x or y", "x", "invalid"),
    ]:
        case = {"kind": "closed_form", "key": meant, "answer": text, "symbols": ["x", "y"]}
        assert judge(case)["verdict"] == is_it, text


@pytest.mark.parametrize("text", ["x2", "x 2", "x + i", "z"])
def test_what_the_page_calls_refused_is_refused_in_an_assignment(text: str) -> None:
    """There is a student who can be asked back."""
    with pytest.raises(Unreadable):
        ClosedForm(declare("x, y: real")).read(Response(text, Place("answers.py")))


def test_the_readme_leads_to_the_page() -> None:
    """One line for instructors."""
    assert "docs/typed-answers.md" in README


@pytest.mark.parametrize("name", FILES)
def test_the_figures_are_of_the_collection_as_it_is(name: str) -> None:
    """How many pairs of a kind were judged; times are not looked at."""
    figures = PAGE[PAGE.index("## Figures") :]
    found = re.search(rf"^{name} +(\d+) ", figures, re.MULTILINE)
    assert found is not None
    assert int(found[1]) == len(lines(name))
