"""What may stand left of `=`: a name for the answer, and nothing that claims something else."""

from autograder.errors import Unreadable
from autograder.language.lexer import notation
from autograder.language.lexer.tokens import Token
from autograder.language.vocabulary import Vocabulary

RESULTS = frozenset("ans res out val sol var std sd se cov exp avg sum tot".split())


def check_left_side(segment: list[Token], vocabulary: Vocabulary) -> None:
    """See that what stands left of `=` only names the answer: `s`, `Var(q^T k)`, `V'_i`.

    Errors: Unreadable `left_side` for `s^2 = …` or `1/s = …`, which claim something else.
    """
    depth = 0
    span = (segment[0].start, segment[-1].end)
    named = [t for t in segment if t.kind == "word" and t.text in vocabulary]
    quantifier = segment[0].text == "forall"
    if (
        len(segment) == 2
        and not quantifier
        and len(named) == 1
        and segment[0].kind == segment[1].kind
    ):
        raise Unreadable("left_side", span, found=named[0].text)  # `d s = …`
    if len(segment) == 1 and _is_product(segment[0], vocabulary):
        raise Unreadable("left_side", span, found=segment[0].text)
    for position, token in enumerate(segment):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth or token.kind in ("open", "close"):
            continue
        before = segment[position - 1].text if position else ""
        after = segment[position + 1] if position + 1 < len(segment) else None
        power = (
            token.text == "^"
            and before not in ("sigma", "R")
            and (
                after is None
                or (after.text[:1] not in ("T", "t", "{", "(", "'", "*") and after.kind != "word")
            )
        )
        number = token.kind == "number" and before not in ("_", "^", "q", "Q")
        root = token.text == "frac" or (token.text in notation.FUNCTIONS and token.text != "dot")
        if power or number or root or (token.kind == "sign" and token.text in "+-*/@×"):
            raise Unreadable("left_side", span, found=token.text)


def _is_product(token: Token, vocabulary: Vocabulary) -> bool:
    """Whether a short word may be a declared letter times the name of the answer: `ds = …`."""
    letters = token.text
    if token.latex or len(letters) not in (2, 3) or letters.lower() in RESULTS:
        return False
    free = [letter for letter in letters if letter not in vocabulary]
    return letters.isalpha() and len(free) == 1 and letters not in vocabulary
