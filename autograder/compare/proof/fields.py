"""Finite fields in which a power, a logarithm, a root and an angle have a place.

A chain is made of a prime `k = 3 mod 4` and the primes `p_j = k M / 2^j - 1`, j = 0 … 3, so
that each p_j is twice the next one and one more (a Cunningham chain). In each

- -1 is no square, so that the Legendre symbol is a sign, and every number that is "positive"
  has one "positive" root;
- 2, 3, 5, 7, 11 and 13 are positive, as p = -1 mod 8 and mod each of the others;
- exponents of positive numbers are counted modulo the next prime of the chain;
- p + 1 is a multiple of k, so that angles are counted modulo k on the unit circle of the field
  with i.

Sources: Gonnet, "Determining equivalence of expressions in random polynomial time" (1984);
Monagan and Gonnet, "Signature functions for algebraic numbers" (1994).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Gauss: TypeAlias = tuple[int, int]  # real and imaginary part
Value: TypeAlias = int | Gauss  # a tuple only where the imaginary part isn't 0

POSITIVE_PRIMES = (2, 3, 5, 7, 11, 13)
MULTIPLE = 2**6 * 3 * 5 * 7 * 11 * 13
LEVELS = 4
BITS = 66  # every field has at least so many
ORDERS = (  # the prime k of each chain
    0x11823b8eba5f6cf98f, 0x11823b8eba5fb5f637, 0x11823b8eba5fd79ed3, 0x11823b8eba5fddcbd3,
    0x14e613186cbfa19307, 0x14e613186cbfa93167, 0x14e613186cbfc95adb, 0x14e613186cbfcb371f,
    0x14e613186cbfcc1fd7, 0x14e613186cbfe72457, 0x14e613186cc0142a9f, 0x166300fe8b301b3c37,
    0x166300fe8b303cfae7, 0x17121a3a6963157bb3, 0x17121a3a6963292287, 0x18a9c1bfdab5d95eeb,
    0x18a9c1bfdab5eb0777, 0x1931f81854ae08152b, 0x1931f81854ae18ab93, 0x1931f81854ae321bf7,
    0x1931f81854ae360ee3, 0x1931f81854ae4215b7, 0x1931f81854ae466c2f, 0x1931f81854ae493be7,
    0x1956f0afd7c74b09af, 0x1956f0afd7c7533fcb, 0x1956f0afd7c78167fb, 0x1956f0afd7c78ebd0f,
    0x1956f0afd7c7b8e0ff, 0x1956f0afd7c7beb747, 0x19d96de23ea37df92b, 0x19d96de23ea37e2bc3,
    0x19d96de23ea39ef93b, 0x19d96de23ea3c807eb, 0x19d96de23ea3dd202f, 0x1a66279615a54dc7ef,
    0x1a66279615a56d9f23, 0x1a66279615a57e1e2f, 0x1a66279615a58d8ed7, 0x1ba08b70a5cf736b4f,
    0x1ba08b70a5cf7d3dcb, 0x1ba08b70a5cf82fa93, 0x1ba08b70a5cf8a6c5f, 0x1ba08b70a5cfa37327,
    0x1ba08b70a5cfd6139f, 0x1bb8a15f71d4bafe63, 0x1bb8a15f71d4f8ea0f, 0x1bde723cbd3781df3b,
    0x1bde723cbd37a5759f, 0x1bde723cbd37af2d2f, 0x1bde723cbd37bef31b, 0x1bde723cbd37e44f4b,
    0x1c2c3125140ce53df7, 0x1c2c3125140d332b07, 0x1d86b4689f1c412773, 0x1d86b4689f1c72c51f,
    0x1d86b4689f1c79341f, 0x1d86b4689f1c82a48b, 0x1ec214dba7f60872cb, 0x1ec214dba7f6139ba3,
    0x1ffc899f5d5d444667, 0x1ffc899f5d5d4bb6c3, 0x1ffc899f5d5d5fe7d7, 0x1ffc899f5d5d65dfd7,
)  # fmt: skip


@dataclass(frozen=True)
class Field:
    """The integers modulo a prime.

    Attributes:
        level: A number that tells the fields of a chain apart.
        exponents: Where exponents are counted; None at the end of the chain.
        angles: Where angles are counted; None where there is no circle.
    """

    prime: int
    level: int
    exponents: Field | None = None
    angles: Field | None = None

    def inverse(self, value: Value) -> Value:
        """One divided by a value.

        Errors: ValueError for 0.
        """
        if isinstance(value, int):
            return pow(value, -1, self.prime)
        real, imaginary = value
        size = pow(real * real + imaginary * imaginary, -1, self.prime)
        return (real * size % self.prime, -imaginary * size % self.prime)

    def times(self, left: Value, right: Value) -> Value:
        p = self.prime
        if isinstance(left, int):
            if isinstance(right, int):
                return left * right % p
            return plain((left * right[0] % p, left * right[1] % p))
        if isinstance(right, int):
            return plain((left[0] * right % p, left[1] * right % p))
        (a, b), (c, d) = left, right
        return plain(((a * c - b * d) % p, (a * d + b * c) % p))

    def plus(self, left: Value, right: Value) -> Value:
        if isinstance(left, int) and isinstance(right, int):
            return (left + right) % self.prime
        (a, b), (c, d) = _pair(left), _pair(right)
        return plain(((a + c) % self.prime, (b + d) % self.prime))

    def power(self, base: Value, exponent: int) -> Value:
        """A whole power.

        Errors: ValueError for a negative power of 0.
        """
        if isinstance(base, int):
            return pow(base, exponent, self.prime)
        if exponent < 0:
            return self.power(self.inverse(base), -exponent)
        result: Value = 1
        while exponent:
            if exponent & 1:
                result = self.times(result, base)
            base = self.times(base, base)
            exponent >>= 1
        return result

    def turned(self, angle: int) -> Value:
        """The point of the unit circle at an angle."""
        assert self.angles is not None
        p = self.prime
        a, b = _unit(p, self.angles.prime)
        real, imaginary = 1, 0
        while angle:
            if angle & 1:
                real, imaginary = (real * a - imaginary * b) % p, (real * b + imaginary * a) % p
            a, b = (2 * a * a - 1) % p, 2 * a * b % p
            angle >>= 1
        return plain((real, imaginary))

    def twelfths(self, count: int) -> Value | None:
        """e^(i pi count/12) by the positive roots of 2 and 3; None where they have none."""
        p = self.prime
        if count % 6 == 0:
            return plain(((1, 0), (0, 1), (p - 1, 0), (0, p - 1))[count // 6 % 4])
        if not (self.is_positive(2) and self.is_positive(3)):
            return None
        half = pow(2, -1, p)
        eighth = self.root(2) * half % p  # e^(i pi/4) = (1 + i)/sqrt(2)
        sixth = self.root(3) * half % p  # e^(-i pi/6) = (sqrt(3) - i)/2
        turned = self.times((eighth, eighth), (sixth, p - half))  # pi/12 = pi/4 - pi/6
        return self.power(turned, count % 24)

    def is_positive(self, value: int) -> bool:
        """Whether a number other than 0 is a square."""
        return pow(value, self.prime >> 1, self.prime) == 1

    def root(self, value: int) -> int:
        """The positive square root of a positive number, or of its opposite."""
        return pow(value, (self.prime + 1) >> 2, self.prime)


def plain(value: Gauss) -> Value:
    """A number without an imaginary part is only its real part."""
    return value if value[1] else value[0]


def _pair(value: Value) -> Gauss:
    return (value, 0) if isinstance(value, int) else value


@lru_cache(maxsize=len(ORDERS))
def chain(number: int) -> Field:
    """The top of a chain; there are as many as ORDERS."""
    k = ORDERS[number]
    angles = Field(k, LEVELS)
    field: Field | None = None
    for level in reversed(range(LEVELS)):
        prime = k * (MULTIPLE >> level) - 1
        field = Field(prime, level, field, angles)
    assert field is not None
    return field


@lru_cache(maxsize=LEVELS * len(ORDERS))
def _unit(prime: int, order: int) -> Gauss:
    """A point of that order on the circle: z / conj(z), to the power that is left."""
    field = Field(prime, 0)
    place = field.power(field.times((2, 1), field.inverse((2, prime - 1))), (prime + 1) // order)
    assert isinstance(place, tuple)
    return place
