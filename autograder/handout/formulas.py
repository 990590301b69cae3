"""Formulas for a browser: LaTeX as MathML, set as TeX would set it.

`latex2mathml` does the translation. What doesn't look right in a browser is mended on its
tree: signs taken for names, words spelled letter by letter, a minus spaced like a difference,
bars that don't know whether they open or close, primes that shrink twice, names such as log
that run into their neighbours.
"""

from html import unescape
from itertools import pairwise
from xml.etree.ElementTree import Element, tostring

from autograder.errors import AssignmentError

SIGNS = {":": ":", ";": ";", "{": "{", "}": "}", "~": "∼"}
PRIMES = frozenset("′″‴")
CAPITALS = frozenset("ΓΔΘΛΞΠΣΥΦΨΩ")  # upright in TeX, unlike Latin ones
OPENING = frozenset("([{")
CLOSING = frozenset(")]}")
BARS = frozenset("|‖")
BEFORE_A_SIGN = OPENING | frozenset(",;:=≤≥≠<>∼→+−")  # after these a sign is its number's own
SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover")
THIN = "0.1667em"  # TeX's \thinmuskip, 3/18 em


def mathml(latex: str, *, display: bool = False) -> str:
    r"""The element `<math>` for a formula.

    >>> mathml(r"\sigma^2")
    '<math display="inline"><mrow><msup><mi>σ</mi><mn>2</mn></msup></mrow></math>'

    Raises:
        AssignmentError: The formula can't be set, such as one that ends in `^`.
    """
    from latex2mathml.converter import Converter

    shown = "block" if display else "inline"
    try:
        tree = Converter(display=shown).convert_to_element(latex)
    except Exception as error:  # its exceptions have nothing in common
        why = type(error).__name__.removesuffix("Error")
        raise AssignmentError(f"the formula {latex!r} can't be set: {why}") from error
    del tree.attrib["xmlns"]  # HTML knows the element
    _mend(tree)
    first = next(iter(tree[0]), tree)
    if first.tag == "mo":
        first.set("lspace", "0")  # the space in front of `≥ 1` is that of the sentence
    return tostring(tree, encoding="unicode")


def _mend(element: Element) -> None:
    for child in element:
        _mend(child)
    element.text = unescape(element.text or "") or None
    if element.tag == "mrow":
        _join(element)
    if element.tag in ("mi", "mo"):
        _retag(element)
    elif element.tag in ("msup", "msubsup"):
        _prime(element)
    elif element.tag in ("mrow", "math", "msqrt"):
        _sign(element)
        _bars(element)
        _space(element)


def _join(row: Element) -> None:
    """A row of upright letters is one word."""
    if len(row) > 1 and all(each.get("mathvariant") == "normal" for each in row):
        word = "".join(each.text or "" for each in row)
        row.clear()
        row.tag, row.text = "mi", word


def _retag(element: Element) -> None:
    """Signs are operators, words are names; a bracket keeps its height, a slash no distance."""
    text = element.text or ""
    if text in SIGNS:
        element.tag, element.text = "mo", SIGNS[text]
    elif len(text) > 1 and text.isalpha():
        element.tag = "mi"
    if text in CAPITALS:
        element.set("mathvariant", "normal")
    elif text in OPENING | CLOSING | BARS:
        element.set("stretchy", "false")
    elif text == "/":
        element.attrib.update(lspace="0", rspace="0")


def _prime(element: Element) -> None:
    """A prime stands beside its base: fonts have it small and high already."""
    base, *scripts = element
    if scripts[-1].text in PRIMES:
        prime = Element("mo", form="postfix", lspace="0", rspace="0")
        prime.text = scripts[-1].text
        primed = Element("mrow")
        primed.extend([base, prime])
        element[:] = [primed, *scripts[:-1]]
        element.tag = "msub" if len(scripts) > 1 else "mrow"


def _sign(row: Element) -> None:
    """`-1` in a list is a number, not a difference."""
    for before, element in pairwise(row):
        if element.tag == "mo" and element.text in ("−", "+") and before.text in BEFORE_A_SIGN:
            element.set("form", "prefix")


def _bars(row: Element) -> None:
    """Of the bars in a row every other one closes."""
    bars = [each for each in map(_core, row) if each.tag == "mo" and each.text in BARS]
    for at, bar in enumerate(bars):
        bar.set("form", "postfix" if at % 2 else "prefix")


def _space(row: Element) -> None:
    """A thin space between a name of several letters and what stands beside it."""
    for at in range(len(row) - 1, 0, -1):
        left, right = _core(row[at - 1]), _core(row[at])
        after = _is_name(left) and right.tag != "mo"
        before = _is_name(right) and (left.tag != "mo" or left.text in CLOSING)
        if after or before:
            row.insert(at, Element("mspace", width=THIN))


def _core(element: Element) -> Element:
    """What carries the scripts."""
    return _core(element[0]) if element.tag in SCRIPTED and len(element) else element


def _is_name(element: Element) -> bool:
    return element.tag == "mi" and len(element.text or "") > 1
