"""Conditions: a relation that describes a set of values."""

import re
from dataclasses import dataclass
from typing import ClassVar

from autograder.errors import AssignmentError, Json, Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.kinds.closed_form import vocabulary_of
from autograder.language.printer.echo import echo
from autograder.language.statements.conditions import is_condition, read_condition
from autograder.language.tree import Call, Element, Node, Symbol, Tree, walk
from autograder.language.vocabulary import Vocabulary
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

# A clause that limits nothing: "all q, k", but neither "all q = k" nor "at least one pair".
ALWAYS = re.compile(
    r"\W*(all|any|every|each|arbitrary)\b(?!.*(?:[=<>~]|\b(?:least|most|some|one|except|but)\b))",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Condition:
    """A relation such as `x < 2 or x > 5`, or `f(q, k) < 5` for an arbitrary pair.

    Attributes:
        symbols: The numbers, or the function and what it takes; None takes the problem's.
    """

    symbols: Vocabulary | None = None
    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "condition"

    def read(self, answer: Response) -> Reading:
        """Read a relation or several.

        Errors: Unreadable, `wrong_kind` when it is no relation at all.
        """
        vocabulary = vocabulary_of(self.symbols)
        statement = read_condition(answer.text, vocabulary)
        if statement.clause and not ALWAYS.match(statement.clause):
            raise Unreadable("words", None, word=statement.clause.split()[0])
        tree = statement.answer
        for node in walk(tree):
            if isinstance(node, Call) and node.name in vocabulary:
                takes = vocabulary[node.name].takes or ()
                plain = all(isinstance(argument, Symbol | Element) for argument in node.arguments)
                if len(node.arguments) != len(takes) or not plain:
                    raise Unreadable(
                        "wrong_arguments", node.span, function=node.name, asked=len(takes)
                    )
        if not is_condition(tree):
            raise Unreadable("wrong_kind", tree.span, found="expression", expected="relation")
        return Reading(echo(tree), tree, statement.notes)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """The key's relation.

        Errors: AssignmentError when it is not about one quantity where functions are declared.
        """
        tree = _tree(reference)
        fault = _fault(tree, vocabulary_of(self.symbols))
        if fault is not None:
            raise AssignmentError(f"{workshop.question}: the key is {fault}")
        return tree

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Compare the sets the two relations describe."""
        from autograder.compare.condition import decide_condition

        vocabulary = vocabulary_of(self.symbols)
        tree = _tree(reading)
        fault = _fault(tree, vocabulary)
        if fault is not None:
            return Finding(Verdict.INCORRECT, fault)
        assert isinstance(prepared, Node)
        decision = decide_condition(tree, prepared, vocabulary)  # type: ignore[arg-type]
        if decision.equal:
            return Finding(Verdict.CORRECT, "right", proved=decision.outcome == "proved")
        if decision.outcome == "undecided":
            return Finding(Verdict.UNGRADED, "undecided")
        at: Json = dict(decision.at)
        if len(decision.at) == 1:
            (at,) = decision.at.values()
        return Finding(Verdict.INCORRECT, decision.code, {"at": at} if at else {})

    def same(self, reading: Reading, other: Reading) -> bool:
        """Whether two relations describe the same set."""
        from autograder.compare.condition import decide_condition

        vocabulary = vocabulary_of(self.symbols)
        mine, theirs = _tree(reading), _tree(other)
        faults = _fault(mine, vocabulary), _fault(theirs, vocabulary)
        if faults != (None, None):
            return reading.echo == other.echo
        return decide_condition(mine, theirs, vocabulary).equal


def _fault(tree: Tree, vocabulary: Vocabulary) -> str | None:
    from autograder.compare.condition import only_numbers, quantity

    return None if only_numbers(vocabulary) else quantity(tree, vocabulary)


def _tree(reading: Reading) -> Tree:
    assert isinstance(reading.content, Node)
    return reading.content  # type: ignore[return-value]
