"""What a typed answer means, as it stands in a Python file."""

from pathlib import Path

import pytest
from worksheet import answer, read_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r'r"\frac{1}{2}"', r"\frac{1}{2}"),
        (r'"\frac{1}{2}"', r"\frac{1}{2}"),
        (r'"\\frac{1}{2}"', r"\frac{1}{2}"),
        (r"R'\nabla'", r"\nabla"),
        (r'"\xi + \u03 + \N"', r"\xi + \u03 + \N"),
        (r'"\theta\times\beta"', r"\theta\times\beta"),
        ("b'd'", "d"),
        ("f'd'", "d"),
        ("u'd'", "d"),
        (r'rb"\xi"', r"\xi"),
        ('"""d"""', "d"),
        ('r"""a\nb"""', "a\nb"),
        (r"'V\'_i'", "V'_i"),
        (r"r'V\'_i'", "V'_i"),
        ('"a" "b"', "ab"),
        ('("a"\n  "b"  # more\n  r"c")', "abc"),
        ('"a" + "b"', "ab"),
        ('"d",', "d"),
        ('"a # b"  # a comment', "a # b"),
        ("' d '", " d "),
    ],
)
def test_quotes_are_taken_off_and_escapes_are_not_read(
    source: str, text: str, tmp_path: Path
) -> None:
    """A literal means the characters between its quotes, with doubled backslashes made one."""
    assert answer(tmp_path, f"q1a = {source}\n").text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("r“d”", "d"),
        ("“d”", "d"),
        (r"„\frac{1}{d}“", r"\frac{1}{d}"),
        ("r”d”", "d"),
        ("‘V’", "V"),
        ("r“““don’t”””", "don’t"),
        ("r“____”", ""),
        ("r“”", ""),
        ("“a” + “b”", "“a” + “b”"),
        ("“it's”", "it's"),
        ('“d" ', "d"),
        ('r"d”  # mine', "d"),
        ("‘d'", "d"),
        ("'d’", "d"),
    ],
)
def test_quotes_of_a_word_processor_are_quotes(source: str, text: str, tmp_path: Path) -> None:
    """Python refuses them; what stands between them is meant all the same."""
    found = answer(tmp_path, f"q1a = {source}\n")
    assert (found.text, found.fault) == (text, None)


@pytest.mark.parametrize("source", ['r"d""', '"it’s d', "f('d’)"])
def test_a_quote_that_has_no_partner_stays_a_fault(source: str, tmp_path: Path) -> None:
    """Nothing is guessed where both ends are straight, or the quotes are not the outermost."""
    assert answer(tmp_path, f"q1a = {source}\n").fault is not None


@pytest.mark.parametrize("source", ['r"____d"', '"d____"', 'r"____d____"', "____d", "“____d”"])
def test_a_mark_that_is_left_beside_an_answer_is_no_part_of_it(source: str, tmp_path: Path) -> None:
    """Somebody typed before or behind the blank."""
    assert answer(tmp_path, f"q1a = {source}\n").text == "d"


@pytest.mark.parametrize("line", ["__", "___", "_____", " ________ "])
def test_a_line_of_another_length_is_a_blank_too(line: str, tmp_path: Path) -> None:
    """Whoever deletes or adds an underscore has answered nothing."""
    assert answer(tmp_path, f'q1a = r"{line}"\n').text == ""


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("mu @ mu", "mu @ mu"),
        ("mu^T mu  # unquoted", "mu^T mu"),
        (r"\frac{1}{d}", r"\frac{1}{d}"),
        ("[1, 4, 3]", "[1, 4, 3]"),
        ('{"W_v"}', '{"W_v"}'),
        ("torch.Size([h, d, q])", "torch.Size([h, d, q])"),
        ("[\n  h,  # heads\n  d,\n]", "[h, d]"),
        ("(\n  h,\n)", "(h,)"),
        ('torch.einsum("bd,dk->bk", x, W)', 'torch.einsum("bd,dk->bk", x, W)'),
        ("a + \\\n  b", "a + b"),
        ("3.5", "3.5"),
    ],
)
def test_without_quotes_the_source_is_the_answer(source: str, text: str, tmp_path: Path) -> None:
    """What isn't a literal is taken as it is written, without comments, on one line."""
    assert answer(tmp_path, f"q1a = {source}\n").text == text


@pytest.mark.parametrize(
    "source",
    ['r"____"', '""', '"  "', "____", "", '"""\n____\n"""', '""  ""', "...", 'r"____"  # todo'],
)
def test_an_untouched_answer_is_empty(source: str, tmp_path: Path) -> None:
    """The mark, empty quotes, white space and nothing at all are no answer and no fault."""
    found = answer(tmp_path, f"q1a = {source}\n")
    assert (found.text, found.fault) == ("", None)


@pytest.mark.parametrize("left", ["q1a: str", "q1a:str", "q1a ", "q1a = q1b", "x = 1; q1a"])
def test_ways_to_write_the_left_side(left: str, tmp_path: Path) -> None:
    """Annotations, chains and a semicolon before it don't hide an answer."""
    assert answer(tmp_path, f'{left} = r"d"\n').text == "d"


def test_a_chain_answers_each_of_its_questions(tmp_path: Path) -> None:
    """`q1a = q1b = ...` is an answer to both."""
    assert answer(tmp_path, 'q1a = q1b = r"d"\n', "q1b").text == "d"


def test_what_follows_a_semicolon_is_not_part_of_it(tmp_path: Path) -> None:
    """A second statement on the line is a statement of its own."""
    assert answer(tmp_path, 'q1a = r"a;b"; print(q1a)\n').text == "a;b"


def test_a_comparison_is_no_answer(tmp_path: Path) -> None:
    """`q1a == ...` sets nothing."""
    assert "q1a" not in read_text(tmp_path, 'q1a == r"d"\n').responses


def test_a_missing_quote_is_a_syntax_error_of_that_answer_alone(tmp_path: Path) -> None:
    """The fault says where; the next line keeps its answer."""
    found = read_text(tmp_path, 'q1a = r"d\nq1b = r"e"\n').responses
    assert found["q1a"].fault is not None
    assert found["q1a"].fault.code == "syntax_error"
    assert found["q1a"].fault.data["line"] == 1
    assert found["q1a"].fault.data["text"] == 'q1a = r"d'
    assert (found["q1b"].text, found["q1b"].fault) == ("e", None)


def test_prose_with_broken_quotes_keeps_all_its_lines(tmp_path: Path) -> None:
    """Python ends it at the first, but a person will read it."""
    written = '"It doesn\'t train.\nNor does W_k."'
    found = read_text(tmp_path, f"q1c = {written}\n\nq1a = r'd'\n").responses
    assert found["q1c"].fault is not None
    assert (found["q1c"].text, found["q1a"].text) == (written, "d")


def test_prose_may_run_over_many_lines(tmp_path: Path) -> None:
    """A person reads it as it was written."""
    written = "One.\n\n    # no comment\n    Two."
    assert answer(tmp_path, f'q1c = """{written}"""\n', "q1c").text == written
