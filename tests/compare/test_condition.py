"""Two conditions are equal when they describe the same set."""

import pytest

from autograder.compare.condition import (
    ConditionDecision,
    decide_condition,
    is_condition,
    only_numbers,
    quantity,
)
from autograder.language.statements.conditions import read_condition
from autograder.language.tree import Tree
from compare.deciding import vocabulary

SIM = "sim: (vector(D), vector(D)) -> real, q, k: vector(D)"


def condition(text: str, symbols: str) -> Tree:
    return read_condition(text, vocabulary(symbols)).answer


def decided(
    answer: str, key: str, symbols: str = "x, y, z: real", where: str = ""
) -> ConditionDecision:
    known = vocabulary(symbols, where)
    return decide_condition(condition(answer, symbols), condition(key, symbols), known)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0 < x", "x > 0"),
        ("2x > 0", "x > 0"),
        ("-x < 0", "x > 0"),
        ("x^3 > 0", "x > 0"),
        ("exp(x) > 1", "x > 0"),
        ("x > 0 and x > -1", "x > 0"),
        ("not x <= 0", "x > 0"),
        ("x in (0, inf)", "x > 0"),
        ("|x| < 1", "-1 < x < 1"),
        ("x^2 < 1", "-1 < x < 1"),
        ("x^4 >= 16", "x >= 2 or x <= -2"),
        ("x^2 != 0", "x != 0"),
        ("(x - 3)(x - 2) = 0", "x = 2 or x = 3"),
        ("x >= 1 and x <= 1", "x = 1"),
        ("x^2 + 2x + 1 >= 0", "true"),
        ("(x - 1)^2 < 0", "false"),
        ("x < 10^6", "x < 1000000"),
        ("3x <= 1", "x <= 1/3"),
        ("x^2 < 2", "-sqrt(2) < x < sqrt(2)"),
        ("x^5 - x - 1 > 0", "1 + x - x^5 < 0"),
        ("sqrt(x + 1) > x - 1", "-1 <= x < 3"),
        ("sqrt(x) + sqrt(x + 5) < 5", "0 <= x < 4"),
        ("x |x| > 4", "x > 2"),
        ("max(x, 2) < 3", "x < 3"),
        ("sign(x) = 1", "x > 0"),
        ("2^x > 8", "x > 3"),
        ("(1/2)^x > 4", "x < -2"),
        ("log10(x) < 2", "0 < x < 100"),
        ("ln(x) < 2", "0 < x < e^2"),
        ("cbrt(x) < 2", "x < 8"),
        ("x^(1/3) > 2", "x > 8"),
        ("x < y", "y - x > 0"),
        ("x + y < z", "z - x > y"),
        ("x y > 0", "x > 0 and y > 0 or x < 0 and y < 0"),
        ("x > y and y > z and x > z", "x > y > z"),
        ("x + y = 3 and x - y = 1", "x = 2 and y = 1"),
        ("x <= y and y <= x", "x = y"),
        ("x^2 + y^2 = 0", "x = 0 and y = 0"),
        ("sqrt(x^2 + y^2) <= 2", "x^2 + y^2 <= 4"),
        ("x^2 + y^2 >= 2x y", "true"),
        ("min(x, y) >= 1", "x >= 1 and y >= 1"),
        ("exp(x) > exp(y)", "x > y"),
        ("exp(x y) > z", "z < exp(y x)"),
    ],
)
def test_the_same_set_is_proved(one: str, other: str) -> None:
    """However it is written, in both directions."""
    assert decided(one, other).outcome == decided(other, one).outcome == "proved"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x > pi/2", "2x > pi"),
        ("e^(2x) - 3e^x + 2 < 0", "0 < x < ln(2)"),
        ("sin(x) > 1/2 and 0 <= x <= pi", "pi/6 < x < 5 pi/6"),
        ("cos(x) < 0 and 0 <= x <= 2 pi", "pi/2 < x < 3 pi/2"),
        ("x log(x) > 0", "x > 1"),
        ("x^100 > 1", "|x| > 1"),
        ("floor(x) = 2", "2 <= x < 3"),
        ("|x| < |y|", "x^2 < y^2"),
        ("x^2 = y^2", "x = y or x = -y"),
        ("x/y > 1 and y > 0", "x > y > 0"),
    ],
)
def test_the_same_set_agrees_where_it_is_not_proved(one: str, other: str) -> None:
    """At all places that were looked at."""
    assert decided(one, other).equal
    assert decided(other, one).equal


