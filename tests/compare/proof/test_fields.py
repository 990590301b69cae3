"""The fields are what the laws of signs, roots, exponents and angles need."""

from itertools import pairwise

import pytest

from autograder.compare.proof.fields import BITS, ORDERS, POSITIVE_PRIMES, Field, chain

NUMBERS = (3, 10, 12345678901234567890)


def levels(number: int) -> list[Field]:
    """The fields of a chain from the top."""
    found, field = [], chain(number) if number < len(ORDERS) else None
    while field is not None:
        found.append(field)
        field = field.exponents
    return found


def is_prime(number: int) -> bool:
    """Miller and Rabin's test with the first bases; wrong with a probability of 4^-12."""
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        power = pow(base, odd, number)
        seen = {pow(power, 1 << step, number) for step in range(twos)}
        if power != 1 and number - 1 not in seen:
            return False
    return True


@pytest.mark.parametrize("number", range(len(ORDERS)))
def test_a_chain_is_made_of_primes(number: int) -> None:
    """Each is twice the next and one more; angles have a prime order too."""
    fields = levels(number)
    assert len(fields) == 4
    for field, below in pairwise(fields):
        assert field.prime == 2 * below.prime + 1
    for field in fields:
        assert field.angles is not None
        assert (field.prime + 1) % field.angles.prime == 0
        for prime in (field.prime, field.angles.prime):
            assert is_prime(prime)
            assert prime % 4 == 3
            assert prime.bit_length() >= BITS


@pytest.mark.parametrize("number", range(0, len(ORDERS), 8))
def test_small_primes_are_positive_and_minus_one_is_not(number: int) -> None:
    """So that the Legendre symbol is a sign."""
    for field in levels(number):
        assert all(field.is_positive(prime) for prime in POSITIVE_PRIMES)
        assert not field.is_positive(field.prime - 1)
        for value in NUMBERS:
            square = value * value % field.prime
            assert field.root(square) in (value, field.prime - value)
            assert field.is_positive(field.root(square))


def test_angles_add() -> None:
    """The unit circle has the order that angles are counted by."""
    field = chain(0)
    assert field.angles is not None
    one, two = field.turned(17), field.turned(field.angles.prime - 5)
    assert field.times(one, two) == field.turned(12)
    assert field.turned(field.angles.prime) == 1


def test_twelve_twelfths_are_half_a_turn() -> None:
    """e^(i pi) = -1, and the sixth of it has the cosine sqrt(3)/2."""
    field = chain(3)
    twelfth, sixth = field.twelfths(1), field.twelfths(2)
    assert twelfth is not None
    assert field.power(twelfth, 12) == field.prime - 1
    assert isinstance(sixth, tuple)
    assert 2 * sixth[0] % field.prime == field.root(3)
    assert 2 * sixth[1] % field.prime == 1
