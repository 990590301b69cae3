"""Signs between numbers: `1,000,000` where no list can be meant, and the ratio `7:32`."""

from fractions import Fraction

from autograder.language.lexer.digits import MAX_DIGITS
from autograder.language.lexer.tokens import Token, nesting
from autograder.language.vocabulary import Vocabulary


def with_thousands(tokens: list[Token]) -> list[Token]:
    """Join the groups of numbers, if all commas outside brackets stand in some."""
    found: list[Token] = []
    at = depth = 0
    while at < len(tokens):
        token = tokens[at]
        depth += nesting(token)
        count = _groups(tokens, at) if depth == 0 else 0
        if count:
            parts = tokens[at : at + 2 * count + 1]
            found.append(_joined(parts))
            at += len(parts)
            continue
        if depth == 0 and token.text == ",":
            return tokens
        found.append(token)
        at += 1
    return found


def with_signs(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """A colon between two numbers divides, and `x` before a power of ten may be a cross.

    Behind a name a colon would introduce the answer.
    """
    found = list(tokens)
    depth = 0
    for at in range(1, len(tokens) - 1):
        left, sign, right = tokens[at - 1 : at + 2]
        depth += nesting(left)
        if depth:
            continue
        power = at + 2 < len(tokens) and tokens[at + 2].text == "^"
        crossed = sign.kind == "word" and sign.text in ("x", "X") and right.text == "10" and power
        if crossed and left.kind == right.kind and sign.text not in vocabulary:
            found[at] = sign._replace(kind="sign", text="×")  # `1.5 x 10^3`
        if sign.text == ":" and sign.kind == "sign" and left.kind == right.kind == "number":
            found[at] = sign._replace(text="/")
    return found


def _groups(tokens: list[Token], at: int) -> int:
    """How many groups of three digits follow the number at a position, each behind its comma."""
    first = tokens[at]
    if first.kind != "number" or not first.text.isdigit() or not 0 < len(first.text) < 4:
        return 0
    if first.text.startswith("0"):
        return 0
    count = 0
    for comma, group in zip(tokens[at + 1 :: 2], tokens[at + 2 :: 2], strict=False):
        whole = group.text.partition(".")[0]
        near = comma.end == group.start and comma.start == tokens[at + 2 * count].end
        if comma.text != "," or not near or group.kind != "number" or len(whole) != 3:
            break
        count += 1
        if "." in group.text:
            break
    return count


def _joined(parts: list[Token]) -> Token:
    text = "".join(part.text for part in parts if part.text != ",")
    if len(text) > MAX_DIGITS or not text.replace(".", "").isdigit():
        return parts[0]
    return parts[0]._replace(text=text, end=parts[-1].end, value=Fraction(text))
