"""Tokens to a tree: the one grammar of everything typed.

    relation    expression (("<" | "<=" | ">" | ">=" | "=" | "!=") expression)*
    expression  term (("+" | "-") term)*
    term        factor (("*" | "/" | "@" | "." | nothing) factor)*      left to right
    factor      ("-" | "+") factor | power
    power       postfix ("^" factor)?                                   to the right
    postfix     primary ("!" | "'" | "^T" | ".method" | "[index]" | "_index")*

`^` binds tightest, above unary minus: `d^-1/2` is `(d^-1)/2` and `-x^2` is `-(x^2)`. Products with
and without a sign are one level with `/`: `1/2d` is `(1/2) d`. `sum_i` takes the product that
follows it, not a following `+`, nor a `/` unless what it divides by holds an index.
"""

from dataclasses import replace
from fractions import Fraction

from autograder.errors import Unreadable
from autograder.language.lexer import notation
from autograder.language.lexer.pairing import pair
from autograder.language.lexer.tokens import OPENERS, Token, check_brackets, tokenize
from autograder.language.parser import (
    brackets,
    calls,
    ellipsis,
    piecewise,
    postfixes,
    products,
    spelling,
    subscripts,
    words,
)
from autograder.language.tree import (
    All,
    Call,
    Comparison,
    Divide,
    Multiply,
    Negate,
    Number,
    Power,
    Relation,
    Sequence,
    Span,
    Transpose,
    Tree,
)
from autograder.language.vocabulary import Vocabulary, families

MAX_DEPTH = 60
ZERO = Number(Fraction(0))
ENDING_COMMANDS = frozenset(("end", "over", "choose", "tag"))
COMPARISONS: dict[str, Comparison] = {
    "<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "=", "!=": "!=",
}  # fmt: skip


def parse(text: str, vocabulary: Vocabulary, *, relation: bool = False) -> Tree:
    """Read one expression, or with `relation` one relation or chain of them.

    Errors: Unreadable with a code, columns and data.
    """
    tokens = pair(tokenize(text), vocabulary)
    check_brackets(tokens)
    return parse_tokens(tokens, vocabulary, len(text), relation=relation)


def parse_tokens(
    tokens: list[Token],
    vocabulary: Vocabulary,
    end: int,
    *,
    relation: bool = False,
    lists: bool = False,
) -> Tree:
    """Read tokens to their last one.

    Args:
        end: The column to point at when the text breaks off.
        relation: Allow `<`, `=` and the like at the top.
        lists: `[x]` is a list of one, not a bracket.

    Errors: Unreadable with a code, columns and data.
    """
    parser = Parser(pair(tokens, vocabulary), vocabulary, end, lists)
    tree = parser.relation() if relation else parser.choice()
    parser.finish()
    return tree


