"""What a condition is about where a question declares functions, vectors or families.

There it is one value of a declared function for an arbitrary pair of arguments, or one declared
symbol; elsewhere a condition may be about any numbers.
"""

from __future__ import annotations

from autograder.language.tree import Call, Element, Sum, Symbol, Tree, children, rebuild
from autograder.language.vocabulary import Sort, Vocabulary

QUANTITY = "_value"
OVER_MANY = frozenset(("max", "min", "sum", "mean"))  # of one argument: over all pairs


def quantity(tree: Tree, vocabulary: Vocabulary) -> str | None:
    """The one thing a condition is about, or why there is none.

    Returns:
        None when it is about a single value for an arbitrary pair; else a code:
        `about_a_sum`, `about_equal_arguments`, `several_quantities` or `no_quantity`.
    """
    found: set[tuple[str, ...]] = set()
    others: set[tuple[str, ...]] = set()  # vectors and their entries
    waiting: list[Tree] = [tree]
    while waiting:
        node = waiting.pop()
        over_many = isinstance(node, Call) and node.name in OVER_MANY and len(node.arguments) == 1
        if isinstance(node, Sum) or over_many:
            return "about_a_sum"
        if isinstance(node, Call) and node.name in vocabulary:
            names = [_base(argument) for argument in node.arguments]
            if len(set(names)) < len(names):
                return "about_equal_arguments"
            found.add((node.name, *names))
            continue
        if isinstance(node, Symbol) and node.name in vocabulary:
            sort = vocabulary[node.name]
            (others if sort.shape and sort.takes is None else found).add((node.name,))
        elif isinstance(node, Element):
            others.add((node.name,))
        waiting += children(node)
    if found and others:
        return "several_quantities"
    if not found:
        return "no_quantity"
    return None if len(found) == 1 else "several_quantities"


def _base(tree: Tree) -> str:
    return tree.name if isinstance(tree, Symbol | Element) else repr(tree)


def only_numbers(vocabulary: Vocabulary) -> bool:
    """Whether all that is declared are numbers."""
    sorts = vocabulary.symbols.values()
    return not any(sort.shape or sort.over or sort.takes is not None for sort in sorts)


def as_symbol(tree: Tree, vocabulary: Vocabulary) -> Tree:
    """The tree with the quantity as one symbol."""
    if isinstance(tree, Call | Symbol) and tree.name in vocabulary:
        return Symbol(QUANTITY, span=tree.span)
    return rebuild(tree, lambda child: as_symbol(child, vocabulary))


def sort_of(tree: Tree, vocabulary: Vocabulary) -> Sort:
    """The sort of the one quantity that a condition is about."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Call | Symbol) and node.name in vocabulary:
            return Sort((), vocabulary[node.name].domain)
        waiting += children(node)
    return Sort()
