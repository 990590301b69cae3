"""Set up a workstation: a virtual environment with what grading needs, once.

Run by the system's own Python before anything is installed, so the standard library only,
in a syntax that an old Python can read far enough to say that it is too old.

    python3 autograder/hosts/workstation.py          what grading needs
    python3 autograder/hosts/workstation.py dev      and what the tests need, otter-grader too
"""

import hashlib
import os
import subprocess
import sys
from typing import NoReturn  # an old Python has to get past this line

OLDEST = (3, 11)
HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(HOME, ".venv")
TORCH = "2.13.0"
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"  # PyTorch's own, public, CPU only
EXTRAS = {"": "", "dev": "[dev,otter]"}


def main(arguments: list[str]) -> None:
    """Make or complete the environment; do nothing when it is up to date."""
    wanted = arguments[0] if arguments else ""
    if sys.version_info < OLDEST:
        version = ".".join(map(str, sys.version_info[:2]))
        fail(f"Python {version} is too old, 3.11 or newer is needed; say make PYTHON=python3.12")
    if wanted not in EXTRAS:
        fail("usage: workstation.py [dev]")
    stamp = os.path.join(FOLDER, "set-up-" + (wanted or "grade"))
    if read(stamp) == fingerprint():
        return
    make_environment()
    install_torch()
    print("installing the packages that grading needs" + (" and the tests need" if wanted else ""))
    pip("install", "-c", "constraints.txt", "-e", "." + EXTRAS[wanted])
    for name in ("grade", wanted or "grade"):
        with open(os.path.join(FOLDER, "set-up-" + name), "w") as file:
            file.write(fingerprint())


def make_environment() -> None:
    """Make .venv with pip in it."""
    if os.path.exists(python()):
        return
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        fail("this Python has no venv module; on Debian and Ubuntu: apt install python3-venv")
    print("making .venv with Python " + ".".join(map(str, sys.version_info[:2])))
    venv.create(FOLDER, with_pip=True)


def install_torch() -> None:
    """Install torch for the CPU, never gigabytes of CUDA by surprise."""
    if run([python(), "-c", "import torch"], quiet=True) == 0:
        return
    print(f"installing torch {TORCH} for the CPU (about 200 MB, once)")
    chosen = os.environ.get("TORCH_INDEX")
    build = f"torch=={TORCH}+cpu"
    if chosen:
        if pip("install", "--index-url", chosen, "torch==" + TORCH, check=False) != 0:
            fail(f"torch {TORCH} is not to be had from TORCH_INDEX={chosen}")
    elif pip("install", build, check=False, quiet=True) == 0:
        return
    elif not sys.platform.startswith("linux"):
        pip("install", "torch==" + TORCH)
    elif pip("install", "--index-url", TORCH_INDEX, build, check=False) != 0:
        pip("install", build, check=False)  # once more, now with its reason
        fail(
            f"neither the configured package index nor {TORCH_INDEX} has {build};"
            " set TORCH_INDEX to one that has a build for the CPU"
        )


def python() -> str:
    """The environment's interpreter."""
    windows = os.path.join(FOLDER, "Scripts", "python.exe")
    return windows if os.name == "nt" else os.path.join(FOLDER, "bin", "python")


def pip(*arguments: str, check: bool = True, quiet: bool = False) -> int:
    """Run pip in the environment; stop with its words when it fails, unless check=False."""
    command = [python(), "-m", "pip", "--disable-pip-version-check", *arguments, "--quiet"]
    code = run(command, quiet=quiet)
    if code != 0 and check:
        fail("pip failed; its reason stands above")
    return code


def run(command: list[str], quiet: bool = False) -> int:
    """The exit code of a command, run in the project's folder."""
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.call(command, cwd=HOME, stdout=sink, stderr=sink)


def fingerprint() -> str:
    """Changes whenever the environment has to be completed again."""
    total = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(HOME, name), "rb") as file:
            total.update(file.read())
    return total.hexdigest()


def read(path: str) -> str:
    """A file's text, or nothing when there is none."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def fail(reason: str) -> NoReturn:
    """Stop with one sentence."""
    sys.exit("set-up: " + reason)


if __name__ == "__main__":
    main(sys.argv[1:])
