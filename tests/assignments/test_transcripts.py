"""What students and staff see of the first assignment, whole: read aloud before it changes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from goldfile import GOLD, assert_gold

from autograder import checking, cli

ROOT = Path(__file__).resolve().parents[2]
CLASS = ROOT / "solutions" / "attention" / "class"
JARGON = re.compile(r"\b(tree|token|parse|zygote|digest|verdict|child|None|null|\w+_axes)\b")
FILES = {
    "untouched": ROOT / "assignments" / "attention" / "answers.py",
    "half": CLASS / "elif.py",
    "wrong": CLASS / "ines.py",
    "perfect": CLASS / "amara.py",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the four submissions."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(checking, "saved_at", lambda path, now: "23:04")
    (tmp_path / "class").mkdir()
    for name, file in FILES.items():
        shutil.copy(file, tmp_path / "class" / f"{name}.py")
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_check(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """The untouched stub, a half-done, an all-wrong and a perfect submission."""
    code = cli.main(["check", "attention", f"class/{name}.py"])
    assert_gold(capsys.readouterr().out, f"attention/check_{name}")
    assert code == (cli.DONE if name == "perfect" else cli.FOUND)


@pytest.mark.parametrize("name", FILES)
def test_no_word_of_the_engine_is_in_a_check(name: str) -> None:
    """A tired student has not read our code."""
    text = (GOLD / "attention" / f"check_{name}.txt").read_text(encoding="utf-8")
    assert not JARGON.search(text)


def test_without_torch_the_code_is_read_and_not_run(folder: Path) -> None:
    """Nothing but the standard library: one line says how to get torch."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from autograder.cli import main\n"
        "sys.exit(main(['check', 'attention', 'class/perfect.py']))"
    )
    command = [sys.executable, "-I", "-S", "-c", code, str(ROOT)]
    found = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert (found.returncode, found.stderr) == (0, "")
    said = " ".join(found.stdout.split())
    assert "Code was read but not run: torch is not installed. To get it: pip install" in said


def test_a_class(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same four, graded."""
    assert cli.main(["grade", "attention", "class"]) == cli.DONE
    text = re.sub(r"in \d+\.\d s", "in 4.1 s", capsys.readouterr().out)
    assert_gold(re.sub(r"key \w+", "key 3f2a91", text), "attention/grade")
