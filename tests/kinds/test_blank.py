"""A blank is put in as text, and judged at its own statement."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.random import Generator

from autograder.errors import AssignmentError, Unreadable
from autograder.feedback import explain
from autograder.kinds import Workshop
from autograder.kinds.blank import Blank
from autograder.kinds.trying import job_of
from autograder.sandbox import Sandbox, Session
from autograder.submission import Place, Response
from autograder.verdict import Finding

TEMPLATE = """import math

class Mixer(nn.Module):
    def __init__(self, width, groups):
        super().__init__()
        self.groups = groups
        self.size = width // groups
        self.first = nn.Linear(width, ____)  # a
        self.last = ____  # b

    def split(self, x):
        batch, _ = x.size()
        parts = x.view(batch, ____, self.size)  # c
        return torch.____(parts, dim=-1)  # d

    def forward(self, x):
        y = self.split(self.first(x))
        y = y.flatten(1)
        return ____(y)  # e
"""
KEYS = {
    "a": "width",
    "b": "nn.Linear(width, width)",
    "c": "self.groups",
    "d": "softmax",
    "e": "self.last",
}


def filled() -> str:
    """The reference: every blank filled."""
    source = TEMPLATE
    for key in KEYS.values():
        source = source.replace("____", key, 1)
    return source


def blank_runs(rng: Generator) -> Iterator[tuple[dict[str, int], list[Any]]]:
    """Three sizes; the number of groups is never the size of one."""
    for width, groups in [(6, 3), (8, 2), (12, 3)]:
        x = rng.standard_normal((5, width)).astype(np.float32)
        yield {"width": width, "groups": groups}, [x]


def kind_of(tag: str) -> Blank:
    return Blank(TEMPLATE, typed=tag == "b", tag=tag)


def read(tag: str, text: str) -> Any:
    return kind_of(tag).read(Response(text, Place("answers.py")))


@pytest.fixture(scope="module")
def prepared() -> dict[str, object]:
    """Every blank's trials."""
    probes = ModuleType("probes")
    vars(probes).update(blank_runs=blank_runs)
    return {
        tag: kind_of(tag).prepare(
            read(tag, key), Workshop(tag, probes, Path(), b"secret", filled())
        )
        for tag, key in KEYS.items()
    }


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as started:
        yield started


@pytest.fixture
def judge(sandbox: Sandbox, prepared: dict[str, object]) -> Iterator[Any]:
    """Judge an answer to a blank."""

    def judge(session: Session, tag: str, text: str) -> Finding:
        return kind_of(tag).judge(read(tag, text), prepared[tag], session)

    with sandbox.session() as session:
        yield lambda tag, text: judge(session, tag, text)


@pytest.mark.parametrize(
    ("tag", "text", "echo"),
    [
        ("a", " width ", "width"),
        ("a", "`width`", "width"),
        ("a", "```python\nwidth\n```", "width"),
        ("a", "$width$", "width"),
        ("a", "width  # of all groups", "width"),
        ("a", "(width\n   * 1)", "(width * 1)"),
        ("a", "out_features=width", "out_features=width"),
        ("b", "self.last = nn.Linear(width, width)  # square", "nn.Linear(width, width)"),
        ("b", "last: nn.Module = nn.Identity()", "nn.Identity()"),
        ("b", "self.first = nn.Identity()", "self.first = nn.Identity()"),
        ("d", "nn.functional.softmax", "nn.functional.softmax"),
        ("e", "(lambda z: self.last(z))", "(lambda z: self.last(z))"),
    ],
)
def test_the_echo_is_the_expression(tag: str, text: str, echo: str) -> None:
    """Without decoration, comment and the public left side, on one line."""
    assert read(tag, text).echo == echo


