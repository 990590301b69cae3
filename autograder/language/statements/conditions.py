"""Conditions: relations, chains, `and`, `or`, `not`, sets, and the words people use for them.

`not` binds tightest, then `and`, for which a comma may stand, then `or`. A comma beside an "or"
has to be clear: `A, B, or C` and `x = 1, 2 or 3` are. What "for all x" says is left out: a
condition is about any values.
"""

from __future__ import annotations

from fractions import Fraction

from autograder.errors import Unreadable
from autograder.language.lexer import notation
from autograder.language.lexer.tokens import Token, check_brackets, nesting, tokenize
from autograder.language.parser.grammar import MAX_DEPTH, parse_tokens
from autograder.language.shapes import ShapeFault, infer
from autograder.language.statements.clauses import opening
from autograder.language.statements.commas import exclude_each_other
from autograder.language.statements.fillers import as_words, without_words
from autograder.language.statements.number_sets import french, is_set, member
from autograder.language.statements.relation_words import RELATIONS, plain_signs
from autograder.language.statements.statement import Statement, strip
from autograder.language.tree import (
    All,
    Call,
    Comparison,
    Either,
    Matrix,
    Number,
    Relation,
    Sequence,
    Symbol,
    Tree,
    walk,
)
from autograder.language.vocabulary import Vocabulary

ZERO = Number(Fraction(0))
SIGN_WORDS: dict[str, Comparison] = {
    "positive": ">", "negative": "<", "nonnegative": ">=", "nonpositive": "<=", "nonzero": "!=",
}  # fmt: skip
OPPOSITE: dict[Comparison, Comparison] = {
    "<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "=",
}  # fmt: skip
EVERYTHING = frozenset(
    ("true", "all", "all real numbers", "all reals", "all numbers", "everything", "R", "any number")
)
NOTHING = frozenset(
    ("false", "none", "no solution", "no solutions", "no real solution", "no real solutions",
     "empty set", "the empty set", "never", "nothing")
)  # fmt: skip
LOOSE = (("iff", "xnor"), ("implies", "->"), ("xor",))
SILENT = notation.FILLERS - notation.AVERAGES
COMMAS = (",", ";")
QUANTIFIERS = frozenset(("all", "every", "any", "each"))


def read_condition(text: str, vocabulary: Vocabulary) -> Statement:
    """Read an answer that is a condition, past the words around it.

    Errors: Unreadable with a code, columns and data.
    """
    start, end = strip(text, vocabulary)
    tokens = french(tokenize(text, start, end))
    check_brackets(tokens, intervals=True)
    if not tokens:
        raise Unreadable("empty", (start, end))
    notes: list[str] = []
    spoken = [token for token in tokens if token.text not in ("and", "or", "not")]
    tokens, clause = _without_quantifiers(tokens, vocabulary)
    said = text[clause[0].start : clause[-1].end] if clause else ""
    if clause:
        notes.append("clause_dropped")
    whole = _phrase(tokens) in EVERYTHING | NOTHING
    kept = tokens if whole else without_words(tokens, vocabulary, SILENT)
    if len(kept) < len(tokens):
        notes.append("words_dropped")
    if not kept:
        raise Unreadable("words", (start, end), word=text[start:end].split()[0])
    try:
        tree = parse_condition(kept, vocabulary, kept[-1].end)
    except Unreadable as error:
        raise as_words(error, spoken, kept, vocabulary) from None
    except RecursionError:
        raise Unreadable("too_deep", (start, end), most=MAX_DEPTH) from None
    return Statement((tree,), tuple(notes), said)