@pytest.mark.parametrize(
    ("answer", "key", "code"),
    [
        ("x >= 0", "x > 0", "strictness"),
        ("x > 0", "x >= 0", "strictness"),
        ("x in [0, 1]", "x in (0, 1]", "strictness"),
        ("x^2 < 2", "-sqrt(2) < x <= sqrt(2)", "strictness"),
        ("exp(x) >= 2", "exp(x) > 2", "strictness"),
        ("x + y <= z", "x + y < z", "strictness"),
        ("x^2 + y^2 <= 4", "x^2 + y^2 < 4", "strictness"),
        ("x < 0", "x > 0", "reversed"),
        ("x > 1 or x < 0", "x < 1 and x > 0", "other_set"),
        ("-1 > x > 1", "-1 < x < 1", "too_strict"),
        ("y > x", "x > y", "reversed"),
        ("x != 0", "x > 0", "too_loose"),
        ("x != 0", "true", "too_strict"),
        ("x > 1", "x > 0", "too_strict"),
        ("x > 1e-9", "x > 0", "too_strict"),
        ("0 < x < 1000000", "x > 0", "too_strict"),
        ("x^2 > 0", "x > 0", "too_loose"),
        ("-1 < x < 1", "-1 < x < 2", "too_strict"),
        ("x < 1/3", "x < 0.333", "too_loose"),
        ("x > 3.14159265358979", "x > pi", "too_loose"),
        ("x < 9", "sqrt(x) < 3", "too_loose"),
        ("x <= 0", "1/x <= 0", "strictness"),
        ("x = 1 and x = 2", "x = 1 or x = 2", "too_strict"),
        ("x = 3", "x = 2", "other_set"),
        ("x > z", "x > y > z", "too_loose"),
        ("x = 1 and y = 3", "x = 1 and y = 2", "other_set"),
        ("true", "x^2 + y^2 > 0", "too_loose"),
        ("x > y", "exp(x) > y", "too_strict"),
        ("|x| <= 1 and |y| <= 1", "|x| + |y| <= 1", "too_loose"),
        ("x y > 0", "x > 0 and y > 0", "too_loose"),
    ],
)
def test_another_set_is_rejected_with_how_it_differs(answer: str, key: str, code: str) -> None:
    """Too many or too few points, both, only an end, or the wrong way round."""
    found = decided(answer, key)
    assert (found.outcome, found.code) == ("differs", code)
    assert found.at


@pytest.mark.parametrize(
    ("answer", "key", "at"),
    [
        ("x >= 0", "x > 0", {"x": "0"}),
        ("x > 1", "x > 0", {"x": "1/2"}),
        ("x < 1", "x <= 0.99", {"x": "100/101"}),
        ("x^2 >= 2", "x^2 > 2", {"x": "-1.414213562"}),
        ("x = 3", "x = 2", {"x": "3"}),
    ],
)
def test_the_evidence_is_a_point_they_disagree_on(
    answer: str, key: str, at: dict[str, str]
) -> None:
    """Exact where it can be written."""
    found = decided(answer, key, "x: real").at
    assert found == at


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1/x > 0", "x > 0"),
        ("sqrt(x) >= 0", "x >= 0"),
        ("log(x) > 0", "x > 1"),
        ("x/x = 1", "x != 0"),
        ("1/0 < x", "false"),
        ("log(x^2) > 0", "x < -1 or x > 1"),
        ("exp(acosh(x)) > 0", "x >= 1"),
        ("sqrt(-1 - x^2) > 0", "false"),
    ],
)
def test_a_point_without_a_value_is_not_in_the_set(one: str, other: str) -> None:
    """A relation holds only where both sides have a real value."""
    assert decided(one, other).outcome == "proved"