@pytest.mark.parametrize(
    ("tag", "text", "code", "at"),
    [
        ("a", " ", "empty", None),
        ("a", "____", "blank_left", None),
        ("a", "width)", "syntax_error", ")"),
        ("a", "(width", "syntax_error", "(width"),
        ("a", "width groups", "syntax_error", "width groups"),
        ("a", "width, groups", "syntax_error", "width, groups"),
        ("a", "width, bias=False", "syntax_error", "width, bias=False"),
        ("a", "width,", "syntax_error", None),
        ("a", "width) or (0", "syntax_error", None),
        ("a", "width), print(width", "syntax_error", "width), print(width"),
        ("a", "width; x", "syntax_error", "; x"),
        ("a", "width − 0", "syntax_error", "− 0"),
        ("e", "self\n.last", "syntax_error", "self\n.last"),
        ("e", "self.last or", "syntax_error", None),
        ("e", "self.last; self.first", "syntax_error", "; self.first"),
        ("e", "await self.last", "syntax_error", "await self.last"),
        ("b", "self.last = x = nn.Identity()", "syntax_error", "x = nn.Identity()"),
        ("d", "'softmax'", "syntax_error", "'softmax'"),
        ("d", "soft max", "syntax_error", "soft max"),
        ("a", "(" * 300 + "width" + ")" * 300, "syntax_error", None),
    ],
)
def test_one_expression_is_asked(tag: str, text: str, code: str, at: str | None) -> None:
    """Anything that would make another statement of the public one is a syntax error."""
    with pytest.raises(Unreadable) as caught:
        read(tag, text)

    assert caught.value.code == code
    if at is not None:
        assert caught.value.span is not None
        assert text[slice(*caught.value.span)] == at


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        ("a", "widht", "widht"),
        ("a", "groups * size", "size"),
        ("a", "  `2 * batch`", "batch"),
        ("b", "Linear(width, width)", "Linear"),
        ("c", "groups", "groups"),
        ("c", "parts", "parts"),
        ("d", "softmax if mixed else exp", "mixed"),
        ("e", "last", "last"),
        ("e", "(lambda z: last(z))", "last"),
    ],
)
def test_names_are_looked_up_where_the_blank_stands(tag: str, text: str, name: str) -> None:
    """Arguments and earlier lines of the same method; not attributes, not other methods."""
    with pytest.raises(Unreadable) as caught:
        read(tag, text)

    assert caught.value.code == "unknown_name"
    assert caught.value.data["name"] == name
    assert caught.value.span is not None
    assert text[slice(*caught.value.span)] == name


def test_a_near_name_is_offered() -> None:
    """Of those that have a value there."""
    with pytest.raises(Unreadable) as caught:
        read("a", "widht")

    scope = ["self", "width", "groups", "math", "Mixer", "np", "torch", "nn", "F"]
    assert caught.value.data == {"name": "widht", "in_scope": scope, "nearest": "width"}


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        *KEYS.items(),
        ("a", "self.size * groups"),
        ("a", "int(math.fsum([width]))"),
        ("a", "out_features=width"),
        ("b", "nn.Sequential(nn.Linear(width, width))"),
        ("c", "-1"),
        ("c", "x.shape[1] // self.size"),
        ("d", "special.softmax"),
        ("d", "torch.softmax"),
        ("e", "self.last.forward"),
        ("e", "(lambda z: torch.addmm(self.last.bias, z, self.last.weight.T))"),
        ("e", "(lambda z: F.linear(z, *self.last.parameters()))"),
        ("e", "(lambda z: F.linear(z, self.last.weight, self.last.bias))"),
    ],
)
def test_equal_expressions_are_right(judge: Any, tag: str, text: str) -> None:
    """Whatever computes the same at the statement, for every size."""
    assert judge(tag, text).code == "right"


