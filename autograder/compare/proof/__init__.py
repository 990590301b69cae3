"""Proofs that two scalars are equal, to raise "agrees" to "proved".

Both sides are evaluated at random points of finite fields in which powers, roots, absolute
values, exponentials, logarithms and angles obey the laws that they obey for real numbers (see
`fields.py`). What comes out the same at enough points is equal as an expression in these laws,
and so for real numbers. Equal means: wherever both sides are real, and so are the logarithms in
them, but perhaps at single points such as removable singularities; on the declared domain, where
of relations only those count that set a symbol (`k = d/h`). False says nothing.

Where a false proof could come from:

1. A difference that vanishes at a point by accident. A difference of degree D does so with
   probability D / 2^66 at most (Schwartz and Zippel); points are added until the product is
   below 2^-50. For exponentials and angles D counts the numbers in the exponents too, since a
   product of exponentials is a monomial. Each point has another field, so that a number that
   happens to be 0, or to have the wrong sign, in one field does not have it in the next.
2. Signs. |u|, even roots, and (-1)^n depend on signs that are random here, all multiplicatively
   consistent patterns alike, and the pattern of a real point is one of them. So all patterns
   have to be seen; see `signs.py`. An even root of a sum may hide a sign that nobody sees, that
   of f in the root of f^2 g; each such root doubles the number of points. A pattern is missed
   with a probability below 2^-36; with too many signs there is no proof. A point is left out
   only at a pole, or where a sign that is known comes out wrong or not the same in two fields:
   never one that looks like a real point. An even root of something negative has its imaginary
   value, and a point is not compared where a side isn't real; what isn't real and goes into
   another function ends the proof.
3. Rules with a condition. log(ab) = log a + log b and (a^b)^c = a^(bc) are used for what is
   positive on the domain (`positive` and `size` symbols, exponentials, even powers and sums of
   these); log u of anything else is log|u|, which is the same wherever log u is real; u^y with a
   symbol in y needs a positive u or a whole y. No order is used: there is no `<` in a field.

Chance is drawn from the two sides themselves, so that a proof is the same on every run.
"""

from __future__ import annotations

from autograder.compare.proof.proving import proves_equal

__all__ = ["proves_equal"]