def parse_condition(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    """Read a condition.

    Errors: Unreadable, as the grammar does.
    """
    tree = _implied(plain_signs(tokens, vocabulary), vocabulary, end)
    claims = [node for part in walk(tree) if isinstance(part, All | Either) for node in part.parts]
    related = any(isinstance(node, Relation) for node in walk(tree))
    for node in claims:
        proposition = isinstance(node, Symbol) or (isinstance(node, Call) and node.name == "not")
        if isinstance(node, Relation | All | Either) or (proposition and not related):
            continue
        raise Unreadable("wrong_kind", node.span, found="expression", expected="relation")
    for node in walk(tree):
        if isinstance(node, Relation):
            _check_sides(node, vocabulary)
    return tree


def _check_sides(relation: Relation, vocabulary: Vocabulary) -> None:
    """See that no list and no matrix that is written out is compared.

    Errors: Unreadable `wrong_kind`.
    """
    for side in (relation.left, relation.right):
        if not any(isinstance(node, Matrix | Sequence) for node in walk(side)):
            continue
        try:
            shape = infer(side, vocabulary)
        except (ShapeFault, Unreadable):
            shape = ("?",)
        if shape:
            raise Unreadable("wrong_kind", side.span, found="list", expected="relation")


def opposite(condition: Tree) -> Tree:
    """What holds where a condition doesn't, but for points where it has no meaning."""
    match condition:
        case Relation(sign=sign, left=left, right=right):
            return Relation(OPPOSITE[sign], left, right)
        case All(parts=parts):
            return Either(tuple(map(opposite, parts)))
        case Either(parts=parts):
            return All(tuple(map(opposite, parts)))
        case Symbol():
            return Call("not", (condition,), span=condition.span)
        case Call(name="not", arguments=(of,)):
            return of
    raise Unreadable("unexpected", condition.span, found="not", expected=None)


def _implied(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    """`iff` holds least together, then `implies`, then `xor`, then `or`."""
    for words in LOOSE:
        parts = _split(tokens, words)
        if len(parts) == 1:
            continue
        if not parts[0] or not parts[-1]:
            raise Unreadable("breaks_off", (max(end - 1, 0), end))
        position = len(parts[0])
        left = _implied(tokens[:position], vocabulary, end)
        right = _implied(tokens[position + 1 :], vocabulary, end)
        if "implies" in words:
            return Either((opposite(left), right))
        both, neither = All((left, right)), All((opposite(left), opposite(right)))
        if "xor" in words:
            return Either((All((left, opposite(right))), All((opposite(left), right))))
        return Either((both, neither))
    return _either(tokens, vocabulary, end)


def _either(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    if _is_bracketed_condition(tokens):
        return _implied(tokens[1:-1], vocabulary, tokens[-1].start)
    found: list[Tree] = []
    parts = _listed(_split(tokens, ("or",)))
    for part in _carried(parts, end):
        tree = _all(part, vocabulary, end)
        comma = len(_split(part, COMMAS)[0])
        if isinstance(tree, All) and comma < len(part) and len(parts) > 1:
            raise Unreadable("comma_unclear", part[comma][2:4])
        found += tree.parts if isinstance(tree, Either) and tree.parts else (tree,)
    return found[0] if len(found) == 1 else Either(tuple(found))


def _listed(parts: list[list[Token]]) -> list[list[Token]]:
    """The alternatives of `A, B, or C` and of `x = 1, 2 or 3`, where a comma stands for "or"."""
    if len(parts) == 1:
        return parts
    oxford = len(parts) == 2 and parts[0] and parts[0][-1].text in COMMAS
    parts = list(map(_before_comma, parts))
    items = _split(parts[0], COMMAS)
    numbers = all(map(_is_bare, [*items[1:], parts[1]]))
    return [*items, parts[1]] if len(parts) == 2 and (oxford or numbers) else parts


def _before_comma(part: list[Token]) -> list[Token]:
    """Without a comma that stands before the next "and" or "or"."""
    return part[:-1] if part and part[-1].text in COMMAS else part


def _is_bare(part: list[Token]) -> bool:
    """Whether it is a number alone."""
    return len(part) < 3 and all(t.kind == "number" or t.text == "-" for t in part)


def _all(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    pieces = list(map(_before_comma, _split(tokens, ("and",))))
    parts = _carried([part for piece in pieces for part in _split(piece, COMMAS)], end)
    found = [_one(part, vocabulary, end) for part in parts]
    if len(pieces) == 1 and len(found) > 1 and exclude_each_other(found):
        return Either(tuple(found))
    return found[0] if len(found) == 1 else All(tuple(found))


def _one(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    if _is_bracketed_condition(tokens):
        return _implied(tokens[1:-1], vocabulary, tokens[-1].start)
    first, last = tokens[0], tokens[-1]
    if first.kind == "sign" and first.text in ("not", "!"):
        if len(tokens) == 1:
            raise Unreadable("unexpected", first[2:4], found=first.text, expected=None)
        return opposite(_one(tokens[1:], vocabulary, end))
    phrase = _phrase(tokens)
    if phrase not in vocabulary and phrase in EVERYTHING | NOTHING:
        return All(()) if phrase in EVERYTHING else Either(())
    if last.kind == "word" and last.text in SIGN_WORDS and last.text not in vocabulary:
        denied = len(tokens) > 1 and tokens[-2].text == "not"
        subject = _subject(tokens[: -2 if denied else -1], vocabulary, last)
        relation = Relation(SIGN_WORDS[last.text], subject, ZERO, span=(first.start, last.end))
        return opposite(relation) if denied else relation
    if (built := _built(tokens, vocabulary)) is not None:
        return _implied(built, vocabulary, last.start)
    for at, token in enumerate(tokens):
        if token.text == "in" and 0 < at < len(tokens) - 1:
            denied = at > 1 and tokens[at - 1].text == "not"
            subject = parse_tokens(tokens[: at - denied], vocabulary, token.start)
            inside = member(subject, tokens[at + 1 :], vocabulary, end)
            return opposite(inside) if denied else inside
    if len(vocabulary.symbols) < 2 and is_set(tokens, vocabulary):
        name = next(iter(vocabulary.symbols), "x")
        return member(Symbol(name, span=(first.start, last.end)), tokens, vocabulary, end)
    return _relation(tokens, vocabulary, end)


def _relation(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    """A relation or a chain; `x = ±2` is two."""
    for at, token in enumerate(tokens[1:-1], start=1):
        if token.text == "±" and tokens[at - 1].text == "=":
            signs = (token._replace(text=sign) for sign in "+-")
            both = ([*tokens[:at], sign, *tokens[at + 1 :]] for sign in signs)
            return Either(tuple(parse_tokens(t, vocabulary, end, relation=True) for t in both))
    return parse_tokens(tokens, vocabulary, end, relation=True)


def _subject(tokens: list[Token], vocabulary: Vocabulary, last: Token) -> Tree:
    """What is said to be positive; the one declared function when nothing is named."""
    if tokens:
        return parse_tokens(tokens, vocabulary, last.start)
    functions = [n for n, sort in vocabulary.symbols.items() if sort.takes is not None]
    if len(functions) != 1:
        raise Unreadable("words", last[2:4], word=last.text)
    return Symbol(functions[0], span=last[2:4])


def _built(tokens: list[Token], vocabulary: Vocabulary) -> list[Token] | None:
    """The condition in `{x : x > 2}` or `{x in R | x > 2}`."""
    if len(tokens) < 6 or tokens[0].text != "{" or tokens[-1].text != "}":
        return None
    if tokens[1].text not in vocabulary:
        return None
    at = 4 if tokens[2].text == "in" and tokens[3].text == "R" else 2
    return tokens[at + 1 : -1] if tokens[at].text in (":", "|") else None


def _phrase(tokens: list[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _split(tokens: list[Token], at: tuple[str, ...]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += nesting(token)
        if depth == 0 and token.kind == "sign" and token.text in at:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _carried(parts: list[list[Token]], end: int) -> list[list[Token]]:
    """The parts with what they share with the one before: `x > 3 or < 1`, `x = 1 or 2`.

    Errors: Unreadable `breaks_off` where nothing stands.
    """
    found: list[list[Token]] = []
    for part in parts:
        if not part:
            raise Unreadable("breaks_off", (max(end - 1, 0), end))
        before = found[-1] if found else []
        signs = [at for at, token in enumerate(before) if token.text in RELATIONS]
        bare = _is_bare(part)
        if signs and part[0].text in RELATIONS:
            part = [*before[: signs[0]], *part]
        elif len(signs) == 1 and before[signs[0]].text == "=" and bare:
            part = [*before[: signs[0] + 1], *part]
        found.append(part)
    return found


def _is_bracketed_condition(tokens: list[Token]) -> bool:
    """Whether round brackets hold everything, and a relation stands in them."""
    if len(tokens) < 3 or tokens[0].text != "(" or tokens[-1].text != ")":
        return False
    if opening(tokens) != 0:
        return False
    said = {"in", "not", "or", "and", "true", "false", *SIGN_WORDS}
    inside = tokens[1:-1]
    return any(token.text in RELATIONS or token.text in said for token in inside)


def _without_quantifiers(
    tokens: list[Token], vocabulary: Vocabulary
) -> tuple[list[Token], list[Token]]:
    """Take off `for all x:` in front, and what follows `for`, `if` or `forall` behind."""
    if tokens[0].text in ("forall", "for") and "for" not in vocabulary:
        tokens = tokens[_quantified(tokens) :]
    else:
        tokens = _behind_colon(tokens)
    depth = 0
    for at, token in enumerate(tokens):
        depth += nesting(token)
        if at == 0 or depth > (token.kind == "open"):
            continue
        following = tokens[at + 1] if token.text == "(" and at + 1 < len(tokens) else token
        word = following.kind == "word" and following.text.lower() in notation.CLAUSE_WORDS
        if following.text == "forall":
            return _without_comma(tokens[:at]), []
        if word and following.text not in vocabulary:
            rest = tokens[at + 1 + (following is not token) :]
            rest = rest[:-1] if following is not token else rest
            if not rest:
                raise Unreadable("breaks_off", token[2:4])
            return _without_comma(tokens[:at]), rest
    return tokens, []


def _without_comma(tokens: list[Token]) -> list[Token]:
    return tokens[:-1] if tokens[-1].text in (",", ":", ";") else tokens


def _quantified(tokens: list[Token]) -> int:
    """Where what is said begins behind `for all q and k,`; 0 where that isn't clear."""
    if tokens[0].text == "for" and (len(tokens) < 3 or tokens[1].text not in QUANTIFIERS):
        return 0
    depth, cut = 0, 0
    for at, token in enumerate(tokens[:-1]):
        depth += nesting(token)
        if depth == 0 and token.text == ":":
            return at + 1
        if token.text in RELATIONS:
            break
        if depth == 0 and token.text == ",":
            cut = at + 1
    bracketed = len(tokens) > 4 and tokens[-1].text == ")" and opening(tokens)
    return cut or bracketed or 0


def _behind_colon(tokens: list[Token]) -> list[Token]:
    """What follows `condition:`; a relation before a colon stays."""
    depth = 0
    for at, token in enumerate(tokens[:-1]):
        depth += nesting(token)
        if token.text in RELATIONS or token.text in ("in", "|"):
            return tokens
        if depth == 0 and token.text == ":":
            return tokens[at + 1 :]
    return tokens


def is_condition(tree: Tree) -> bool:
    """True for relations, chains of them, and what "and", "or" and "not" make of them."""
    denied = isinstance(tree, Call) and tree.name == "not"
    return denied or isinstance(tree, Relation | All | Either)