@pytest.mark.parametrize(
    ("tag", "text", "code"),
    [
        ("a", "self.size", "wrong_layer"),
        ("a", "12", "wrong_layer"),
        ("a", "float(width)", "raises"),
        ("a", "-width", "raises"),
        ("b", "nn.Linear(width, width, bias=False)", "wrong_layer"),
        ("b", "nn.Linear(width, width).double()", "wrong_layer"),
        ("b", "nn.Sequential(nn.Linear(width, width), nn.ReLU())", "wrong_layer"),
        ("b", "nn.Identity()", "wrong_layer"),
        ("b", "nn.Linear(width, 10**12)", "raises"),
        ("b", "self.first = nn.Linear(width, width)", "left_side_contradicts"),
        ("c", "self.size", "raises"),
        ("c", "1", "raises"),
        ("d", "sigmoid", "raises"),
        ("d", "log_softmax", "differs"),
        ("d", "amax", "wrong_shape"),
        ("d", "nn.functional.gumbel_softmax", "differs"),
        ("e", "self.first", "differs"),
        ("e", "lambda z: self.last(z)", "wrong_type"),
        ("e", "-self.last", "differs"),
        ("e", "self.split", "other_blank"),
        ("e", "(lambda z: self.last(z).detach())", "no_gradient"),
        ("e", "(lambda z: F.linear(z, self.last.weight.data, self.last.bias.data))", "no_gradient"),
        ("e", "(lambda z: F.linear(z, self.last.weight.data, self.last.bias))", "wrong_gradient"),
        ("e", "self.last.requires_grad_(False)", "no_gradient"),
        ("e", "(self.last.bias.requires_grad_(False), self.last)[1]", "wrong_gradient"),
        ("e", "(lambda z: self.last(z.zero_()))", "arguments_changed"),
        ("e", "print", "returned_nothing"),
    ],
)
def test_other_expressions_are_wrong(judge: Any, tag: str, text: str, code: str) -> None:
    """Readable, and not what the reference's statement computes."""
    finding = judge(tag, text)
    assert (finding.verdict, finding.code) == ("incorrect", code)


@pytest.mark.parametrize(
    ("tag", "text", "code"),
    [
        ("a", "self.width", "unknown_attribute"),
        ("a", "self.last.in_features", "unknown_attribute"),
        ("a", "exit()", "exits"),
        ("b", "nn.linear(width, width)", "unknown_attribute"),
        ("b", "(width, width)", "wrong_kind"),
        ("d", "sofmax", "unknown_attribute"),
        ("e", "self.Last", "unknown_attribute"),
    ],
)
def test_what_is_not_there_is_invalid(judge: Any, tag: str, text: str, code: str) -> None:
    """Attributes that don't exist, or not yet; another kind of thing; leaving."""
    finding = judge(tag, text)
    assert (finding.verdict, finding.code) == ("invalid", code)


@pytest.mark.parametrize(
    "typed",
    [
        "type(f'W{self.first.in_features}', (), {})",
        "(lambda z: type(f'W{self.first.in_features}', (), {})())",
        "(lambda z: {'layer': f'W{self.first.in_features}', 'shapes': 1})",
        "(lambda z: self.first.weight)",
        "(lambda z: exit(self.first.in_features))",
        "(lambda z: __import__(f'w{self.first.in_features}'))",
    ],
)
def test_what_a_blank_returns_tells_nothing_of_the_layers_in_its_reach(
    judge: Any, typed: str
) -> None:
    """Neither a type's name, nor a shape, nor how the code ends: staff see them."""
    finding = judge("e", typed)
    assert finding.verdict != "correct" and "staff" in finding.data
    said = explain(finding, "full")
    assert not any(character.isdigit() for character in said), said


@pytest.mark.parametrize(
    "raised",
    [
        "ValueError(str(self.first))",
        "NameError(f\"name 'w{self.first.in_features}' is not defined\")",
        "AttributeError(f\"'int' object has no attribute 'w{self.first.in_features}'\")",
        "type(f'W{self.first.in_features}', (Exception,), {})()",
    ],
)
def test_a_blank_tells_nothing_of_the_layers_in_its_reach(judge: Any, raised: str) -> None:
    """Their widths are what other blanks ask for; what the code says goes to staff."""
    finding = judge("e", f"(_ for _ in ()).throw({raised})")
    assert finding.verdict != "correct" and "staff" in finding.data
    said = explain(finding, "full")
    assert not any(character.isdigit() for character in said), said


def test_no_other_key_goes_to_the_child(prepared: dict[str, object]) -> None:
    """The child's code is the public class, this statement and the student's text."""
    trials: Any = prepared["c"]
    job = job_of(TEMPLATE, read("c", "-1").content.value, trials)

    assert (
        job.source
        == "def __statement__(self, x, batch, _):\n return (x.view(batch, -1, self.size)\n)"
    )
    assert TEMPLATE in job.preamble
    assert "softmax" not in job.preamble + job.source


