"""Einsum equations are judged by what they compute."""

import pytest

from autograder.compare.einsum import Equation, compare, read_equation
from autograder.errors import Unreadable

KEY = read_equation("bd,hdq->bhq")


def fault(text: str, key: Equation = KEY) -> str | None:
    found = compare(read_equation(text), key)
    return found.code if found is not None else None


@pytest.mark.parametrize(
    "text",
    [
        "bd,hdq->bhq",
        "xy,zyw->xzw",
        "BD,HDQ->BHQ",
        "bD,hDq->bhq",
        "dk,bkh->dbh",
        "bd,hdq",
        "BD,hDq",
        "...d,hdq->...hq",
        "b...,h...q->bhq",
        "bd,...dq->b...q",
        "bd,hd...->bh...",
        "b...d,hdq->b...hq",
        "bd...,hdq->bhq",
    ],
)
def test_the_letters_are_free(text: str) -> None:
    """Renamed, capital, implied or hidden behind dots."""
    assert fault(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bd,hdq->bqh", "einsum_order"),
        ("bd,hdq->hbq", "einsum_order"),
        ("zd,hdq", "einsum_order"),
        ("...d,hdq->h...q", "einsum_order"),
        ("bd,hdq->bhd", "einsum_output_axes"),
        ("bd,hdq->bh", "einsum_output_axes"),
        ("bd,hdq->bhdq", "einsum_output_axes"),
        ("bd,hdq->", "einsum_output_axes"),
        ("bx,hdq->bhq", "einsum_sizes"),
        ("bd,dhq->bhq", "einsum_sizes"),
        ("bb,hbq->bhq", "einsum_sizes"),
        ("bd,bdq->bq", "einsum_sizes"),
        ("bd,hdd->bhd", "einsum_sizes"),
        ("bd,hq->bhq", "einsum_axes"),
        ("bnd,hdq->bnhq", "einsum_axes"),
        ("hdq,bd->bhq", "einsum_axes"),
        ("bd,hdq,q->bhq", "einsum_operands"),
        ("bd->bd", "einsum_operands"),
    ],
)
def test_what_is_wrong_has_a_code(text: str, code: str) -> None:
    """Order, axes, sizes and operands are told apart."""
    assert fault(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("bd,hdq>bhq", "arrow_incomplete"),
        ("bd,hdq-bhq", "arrow_incomplete"),
        ("bd,hdq=>bhq", "arrow_incomplete"),
        ("bd,hdq - > bhq", "arrow_incomplete"),
        ("b1,h1q->bhq", "bad_subscript"),
        ("bα,hαq->bhq", "bad_subscript"),
        ("..d,hdq->bhq", "bad_subscript"),
        ("....d,hdq->bhq", "bad_subscript"),
        ("...d...,hdq->hq", "bad_subscript"),
        ("bd,,hdq->bhq", "operand_missing"),
        ("->bhq", "operand_missing"),
        ("bd,hdq->bhx", "einsum_unknown_output_letter"),
        ("bd,hdq->bhhq", "einsum_output_twice"),
        ("bd,hdq->bhq->bq", "second_arrow"),
        ("matrix multiplication", "not_an_equation"),
        ("x @ W_q", "not_an_equation"),
        ("sum over d", "not_an_equation"),
        ("bd", "not_an_equation"),
    ],
)
def test_what_is_no_equation_has_a_code(text: str, code: str) -> None:
    """Typing slips are told from other things."""
    with pytest.raises(Unreadable) as caught:
        read_equation(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("bd,hdq>bhq", ">"),
        ("b1,hdq->bhq", "1"),
        ("bd,hdq->bhx", "bhx"),
        ("  bd,h#q->bhq", "#"),
        ("\\text{bd},h2q \\to bhq", "2"),
        ("bd,hdq -> bh bhq", "bh bhq"),
        ("…d,h+q->…q", "+"),
    ],
)
def test_a_slip_is_pointed_at(text: str, part: str) -> None:
    """In the text as typed, LaTeX and wide dots included."""
    with pytest.raises(Unreadable) as caught:
        read_equation(text)
    assert caught.value.span is not None
    assert text[slice(*caught.value.span)].strip() == part


@pytest.mark.parametrize(
    "text",
    [
        "bd, hdq -> bhq",
        "b d, h d q -> b h q",
        "bd,hdq→bhq",
        "bd,hdq \\to bhq",
        "$bd,hdq \\rightarrow bhq$",
        "'bd,hdq->bhq'",
        "(bd,hdq->bhq)",
        "bd,hdq->bhq.",
        "equation: bd,hdq->bhq",
        "the equation is bd,hdq->bhq",
        "eq = 'bd,hdq->bhq'",
        "\\text{bd,hdq->bhq}",
        "torch.einsum('bd,hdq->bhq', x, W_q)",
        'np.einsum("bd,hdq->bhq", x, W_q)',
        "Q = einsum('bd, hdq -> bhq', x, self.W_q)",
        "return torch.einsum('bd,hdq->bhq', x, W_q)",
    ],
)
def test_what_stands_around_an_equation_is_read_past(text: str) -> None:
    """Blanks, quotes, arrows of all sorts, a whole call."""
    found = read_equation(text)
    assert (found.inputs, found.output) == (("bd", "hdq"), "bhq")


def test_a_whole_call_says_its_operands() -> None:
    """In the order in which they are passed."""
    found = read_equation("torch.einsum('bd,hdq->bhq', x, self.W_q)")
    assert found.operands == ("x", "self.W_q")


@pytest.mark.parametrize(
    "text",
    [
        "2*torch.einsum('bd,hdq->bhq', x, W_q)",
        "-torch.einsum('bd,hdq->bhq', x, W_q)",
        "torch.einsum('bd,hdq->bhq', x, W_q) + b",
        "torch.einsum('bd,hdq->bhq', x, W_q)**2",
        "torch.einsum('bd,hdq->bhq', x, W_q).sum()",
        "torch.einsum('bd,hdq->bqh', x, W_q).transpose(1, 2)",
        "torch.softmax(torch.einsum('bd,hdq->bhq', x, W_q), -1)",
        "einsum(bd,hdq->bhq)",
    ],
)
def test_more_than_a_call_is_not_read(text: str) -> None:
    """Nobody can tell from the equation alone what that computes."""
    with pytest.raises(Unreadable) as caught:
        read_equation(text)
    assert caught.value.code == "not_a_call"


def test_an_equation_is_echoed_in_one_form() -> None:
    """With an arrow only where one was typed."""
    assert str(read_equation("b d,h d q→b h q")) == "bd,hdq -> bhq"
    assert str(read_equation("bd,hdq")) == "bd,hdq"
