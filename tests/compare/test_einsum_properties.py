"""Random equations against what numpy computes on sizes that all differ."""

import string
from itertools import chain

import numpy as np
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from autograder.compare.einsum import compare, misfit, read_equation

PROPERTY = settings(max_examples=200)
SIZES = (2, 3, 4, 5)
Operands = list["NDArray[np.float64]"]

letters = st.sampled_from("abcd")
subscripts = st.lists(letters, min_size=1, max_size=3).map("".join)


@st.composite
def equations(draw: st.DrawFn, operands: int = 2) -> str:
    """An equation over few letters, with an output of letters that occur."""
    inputs = draw(st.lists(subscripts, min_size=operands, max_size=operands))
    known = sorted(set("".join(inputs)))
    output = "".join(draw(st.permutations(known))[: draw(st.integers(0, len(known)))])
    return f"{','.join(inputs)}->{output}"


def arrays(equation: str) -> Operands:
    """Operands for an equation, each letter a size of its own."""
    rng = np.random.default_rng(7)
    size = dict(zip("abcd", SIZES, strict=True))
    return [rng.normal(size=[size[c] for c in part]) for part in equation.split("->")[0].split(",")]


def computed(equation: str, operands: Operands) -> "NDArray[np.float64] | None":
    """What numpy makes of it; None where it refuses."""
    try:
        return np.einsum(equation, *operands)
    except ValueError:
        return None


def same(one: "NDArray[np.float64] | None", other: "NDArray[np.float64] | None") -> bool:
    return (
        one is not None
        and other is not None
        and one.shape == other.shape
        and bool(np.allclose(one, other))
    )


def judged_right(answer: str, key: str) -> bool:
    return compare(read_equation(answer), read_equation(key)) is None


@PROPERTY
@given(equations(), equations())
def test_right_is_what_computes_the_same(key: str, answer: str) -> None:
    """For two equations at random."""
    operands = arrays(key)
    expected = computed(key, operands)
    assert expected is not None
    assert judged_right(answer, key) is same(computed(answer, operands), expected)


@PROPERTY
@given(equations(), st.integers(0, 20), letters)
def test_one_letter_is_enough(key: str, place: int, letter: str) -> None:
    """An equation with one letter exchanged is right only where it computes the same."""
    at = [n for n, char in enumerate(key) if char.isalpha()]
    position = at[place % len(at)]
    answer = key[:position] + letter + key[position + 1 :]
    left, right = answer.split("->")
    assume(set(right) <= set(left) and len(set(right)) == len(right))
    operands = arrays(key)
    assert judged_right(answer, key) is same(computed(answer, operands), computed(key, operands))


@PROPERTY
@given(equations(), st.permutations(string.ascii_letters))
def test_renaming_all_letters_changes_nothing(key: str, names: list[str]) -> None:
    """Any 52 letters will do."""
    renamed = key.translate(str.maketrans(string.ascii_letters, "".join(names)))
    assert judged_right(renamed, key)
    assert judged_right(key, renamed)


@PROPERTY
@given(st.lists(subscripts, min_size=1, max_size=3), st.permutations(string.ascii_letters))
def test_an_implied_output_is_what_torch_implies(parts: list[str], names: list[str]) -> None:
    """Letters that occur once, capitals first, in the order of the alphabet."""
    implicit = ",".join(parts).translate(str.maketrans(string.ascii_letters, "".join(names)))
    occurring = list(chain.from_iterable(implicit.split(",")))
    explicit = "".join(sorted(c for c in set(occurring) if occurring.count(c) == 1))
    assume(len(implicit.split(",")) > 1)
    operands = [torch.from_numpy(operand) for operand in arrays(",".join(parts) + "->")]
    assert torch.allclose(
        torch.einsum(implicit, *operands), torch.einsum(f"{implicit}->{explicit}", *operands)
    )
    assert judged_right(implicit, f"{implicit}->{explicit}")


@PROPERTY
@given(equations(), st.integers(0, 2), st.integers(0, 3))
def test_dots_stand_for_the_axes_they_hide(key: str, first: int, place: int) -> None:
    """Dots for one axis of the first operand, wherever they stand in the output."""
    left, output = key.split("->")
    one, other = left.split(",")
    position = first % len(one)
    hidden = one[position]
    answer_first = one[:position] + "..." + one[position + 1 :]
    rest = output.replace(hidden, "")
    at = place % (len(rest) + 1)
    answer = f"{answer_first},{other}->{rest[:at]}...{rest[at:]}"
    assume(set(rest) <= set(answer_first + other))
    operands = arrays(key)
    assert judged_right(answer, key) is same(computed(answer, operands), computed(key, operands))


@PROPERTY
@given(equations(), equations(), st.booleans())
def test_declared_axes_say_how_many_axes_dots_hide(key: str, answer: str, hide: bool) -> None:
    """With axes declared a key may have dots, and an answer letters in their place."""
    left, output = key.split("->")
    axes = tuple(tuple(part) for part in left.split(","))
    first = left[0]
    alone = left.count(first) == 1 and hide
    shown = f"...{left[1:]}->{output.replace(first, '...')}" if alone else key
    assume(not alone or first in output)
    assert misfit(read_equation(shown), axes) == ""
    operands = arrays(key)
    right = compare(read_equation(answer), read_equation(shown), axes) is None
    assert right is same(computed(answer, operands), computed(key, operands))


@PROPERTY
@given(equations(), equations())
def test_a_key_fits_declared_axes_where_numpy_takes_them(key: str, declared: str) -> None:
    """One letter for axes of different sizes, or too many letters, do not fit."""
    axes = tuple(tuple(part) for part in declared.split("->")[0].split(","))
    fits = misfit(read_equation(key), axes) == ""
    assert fits is (computed(key, arrays(declared)) is not None)