def test_the_shape_of_a_right_result_does_not_go_to_the_child(prepared: dict[str, object]) -> None:
    """Where gradients are asked for: to be of that shape is all that some blanks have to do."""
    trials: Any = [each for tag in "cde" for each in prepared[tag]]  # type: ignore[attr-defined]
    told = {trial.cotangent.shape for trial in trials if trial.cotangent is not None}
    assert len(told) == 1 and len({trial.expected.data.shape for trial in trials}) > 1


def test_a_typed_blank_may_see_more_than_its_template(judge: Any, sandbox: Sandbox) -> None:
    """The solution's `filled` has a class with more lines than students are shown."""
    template = TEMPLATE.replace("        self.first = nn.Linear(width, ____)  # a\n", "")
    kind = Blank(template, typed=True, tag="b")
    probes = ModuleType("probes")
    vars(probes).update(blank_runs=blank_runs, filled={"b": filled()})
    reading = kind.read(Response("nn.Linear(self.first.in_features, width)", Place("a.json")))
    reference = kind.read(Response(KEYS["b"], Place("answers.py")))
    prepared = kind.prepare(reference, Workshop("b", probes, Path(), b""))

    with sandbox.session() as session:
        assert kind.judge(reading, prepared, session).code == "right"


@pytest.mark.parametrize(
    ("template", "tag", "says"),
    [
        ("x = 1", "a", "needs one ____"),
        (TEMPLATE, "z", "needs one ____"),
        ("x = ____", "a", "in a class"),
        ("class A:\n    x = ____", "a", "in a method"),
        ("class A:\n    def f(self):\n        if ____: pass", "a", "in an assignment"),
    ],
)
def test_a_template_without_such_a_blank_is_the_author_s(
    template: str, tag: str, says: str
) -> None:
    """The message says what a blank needs."""
    with pytest.raises(AssignmentError, match=says):
        Blank(template, tag=tag).read(Response("1", Place("answers.py")))


@pytest.mark.parametrize(
    ("reference", "runs", "says"),
    [
        (None, blank_runs, "must have this statement"),
        (filled(), None, "blank_runs"),
        (filled(), lambda rng: [], "yields nothing"),
        (filled(), lambda rng: [({"width": 4}, [])], "fails for"),
        (filled().replace("y = self.split", "return x\n        y = self.split"), blank_runs, "run"),
    ],
)
def test_a_reference_that_does_not_run_is_the_author_s(
    reference: str | None, runs: object, says: str
) -> None:
    """The message names the class, the size, or what is missing."""
    probes = ModuleType("probes")
    if runs is not None:
        vars(probes).update(blank_runs=runs)
    source = reference or filled().replace("self.last(y)", "self.first(y)")
    with pytest.raises(AssignmentError, match=says):
        kind_of("e").prepare(read("e", "self.last"), Workshop("e", probes, Path(), b"", source))


IMAGES = """class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(____))  # a
        self.norm = nn.BatchNorm2d(channels)
        self.conv = nn.Conv2d(channels, 2 * channels, 3, stride=2, bias=False)

    def forward(self, x):
        x = self.norm(x)
        return F.relu(self.conv(____))  # b
"""


@pytest.mark.parametrize(
    ("tag", "text", "code"),
    [
        ("a", "channels", "right"),
        ("a", "2", "wrong_shape"),
        ("b", "x", "right"),
        ("b", "x.mT", "differs"),
    ],
)
def test_a_class_may_hold_any_of_torchs_layers(
    sandbox: Sandbox, tag: str, text: str, code: str
) -> None:
    """Convolutions and norms are there in the child, and a parameter is a value."""

    def runs(rng: Generator) -> Iterator[tuple[dict[str, int], list[Any]]]:
        for channels in (3, 4):
            x = rng.standard_normal((2, channels, 8, 8)).astype(np.float32)
            yield {"channels": channels}, [x]

    probes = ModuleType("probes")
    vars(probes).update(blank_runs=runs)
    whole = IMAGES.replace("____", "channels", 1).replace("____", "x", 1)
    kind = Blank(IMAGES, tag=tag)
    key = kind.read(Response({"a": "channels", "b": "x"}[tag], Place("answers.py")))
    trials = kind.prepare(key, Workshop(tag, probes, Path(), b"secret", whole))
    with sandbox.session() as session:
        answer = kind.read(Response(text, Place("answers.py")))
        assert kind.judge(answer, trials, session).code == code
