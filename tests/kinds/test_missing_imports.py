"""Where a name that has no value should have come from."""

import pytest

from autograder.kinds.imports import with_origin
from autograder.verdict import Finding, Verdict


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("sns", {"module": "seaborn"}),
        ("scipy", {"module": "scipy.special"}),
        ("heat", {"module": "seaborn.heatmap"}),
        ("near", {"module": ".near"}),
        ("local", {"module": "einops"}),
        ("inner", {}),
        ("nowhere", {"outside": True}),
    ],
)
def test_a_name_is_looked_for_in_what_ran(name: str, data: dict[str, object]) -> None:
    """An import of it has failed; a variable is set somewhere; else it stands outside."""
    sources = [
        "import seaborn as sns",
        "from seaborn import heatmap as heat\nimport scipy.special",
        "from . import near",
        "def f(x):\n    import einops as local\n    inner = 1\n    return x",
        "not python",
    ]
    finding = Finding(Verdict.INVALID, "unknown_name", {"name": name})
    assert with_origin(finding, sources).data == {"name": name, **data}


def test_of_other_findings_nothing_is_said() -> None:
    """They name nothing."""
    finding = Finding(Verdict.INCORRECT, "raises", {"name": "sns"})
    assert with_origin(finding, ["import seaborn as sns"]) == finding
