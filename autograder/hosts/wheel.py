"""The package as a wheel, made from its folder: nothing is downloaded, nothing is run.

A wheel is a zip: the package, and beside it what `pip` wants to know (packaging.python.org,
"Binary distribution format"). The same source gives the same bytes.
"""

import base64
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import autograder
from autograder.errors import UsageError
from autograder.hosts.packing import files_of

PACKAGE = Path(autograder.__file__).parent
TAG = "py3-none-any"


class Project(NamedTuple):
    """What `pyproject.toml` says; extras are for those who work on it, and left out.

    Attributes:
        python: The versions of Python that it runs with, such as `>=3.11`.
        scripts: Commands, and the function of each.
    """

    name: str
    version: str
    summary: str
    python: str
    dependencies: tuple[str, ...]
    scripts: Mapping[str, str]


def wheel_files(package: Path = PACKAGE) -> tuple[str, Mapping[str, bytes]]:
    """The wheel's name, and its files by their names.

    Args:
        package: Its folder; `pyproject.toml` stands beside it.

    Errors: UsageError when `pyproject.toml` is not beside the package.
    """
    project = read_project(package.parent / "pyproject.toml")
    whole = f"{project.name}-{project.version}"
    files = dict(files_of(package, package.name))
    described = {f"{whole}.dist-info/{name}": text for name, text in _description(project)}
    files |= {name: text.encode() for name, text in described.items()}
    record = f"{whole}.dist-info/RECORD"
    lines = [f"{name},{_digest(data)},{len(data)}" for name, data in sorted(files.items())]
    files[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    return f"{whole}-{TAG}.whl", files


def read_project(path: Path) -> Project:
    """Read a `pyproject.toml`.

    Errors: UsageError when there is none, as beside an installed package.
    """
    if not path.is_file():
        raise UsageError(f"there is no {path}; package from a copy of the whole project")
    about = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    return Project(
        about["name"],
        about["version"],
        about.get("description", ""),
        about["requires-python"],
        tuple(about.get("dependencies", ())),
        about.get("scripts", {}),
    )


def _description(project: Project) -> Iterator[tuple[str, str]]:
    """The files that describe it, and what is in them."""
    needed = "".join(f"Requires-Dist: {each}\n" for each in project.dependencies)
    started = "".join(f"{name} = {where}\n" for name, where in project.scripts.items())
    yield (
        "METADATA",
        f"Metadata-Version: 2.1\nName: {project.name}\nVersion: {project.version}\n"
        f"Summary: {project.summary}\nRequires-Python: {project.python}\n{needed}",
    )
    yield "WHEEL", f"Wheel-Version: 1.0\nGenerator: autograder\nRoot-Is-Purelib: true\nTag: {TAG}\n"
    yield "entry_points.txt", f"[console_scripts]\n{started}"


def _digest(data: bytes) -> str:
    plain = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode()
    return f"sha256={plain.rstrip('=')}"
