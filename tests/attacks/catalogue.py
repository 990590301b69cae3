"""All attacks, by class. Each is a function or an entry of data with a sentence about it."""

import inspect
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import ModuleType

from attacks import (
    archives,
    ending,
    exhaustion,
    forging,
    known,
    network,
    reading,
    returned,
    source,
    typed,
)
from attacks.course import file_of

CODE = (reading, forging, ending, returned, exhaustion, network)
IMPORTS = "import builtins, glob, importlib, linecache, site, urllib.request\n"
GROUPS = ("reading", "forging", "ending", "returned", "exhaustion", "network")
GROUPS += ("source", "typed", "archives")
# What these read is in processes, not in files.
IN_MEMORY = re.compile(
    "memory|garbage|frames|modules|trace|across|environment|descriptors|grader|core"
)


@dataclass(frozen=True)
class Attack:
    """One submission that wants something else than to be graded.

    Attributes:
        about: One sentence.
        suffix: Of its file.
        make: Its bytes, given the course's folder and a port to call.
        in_memory: What it reads is in no file.
        alone: May take the grader with it: it has a run of its own.
    """

    group: str
    name: str
    about: str
    suffix: str
    make: Callable[[str, int], bytes]
    in_memory: bool = False
    alone: bool = False

    @property
    def student(self) -> str:
        """The student who hands it in."""
        return f"k_{self.group}_{self.name}".replace(" ", "_")

    @property
    def runs_code(self) -> bool:
        """Whether it gets as far as the child."""
        return self.group not in ("typed", "archives")


def attacks(*groups: str) -> list[Attack]:
    """The attacks of some classes; of all without any."""
    return [each for each in _all() if each.group in (groups or GROUPS)]


def mark(course: str, name: str) -> str:
    """What the names of files start with that an attack leaves behind."""
    return f"attack_{course[-8:]}_{name}_"


def _all() -> Iterator[Attack]:
    for module in CODE:
        group = module.__name__.rpartition(".")[2]
        for name, function in _functions(module):
            text = re.sub(rf"(?<![.\w]){name}\b", "weigh", _with_helpers(module, function))
            yield Attack(
                group, name, _about(function), ".py", partial(_code, text, name),
                in_memory=group == "reading" and bool(IN_MEMORY.search(name)),
                alone=name in getattr(module, "ALONE", ()),
            )  # fmt: skip
    for module in (source, archives):
        group = module.__name__.rpartition(".")[2]
        for name, function in _functions(module):
            suffix = ".zip" if module is archives else ".py"
            suffix = ".ipynb" if name in source.NOTEBOOKS else suffix
            yield Attack(group, name, _about(function), suffix, partial(_bytes, function, name))
    for name, (text, about) in typed.TEXTS.items():
        yield Attack("typed", name.replace(" ", "_"), about, ".json", partial(_sheet, text, name))


def _functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., bytes]]]:
    for name, each in vars(module).items():
        own = inspect.isfunction(each) and each.__module__ == module.__name__
        if own and not name.startswith("_"):
            yield name, each


def _about(function: Callable[..., object]) -> str:
    return (inspect.getdoc(function) or "").split("\n")[0]


def _with_helpers(module: ModuleType, function: Callable[..., object]) -> str:
    """The source of a function and of the private ones that it calls."""
    text = inspect.getsource(function)
    used = [each for name, each in vars(module).items() if name.startswith("_") and name in text
            and inspect.isfunction(each)]  # fmt: skip
    return "\n\n".join([*map(inspect.getsource, used), text])


def _code(text: str, name: str, course: str, port: int) -> bytes:
    """A file with an attack in the place of the asked function, behind what it knows."""
    known_here = inspect.getsource(known).replace("/course", course)
    known_here = known_here.replace("PORT = 0", f"PORT = {port}")
    whole = f"{IMPORTS}{known_here}\n\n{text}".replace("attack_", mark(course, name))
    return file_of({"c1": whole}).encode()


def _bytes(function: Callable[[], bytes], name: str, course: str, port: int) -> bytes:
    return function().replace(b"attack_ran", f"{mark(course, name)}ran".encode())


def _sheet(text: str, name: str, course: str, port: int) -> bytes:
    text = text.replace("attack_ran", f"{mark(course, name.replace(' ', '_'))}ran")
    return json.dumps(dict.fromkeys(("t1", "t2", "t3", "t4"), text)).encode()