@pytest.mark.parametrize(
    ("symbols", "one", "other", "equal"),
    [
        ("n: integer", "n > 0", "n >= 1", True),
        ("n: integer", "0 < n < 1", "false", True),
        ("n: integer", "n^2 < 5", "|n| < 3", True),
        ("n: integer", "n >= 0", "n > 0", False),
        ("n: size", "n > 0", "true", True),
        ("n: size", "n > 1", "true", False),
        ("n: positive", "n^2 > 1", "n > 1", True),
        ("n: positive", "n > -1", "true", True),
        ("n: positive", "n >= 1", "n > 1", False),
        ("n, m: integer", "n > m", "n >= m + 1", True),
        ("n, m: integer", "n > m", "n >= m", False),
        ("a: real, b, c: positive", "a < b/c", "a c < b", True),
        ("a: real, b, c: positive", "a < b/c", "a b < c", False),
    ],
)
def test_only_values_of_the_declared_kind_count(
    symbols: str, one: str, other: str, equal: bool
) -> None:
    """Whole numbers have neighbours, sizes begin at one."""
    found = decided(one, other, symbols)
    assert (found.equal, found.outcome == "differs") == (equal, not equal)


def test_only_points_that_satisfy_the_relations_count() -> None:
    """What the question states is given."""
    symbols = "a, b, c: real"
    assert not decided("a < 2", "a < 2 and a < b + 1", symbols).equal
    assert decided("a < 2", "a < 2 and a < b + 1", symbols, "a <= b").equal
    assert decided("c > 0", "a > b", symbols, "c = a - b").equal


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("x <= inf", "x < inf"),
        ("x^(1/3) < 2", "0 <= x < 8"),
        ("x^(1/3) < 2", "x < 8"),
        ("x > 10^(10^10)", "x > 0"),
        (" and ".join(f"x != {n}" for n in range(100)), "x > 0"),
    ],
)
def test_what_is_unclear_or_too_large_is_left_to_a_person(answer: str, key: str) -> None:
    """Neither right nor wrong."""
    assert decided(answer, key, "x: real").outcome == "undecided"


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("A and (B or C)", "A and B or A and C", True),
        ("not (A or B)", "not A and not B", True),
        ("not (A and B)", "not A and not B", False),
        ("A implies B", "not B implies not A", True),
        ("A xor B", "(A or B) and not (A and B)", True),
        ("A iff B", "A and B", False),
    ],
)
def test_propositions_are_equal_for_all_truth_values(one: str, other: str, equal: bool) -> None:
    """A table of truth values decides."""
    assert decided(one, other, "A, B, C: real").equal is equal


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("sim(q, k) > 0", None),
        ("0 < sim(k, q) < 1", None),
        ("sim > 0", None),
        ("sim(., .) > 0", None),
        ("sum_j sim(q, k) > 0", "about_a_sum"),
        ("sim(q, q) > 0", "about_equal_arguments"),
        ("q^T k > 0", "no_quantity"),
        ("1 > 0", "no_quantity"),
        ("sim(q, k) > D", "several_quantities"),
    ],
)
def test_a_condition_on_a_function_is_about_one_value(text: str, fault: str | None) -> None:
    """For an arbitrary pair, not a sum, a special case or something else."""
    assert quantity(condition(text, SIM), vocabulary(SIM)) == fault
    assert not only_numbers(vocabulary(SIM))


def test_a_value_of_a_function_is_a_number_like_any_other() -> None:
    """Whatever its arguments are called."""
    assert decided("2 sim(q, k) - 1 > -1", "0 < sim(k, q)", SIM).outcome == "proved"
    assert decided("sim(q, k) >= 0", "sim(q, k) > 0", SIM).code == "strictness"


def test_an_expression_is_no_condition() -> None:
    """A relation or a chain is."""
    assert is_condition(condition("0 < x < 1", "x: real"))
    assert is_condition(condition("x < 1 or x > 2", "x: real"))
    assert not is_condition(condition("x + 1", "x: real"))
