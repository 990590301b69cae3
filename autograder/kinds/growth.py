"""Orders of growth in several sizes."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from autograder.errors import Json, Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.kinds.closed_form import claims_of, no_imaginary, vocabulary_of
from autograder.language.evaluator.evaluation import evaluate
from autograder.language.evaluator.values import Undefined
from autograder.language.printer.echo import echo
from autograder.language.shapes import ShapeFault, infer
from autograder.language.statements.statement import read
from autograder.language.tree import Order, Sequence, Tree, rebuild, walk
from autograder.language.vocabulary import Vocabulary
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

if TYPE_CHECKING:
    from autograder.compare.growth import GrowthDecision, Witness

FAR = (10**3, 10**4)  # sizes far out, where lower-order terms no longer matter
OUTSIDE = " in an order of growth"  # how the procedure names what it does not know at all
BEFORE = frozenset(("->", "in"))  # `f in O(n)`


@dataclass(frozen=True)
class Growth:
    """A tight order of growth; constant factors and lower-order terms do not matter.

    Attributes:
        symbols: The sizes and the relations that hold between them; None takes the problem's.
    """

    symbols: Vocabulary | None = None
    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "order of growth"

    def read(self, answer: Response) -> Reading:
        """Read an order, with or without `O(...)` or `Theta(...)`.

        Errors: Unreadable.
        """
        vocabulary = vocabulary_of(self.symbols)
        statement = read(answer.text, vocabulary, before=BEFORE)
        for claim in statement.claims:
            no_imaginary(claim, vocabulary)
            for node in walk(claim):
                if isinstance(node, Sequence):
                    raise Unreadable("wrong_kind", node.span, found="list", expected="order")
            try:
                infer(_without_order(claim), vocabulary)
            except ShapeFault as fault:
                raise Unreadable("wrong_kind", fault.span, found="matrix") from None
        shown = [echo(_shown(claim)) for claim in statement.claims]
        return Reading(" = ".join(shown), statement.claims, statement.notes)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """The key's tree."""
        return claims_of(reference)[-1]

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Decide exactly over all directions in which the sizes can grow."""
        *before, last = claims_of(reading)
        finding = self._judge_claim(last, prepared)
        if finding.verdict is not Verdict.CORRECT:
            return finding
        for claim in before:
            if self._judge_claim(claim, prepared).verdict is Verdict.INCORRECT:
                return Finding(Verdict.INCORRECT, "chain_contradicts", {"claim": echo(claim)})
        return finding

    def _judge_claim(self, claim: Tree, key: object) -> Finding:
        decision = self._decide(claim, key)  # type: ignore[arg-type]
        if decision.outcome == "undecided":
            if decision.why.endswith(OUTSIDE):
                what = decision.why.removesuffix(OUTSIDE)
                return Finding(Verdict.INVALID, "unsupported", {"what": what})
            if decision.why == "a large exponent":
                return Finding(Verdict.INVALID, "too_large")
            code = self._far_out(claim, _without_order(key))  # type: ignore[arg-type]
            if code is not None:
                return Finding(Verdict.INCORRECT, code)
            return Finding(Verdict.UNGRADED, "undecided", {"why": decision.why})
        if decision.outcome == "different":
            curve = decision.too_small or decision.too_big
            witness: Json = _curve(curve) if curve else None
            return Finding(Verdict.INCORRECT, decision.code, {"witness": witness})
        if decision.redundant:
            terms: Json = [echo(term) for term in decision.redundant]
            return Finding(Verdict.CORRECT, "redundant_terms", {"terms": terms}, proved=True)
        return Finding(Verdict.CORRECT, "right", proved=True)

    def _far_out(self, claim: Tree, key: Tree) -> str | None:
        """The code of an answer that is plainly another order where all sizes are equal.

        For what the exact procedure leaves open: powers of a size to a size, differences. The
        ratio to the key has to change like the size itself, which no constant or logarithm does.
        """
        from autograder.compare.sampling import diagonal

        codes = set()
        for size in FAR:
            point = diagonal(vocabulary_of(self.symbols), size)
            if point is None:
                return None
            ctx = point.context
            try:
                mine, theirs = evaluate(_without_order(claim), point), evaluate(key, point)
                if mine <= 0:
                    codes.add("not_positive")
                    continue
                power = ctx.log(mine / theirs) / ctx.log(size)
            except (Undefined, TypeError):  # no value, or one that is no real number
                return None
            codes.add("too_big" if power > 1 else "too_small" if power < -1 else "close")
        return codes.pop() if len(codes) == 1 and "close" not in codes else None

    def _decide(self, answer: Tree, key: Tree) -> "GrowthDecision":
        from autograder.compare.growth import SideCondition, decide_growth
        from autograder.compare.sampling import relation_trees

        vocabulary = vocabulary_of(self.symbols)
        conditions = [SideCondition(*triple) for triple in relation_trees(vocabulary)]
        return decide_growth(answer, key, list(vocabulary.symbols), conditions)

    def same(self, reading: Reading, other: Reading) -> bool:
        """Whether two answers have the same order."""
        return self._decide(claims_of(reading)[-1], claims_of(other)[-1]).outcome == "equal"


def _curve(witness: "Witness") -> str:
    """A curve in words: `n = t^2, m = t log(t)`; the other sizes stay fixed."""
    parts = []
    for name in dict.fromkeys((*witness.powers, *witness.log_powers)):
        size, log = witness.powers.get(name), witness.log_powers.get(name)
        grown = [_powered("t", size)] if size else []
        grown += [_powered("log(t)", log)] if log else []
        parts.append(f"{name} = {' '.join(grown)}")
    return ", ".join(parts)


def _powered(of: str, power: Fraction) -> str:
    if power == 1:
        return of
    return f"{of}^{power}" if power.denominator == 1 and power > 0 else f"{of}^({power})"


def _without_order(tree: Tree) -> Tree:
    return tree.of if isinstance(tree, Order) else rebuild(tree, _without_order)


def _shown(tree: Tree) -> Tree:
    """An order is echoed as Theta, since it has to be tight."""
    if isinstance(tree, Order):
        return Order("Theta", tree.of) if tree.bound == "O" else tree
    return Order("Theta", tree) if not any(isinstance(n, Order) for n in walk(tree)) else tree
