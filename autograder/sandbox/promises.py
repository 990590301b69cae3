"""What a run may promise, given the layers that hold here."""

import json
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import Json
from autograder.sandbox.probing import FILES, LAYERS, NAMESPACES, OWN_USER, SECCOMP

PROBE_SECONDS = 60.0
PROBE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from autograder.sandbox.probing import find_walls
del sys.path[0]
print(json.dumps(find_walls(*json.loads(sys.argv[2]))[1]))
"""


@dataclass(frozen=True)
class Isolation:
    """Which layers hold.

    Attributes:
        missing: For each layer and for `files` why it does not hold; empty where it does.
    """

    missing: Mapping[str, str]

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that were seen to bite."""
        return tuple(layer for layer in LAYERS if not self.missing[layer])

    @property
    def files(self) -> bool:
        """Whether a child can't read the key and other people's submissions."""
        return not self.missing[FILES]

    @property
    def promises(self) -> dict[str, bool]:
        """Each promise and whether it holds."""
        held = set(self.layers)
        return {
            "the key is in no process that runs student code": True,
            "a score can't be forged": True,
            "the key and other students' files can't be read": self.files,
            "there is no network": bool(held & {NAMESPACES, SECCOMP}),
            "memory, time, disk and processes are bounded": SECCOMP in held,
            "other results stay as they are": bool(held & {OWN_USER, SECCOMP}),
        }

    @property
    def broken(self) -> tuple[str, ...]:
        """The promises that do not hold."""
        return tuple(promise for promise, holds in self.promises.items() if not holds)

    @property
    def facts(self) -> dict[str, Json]:
        """For `run.json`."""
        layers: dict[str, Json] = {layer: self.missing[layer] or "holds" for layer in LAYERS}
        return {"layers": layers, "promises": dict(self.promises)}


def isolation(guarded: Sequence[Path], wanted: Collection[str] = LAYERS) -> Isolation:
    """Look which layers hold here, in a process of its own.

    Args:
        guarded: Folders that no child may read.
    """
    asked = json.dumps([[*wanted], [str(folder) for folder in guarded]])
    folder = Path(__file__).parents[2]
    try:
        ran = subprocess.run(
            [sys.executable, "-s", "-P", "-c", PROBE, str(folder), asked],
            capture_output=True, timeout=PROBE_SECONDS, env={}, cwd="/", check=True,
        )  # fmt: skip
        return Isolation(json.loads(ran.stdout))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        return Isolation(dict.fromkeys((*LAYERS, FILES), f"can't be tried: {error}"))
