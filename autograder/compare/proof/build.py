"""Trees to nodes."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.compare.proof import elementary, powers, sums, vectors
from autograder.compare.proof.graph import Graph, Outside
from autograder.language.parser.grammar import parse
from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Element,
    Multiply,
    Negate,
    Number,
    Power,
    Sum,
    Symbol,
    Transpose,
    Tree,
)
from autograder.language.vocabulary import Vocabulary

MAX_STEPS = 4_000  # trees visited, sums written out


@dataclass
class Builder:
    """Builds both sides of an equality.

    Attributes:
        bound: The value of each index of a sum that is being written out.
        meanings: Symbols that a relation sets, as `k = d/h` sets k.
        resolved: Symbols whose relations were looked at.
        left: How many more trees it may visit.
    """

    vocabulary: Vocabulary
    graph: Graph = field(default_factory=Graph)
    bound: dict[str, int] = field(default_factory=dict)
    meanings: dict[str, int] = field(default_factory=dict)
    resolved: set[str] = field(default_factory=set)
    left: int = MAX_STEPS

    def scalar(self, tree: Tree) -> int:
        """The node of a number.

        Errors: Outside for anything else.
        """
        self.left -= 1
        if self.left < 0:
            raise Outside
        graph = self.graph
        match tree:
            case Number(value=value):
                return graph.number(value)
            case Constant(name="pi"):
                return elementary.pi(graph)
            case Constant(name="e"):
                return powers.exponential(graph, graph.number(1))
            case Symbol(name=name):
                return self._symbol(name)
            case Element():
                return self._element(tree)
            case Add(terms=terms):
                return graph.add([self.scalar(term) for term in terms])
            case Negate(of=of):
                return graph.scaled(-1, self.scalar(of))
            case Divide(over=over, under=under):
                return graph.divide(self.scalar(over), self.scalar(under))
            case Power(base=Constant(name="e"), exponent=exponent):
                return powers.exponential(graph, self.scalar(exponent))
            case Power(base=base, exponent=exponent):
                return powers.power(graph, self.scalar(base), self.scalar(exponent))
            case Multiply():
                return vectors.product(self, tree)
            case Transpose(of=of):
                return self.scalar(of)
            case Sum():
                return sums.indexed(self, tree)
            case Call():
                return self._call(tree)
        raise Outside

    def _symbol(self, name: str) -> int:
        if name in self.bound:
            return self.graph.number(self.bound[name])
        sort = self.vocabulary.symbols.get(name)
        if sort is None or sort.shape or sort.takes is not None or sort.over:
            raise Outside
        for left, sign, right in self.vocabulary.relations:
            if sign == "=" and left == name and name not in self.resolved:
                self.resolved.add(name)  # a circle of relations ends here
                bound, self.bound = self.bound, {}
                self.meanings[name] = self.scalar(parse(right, self.vocabulary))
                self.bound = bound
        if name in self.meanings:
            return self.meanings[name]
        if sort.domain == "complex":
            raise Outside
        return self.graph.symbol(name, sort.domain)

    def _element(self, tree: Element) -> int:
        """An entry with a fixed index, counted from 1, as a symbol of its own."""
        sort = self.vocabulary.symbols.get(tree.name)
        if sort is None or len(sort.shape) != 1 or sort.takes is not None or sort.over:
            raise Outside
        indices = [self.graph.value(self.scalar(index)) for index in tree.indices]
        if len(indices) != 1 or indices[0] is None or indices[0] < 1:
            raise Outside
        domain = "real" if sort.domain == "size" else sort.domain
        return self.graph.symbol(f"{tree.name}[{indices[0]}]", domain)

    def _call(self, tree: Call) -> int:
        name = tree.name
        if name in self.vocabulary.symbols:
            return self._declared(tree)
        reduced = sums.reduction(self, tree)
        if reduced is not None:
            return reduced
        return elementary.call(self.graph, name, tuple(map(self.scalar, tree.arguments)))

    def _declared(self, tree: Call) -> int:
        """A declared function: equal arguments give equal values."""
        sort = self.vocabulary[tree.name]
        if sort.shape or sort.domain == "complex":
            raise Outside
        label, nodes = [tree.name], []
        for argument in tree.arguments:
            vector = vectors.vector(self, argument)
            if vector is None:
                label.append("number")
                nodes.append(self.scalar(argument))
            else:
                label.append("+".join(sorted(vector)))
                nodes += [vector[name] for name in sorted(vector)]
        return self.graph.kernel(" ".join(label), tuple(nodes))