class Parser:
    """Recursive descent over a list of tokens; words are split in place as they are met."""

    def __init__(
        self, tokens: list[Token], vocabulary: Vocabulary, end: int, lists: bool = False
    ) -> None:
        self.tokens = list(tokens)
        self.vocabulary = vocabulary
        self.families = families(vocabulary)
        self.end = end
        self.lists = lists
        self.at = 0
        self.depth = 0
        self.bound: list[str] = []
        self.spelled = spelling.declared(vocabulary)

    # -- looking at tokens ---------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token | None:
        position = self.at + ahead
        return self.tokens[position] if position < len(self.tokens) else None

    def sees(self, *texts: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.kind != "word" and token.text in texts

    def sees_word(self, *texts: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.kind == "word" and token.text in texts

    def closes(self, text: str) -> bool:
        """Whether a closing bracket or bar is ahead."""
        token = self.peek()
        return token is not None and token.kind == "close" and token.text == text

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise Unreadable("breaks_off", (max(self.end - 1, 0), self.end))
        self.at += 1
        return token

    def expect(self, *texts: str) -> Token:
        if not self.sees(*texts):
            raise self.unexpected(expected=texts[0])
        return self.take()

    def unexpected(self, expected: str | None = None) -> Unreadable:
        token = self.peek()
        if token is None:
            return Unreadable("breaks_off", (max(self.end - 1, 0), self.end))
        if token.kind == "bar":
            return Unreadable("not_closed", token[2:4], bracket=token.text)
        if token.text in ("±", "%", "mod") and token.kind == "sign":
            return Unreadable("unsupported", token[2:4], what=token.text)
        if token.kind == "number":
            return Unreadable("missing_operator", token[2:4], found=token.text)
        return Unreadable("unexpected", token[2:4], found=token.text, expected=expected)

    def finish(self) -> None:
        """See that nothing is left.

        Errors: Unreadable `unexpected` at the first token that is left.
        """
        if self.peek() is not None:
            raise self.unexpected()

    def span(self, start: int) -> Span:
        """Columns from token `start` to the last one taken."""
        if start >= len(self.tokens):
            return (self.end, self.end)
        last = max(start, self.at - 1)
        return (self.tokens[start].start, self.tokens[last].end)

    # -- the grammar ---------------------------------------------------------------------

    def relation(self) -> Tree:
        start = self.at
        sides, signs = [self.expression()], []
        while (token := self.peek()) is not None and (
            token.kind == "sign" and token.text in COMPARISONS
        ):
            signs.append(COMPARISONS[self.take().text])
            sides.append(self.expression())
        if not signs:
            return sides[0]
        for side in sides[1:-1]:
            if isinstance(side, Multiply) and side.factors[0] == ZERO and side.signs[0] == "":
                start, end = side.factors[1].span  # `x > 0 y > 0` lost its "and"
                behind = next(token for token in self.tokens if token.start == start)
                if behind.spaced and behind.kind == "word":
                    raise Unreadable("missing_operator", (start, end), found=behind.text)
        span = self.span(start)
        links = tuple(
            Relation(sign, left, right, span=span)
            for sign, left, right in zip(signs, sides, sides[1:], strict=False)
        )
        return links[0] if len(links) == 1 else All(links, span=span)

    def choice(self) -> Tree:
        """An expression, or several with the conditions behind them."""
        start = self.at
        return piecewise.choices(self, self.expression(), start)

    def expression(self) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            token = self.peek()
            raise Unreadable("too_deep", token[2:4] if token else None, most=MAX_DEPTH)
        start = self.at
        terms: list[Tree | None] = [self.term()]
        while self.sees("+", "-"):
            minus = self.take().text == "-"
            if self.sees("..."):
                self.take()
                terms.append(None)
                continue
            term = self.term()
            terms.append(Negate(term, span=term.span) if minus else term)
        whole = terms[0] if len(terms) == 1 else None
        whole = whole or ellipsis.close(terms, self.span(start))
        if self.sees("over", "choose"):  # {1 \over d}, {n \choose k}
            over = self.take().text == "over"
            parts = whole, self.expression()
            span = self.span(start)
            whole = Divide(*parts, span=span) if over else Call("binomial", parts, span=span)
        self.depth -= 1
        return whole

    def term(self, division: bool = True) -> Tree:
        """A product; as the body of a sum, `division` false, it ends before most `/`."""
        return products.term(self, division)

    def starts_factor(self, token: Token) -> bool:
        if token.kind == "word":
            if token.text in ("mod", "bmod") and token.text not in self.vocabulary:
                return False
            if calls.ends_expression(token, self.vocabulary):
                return piecewise.is_call(self.tokens, self.tokens.index(token, self.at))
            return True
        return token.kind in ("open", "command") and token.text not in ENDING_COMMANDS

    def factor(self) -> Tree:
        start = self.at
        minus = 0
        while self.sees("-", "+"):
            minus += self.take().text == "-"
            if self.at - start > MAX_DEPTH:
                raise Unreadable("too_deep", self.span(start), most=MAX_DEPTH)
        result = self.power()
        for _ in range(minus % 2):
            result = Negate(result, span=self.span(start))
        return result

    def power(self) -> Tree:
        start = self.at
        base = postfixes.postfix(self, self.primary(), start)
        if not self.sees("^"):
            return base
        if (length := postfixes.conjugation(self, base)) > 0:  # `z^*`
            self.at += length
            return Call("conj", (base,), span=self.span(start))
        self.take()
        return self.raise_to(base, start)

    def raise_to(self, base: Tree, start: int) -> Tree:
        """What follows `^`: a transpose mark, or an exponent that binds to the right."""
        if subscripts.take_transpose(self, base):
            result: Tree = Transpose(base, span=self.span(start))
            result = postfixes.postfix(self, result, start)
            if self.sees("^"):
                self.take()
                return self.raise_to(result, start)
            return result
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable("too_deep", self.span(start), most=MAX_DEPTH)
        exponent = self.factor()
        self.depth -= 1
        return Power(base, exponent, span=self.span(start))

    def primary(self) -> Tree:
        start = self.at
        token = self.take()
        if token.kind == "number":
            return Number(token.value, span=token[2:4])
        if token.kind == "word":
            return words.word(self, token, start)
        if token.kind == "open":
            return self.bracket(token, start)
        if token.kind == "command":
            return brackets.command(self, token, start)
        self.at -= 1
        raise self.unexpected()

    def bracket(self, opened: Token, start: int) -> Tree:
        """`( … )` and its relatives: a group, or with commas a sequence."""
        if opened.text in ("langle", "<"):
            return brackets.angle(self, OPENERS[opened.text], start)
        if opened.text in ("|", "||"):
            return brackets.bars(self, opened, start)
        if opened.text == "{" and piecewise.has_pieces(self):
            return piecewise.in_braces(self, start)
        items = self.items(OPENERS[opened.text])
        span = self.span(start)
        if opened.text in ("lfloor", "lceil"):
            return calls.counted(Call(opened.text[1:], tuple(items), span=span))
        if len(items) == 1 and not (self.lists and opened.text == "["):
            return replace(items[0], span=span)
        return Sequence(tuple(items), opened.text, span=span)

    def items(self, closing: str) -> list[Tree]:
        """Expressions between commas up to the closing bracket, which is taken."""
        found: list[Tree] = []
        while not self.sees(closing):
            found.append(self.choice())
            if not self.sees(",", ";"):
                break
            self.take()
        self.expect(closing)
        return found

    def group(self, *, cut: bool = False) -> Tree:
        """An argument in the manner of LaTeX: `{…}`, or one token's worth.

        Args:
            cut: Take one digit only, as `\\frac12` does.
        """
        token = self.peek()
        if token is not None and token.text == "{" and token.kind == "open":
            start = self.at
            self.take()
            inside = self.choice()
            self.expect("}")
            return replace(inside, span=self.span(start))
        if cut and token is not None and len(token.text) > 1 and (
            (token.kind == "number" and token.text.isdigit())  # \frac12
            or (token.kind == "word" and self._is_run(token))
        ):  # fmt: skip
            self.cut(1)
        return self.primary()

    def _is_run(self, token: Token) -> bool:
        """Whether a word is several letters beside each other, as in `\frac xy`."""
        known = token.text in self.vocabulary or token.text in notation.FUNCTIONS
        return not token.latex and not known and token.text[0] in self.vocabulary

    def cut(self, length: int) -> None:
        """Cut the next token in two after `length` characters."""
        token = self.tokens[self.at]
        middle = token.start + length
        first, rest = token.text[:length], token.text[length:]
        halves = [
            token._replace(text=first, end=middle),
            token._replace(text=rest, start=middle, spaced=False),
        ]
        if token.kind == "number":
            halves = [part._replace(value=Fraction(part.text)) for part in halves]
        elif rest.isdigit():
            halves[1] = halves[1]._replace(kind="number", value=Fraction(rest))
        self.tokens[self.at : self.at + 1] = halves
