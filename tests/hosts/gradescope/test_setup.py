"""`setup.sh` with commands of ours in the place of the system's: nothing is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.assignment import load
from autograder.hosts.gradescope.autograder_zip import gradescope_files

SYSTEM = ("bash", "cat", "chmod", "dirname", "env", "grep", "mkdir", "readlink", "rm", "touch")
NO_PYTHON = "exit 1"
PYTHON = f'exec "{sys.executable}" "$@"'
# What the environment's interpreter does: pip is there; a trial gives so many points.
INSIDE = """
case "$*" in
*pip*) exit 0 ;;
*"-m autograder grade"*)
  echo tried >> {root}/log
  while [ "$1" != --output ]; do shift; done
  echo '{{"score": {points}}}' > "$2"; echo "what the grader said" ;;
*) exec "{python}" "$@" ;;
esac
"""


class Image:
    """A source folder as Gradescope unpacks it, and a PATH with what a test puts there."""

    def __init__(self, root: Path) -> None:
        self.root, self.log = root, root / "log"
        for name, data in gradescope_files(load("attention"), "visible").items():
            path = root / "source" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (root / "source/autograder/hosts/workstation.py").write_text("")
        (root / "bin").mkdir()
        for name in SYSTEM:
            (root / "bin" / name).symlink_to(shutil.which(name) or name)
        self.command("bin/ldconfig", "echo libseccomp.so.2")
        self.log.write_text("")

    def command(self, name: str, does: str) -> None:
        """Put a command there."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!{shutil.which('bash')}\n{does}\n")
        path.chmod(0o755)

    def installed(self, points: float) -> None:
        """As after the installation; the trial gives so many points."""
        does = INSIDE.format(root=self.root, points=points, python=sys.executable)
        self.command("source/.venv/bin/python", does)
        (self.root / "source/.venv/set-up-grade").write_text("")
        os.utime(self.root / "source/.venv/set-up-grade", (0, 0))

    def set_up(self) -> subprocess.CompletedProcess[str]:
        """Run it as Gradescope does, without a home folder."""
        return subprocess.run(
            ["env", "-i", f"PATH={self.root / 'bin'}", "bash", self.root / "source/setup.sh"],
            capture_output=True, text=True, cwd="/", timeout=60,
        )  # fmt: skip


@pytest.fixture
def image(tmp_path: Path) -> Image:
    """One that nothing was installed in."""
    return Image(tmp_path)


def test_done_means_that_it_grades_and_a_second_run_tries_nothing(image: Image) -> None:
    """The trial is one for each installation."""
    image.command("bin/python3.12", PYTHON)
    image.installed(points=34)
    for _ in range(2):
        ran = image.set_up()
        assert ran.returncode == 0 and "the key gets 34 points" in ran.stdout, ran.stderr
    assert image.log.read_text() == "tried\n"
    assert (image.root / "source/solutions").stat().st_mode & 0o077 == 0
    assert not (image.root / "source/trial").exists()


def test_an_image_in_which_code_can_not_be_graded_is_refused(image: Image) -> None:
    """With what the grader said; else every student's code would wait for a person."""
    image.command("bin/python3.12", PYTHON)
    image.installed(points=21)
    ran = image.set_up()
    assert ran.returncode == 1
    assert "what the grader said" in ran.stderr
    assert "the key gets 21, not 34 points" in ran.stderr


def test_a_half_made_environment_is_made_anew(image: Image) -> None:
    """One without pip, as a stopped run leaves it, can't be completed."""
    image.command("bin/python3.12", PYTHON)
    image.command("source/.venv/bin/python", "exit 1")
    image.set_up()
    assert not (image.root / "source/.venv/bin/python").exists()


def test_without_python_and_apt_one_sentence_says_what_to_choose(image: Image) -> None:
    """No command that is not found, no traceback."""
    image.command("bin/python3.11", NO_PYTHON)
    ran = image.set_up()
    assert ran.returncode == 1
    assert ran.stderr == (
        "setup.sh: no Python from 3.11 on, and no apt-get: choose an Ubuntu base image\n"
    )


def test_a_release_candidate_is_no_python(image: Image) -> None:
    """Ubuntu 22.04 has one by the name of python3.11; torch can't be imported there."""
    fake = "import sys; sys.version_info = (3, 11, 0, 'candidate', 1)"
    image.command("bin/python3.11", f'exec "{sys.executable}" -c "{fake}; ${{2#import sys}}"')
    image.command("bin/apt-get", f'echo "$@" >> {image.log}')
    image.command("bin/apt-cache", '[ "$2" = python3.11-venv ]')
    ran = image.set_up()
    assert ran.returncode == 1 and "choose a newer base image" in ran.stderr
    assert "install -y --no-install-recommends python3.11 python3.11-venv" in image.log.read_text()
