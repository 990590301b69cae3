"""Compare two arrays: their shapes, where they are finite, their numbers."""

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

RTOL = 1e-5  # numpy.allclose; 80 float32 units in the last place, for sums of some 100 terms
ATOL = 1e-5  # torch.testing.assert_close, float32


class Difference(NamedTuple):
    """The first way in which two arrays differ.

    Attributes:
        what: `shape`; `dtype`, one of them has numbers of another sort (truth values,
            complex numbers, text); `finite`, they are infinite or undefined at other
            places; `numbers`.
        largest: For `numbers`: the largest absolute difference. Dimensionless.
    """

    what: Literal["shape", "dtype", "finite", "numbers"]
    largest: float | None = None


def same_values(
    got: "NDArray[Any]", expected: "NDArray[Any]", rtol: float = RTOL, atol: float = ATOL
) -> Difference | None:
    """Compare by value; integers and floats of any width may stand for one another.

    Each entry may be off by `atol + rtol * |expected|`.

    Returns: None when the arrays are the same.
    """
    import numpy as np

    if got.shape != expected.shape:
        return Difference("shape")
    if _sort(got) != _sort(expected):
        return Difference("dtype")
    if _sort(got) != "real":
        return None if np.array_equal(got, expected) else Difference("numbers")
    with np.errstate(over="ignore"):
        ours, theirs = got.astype(np.float64), expected.astype(np.float64)
    finite = np.isfinite(theirs)
    if not np.array_equal(ours[~finite], theirs[~finite], equal_nan=True):
        return Difference("finite")
    if not np.isfinite(ours[finite]).all():
        return Difference("finite")
    with np.errstate(over="ignore"):
        apart = np.abs(ours[finite] - theirs[finite])
    if (apart <= atol + rtol * np.abs(theirs[finite])).all():
        return None
    return Difference("numbers", float(apart.max()))


def _sort(array: "NDArray[Any]") -> str:
    return "real" if array.dtype.kind in "iuf" else str(array.dtype.kind)
