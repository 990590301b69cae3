"""The notebook as students get it, run in a kernel: with otter-grader, without, as on Colab."""

import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import load
from autograder.formats.cells import cut

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")

ROOT = Path(__file__).parents[3]
ATTENTION = load("attention")
ANSWERS = r"""
# %% q1a
q1a = "\xi^T \mu"
# %% q1b
q1b = r"d^2
# %% q5a
q5a = r"0<sim(q,k)"
# %% q4c
q4c = r"bd,hdq->bhq"
# %% q2d
def argmax_attention(q, K, V):
    return V[torch.argmax(K @ q)]
"""
# With a name that hides otter-grader's, the kernel doesn't have it.
NO_OTTER = "import importlib.metadata as m; f = m.version; m.version = lambda n: f('no-' + n)"


def handed_out(folder: Path) -> None:
    """Lay out what the student's zip holds, but for the notebook."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=ignored)
    (folder / "assignments/attention").mkdir(parents=True)
    for path in ATTENTION.folder.glob("*.py"):
        shutil.copy(path, folder / "assignments/attention")


def book(*wanted: str, first: str = "") -> Any:
    """The notebook with these answers, and of its other cells the wanted ones only."""
    made = nbformat.read(ATTENTION.folder / "answers.ipynb", 4)
    texts = {cell.word: cell.text.strip() for cell in cut(ANSWERS) if cell.word}
    code = [cell for cell in made.cells if cell.cell_type == "code" and cell.id in wanted]
    for cell in code:
        cell.source = texts.get(cell.id, cell.source)
    made.cells = [*([nbformat.v4.new_code_cell(first)] if first else []), *code]
    return made


def run(made: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What stands below each cell, after all were run in a kernel in the folder."""
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setenv("IPYTHONDIR", str(folder / ".ipython"))
    client = nbclient.NotebookClient(
        made, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    done = client.execute(env=dict(os.environ))
    return {cell.id: "\n".join(map(text_of, cell.outputs)) for cell in done.cells if "id" in cell}


def text_of(output: Any) -> str:
    """An output as a screen shows it."""
    if output.output_type == "error":
        return "\n".join(output.traceback)
    plain = output.get("text") or output.data.get("text/plain", "")
    return f"{plain}\n{output.get('data', {}).get('text/html', '')}"


CELLS = ("set-up", "q1a", "q1b", "q5a", "q1a-check", "q1b-check", "q5a-check", "q4c-check")


@pytest.mark.filterwarnings("ignore")
def test_with_otter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our words, in our grader and in otter's own; an export that is a zip."""
    pytest.importorskip("otter")
    handed_out(tmp_path)
    made = book(*CELLS, "all", "export")
    theirs = ['import otter; grader = otter.Notebook("answers.ipynb")']
    theirs += [f'grader.check("{name}")' for name in ("q5a", "q1a", "q4c")]
    extra = [nbformat.v4.new_code_cell(each, id=f"theirs{i}") for i, each in enumerate(theirs)]
    nbformat.write(made, tmp_path / "answers.ipynb")
    made.cells += extra
    seen = run(made, tmp_path, monkeypatch)
    assert "attention 1.0: ready." in seen["set-up"] and "otter" not in seen["set-up"]
    assert r"\xi^T \mu" in seen["q1a-check"] and "xi is not a symbol" in seen["q1a-check"]
    assert "unterminated" in seen["q1b-check"] and "In [4], line 2" in seen["q1b-check"]
    assert "read  0 < sim(q, k)" in seen["q5a-check"]
    assert "BLANK · not run yet" in seen["q4c-check"]
    assert "1 read · 2 unreadable · 29 blank" in seen["all"]
    assert "holds answers.ipynb as it was saved" in seen["export"]
    [path] = tmp_path.glob("answers_*.zip")
    assert "answers.ipynb" in zipfile.ZipFile(path).namelist()
    assert (tmp_path / ".OTTER_LOG").is_file()
    for name in (*CELLS[4:], "all", "export"):
        assert "passed" not in seen[name] and "Traceback" not in seen[name]
    assert 'q5a is read as "0 &lt; sim(q, k)".' in seen["theirs1"].replace("<", "&lt;")
    assert "AnswerNeedsWork" in seen["theirs2"] and "xi is not a symbol" in seen["theirs2"]
    assert "BLANK · not run yet" in seen["theirs3"]


@pytest.mark.filterwarnings("ignore")
def test_as_on_colab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No notebook's file, no otter, only the zip that was uploaded; without it one sentence."""
    handed_out(tmp_path / "zip")
    uploaded, bare = tmp_path / "colab", tmp_path / "bare"
    uploaded.mkdir()
    bare.mkdir()
    shutil.make_archive(str(uploaded / "attention (1)"), "zip", tmp_path / "zip")
    (uploaded / "photos.zip").write_bytes(b"no zip")
    hidden = f"import sys; sys.path[:] = [p for p in sys.path if p != {str(ROOT)!r}]; {NO_OTTER}"
    hidden += "; sys.meta_path[:] = [f for f in sys.meta_path if 'ditable' not in repr(f)]"
    seen = run(book(*CELLS, "export", first=hidden), uploaded, monkeypatch)
    assert "attention 1.0: ready." in seen["set-up"]
    assert "read  0 < sim(q, k)" in seen["q5a-check"]
    assert "File > Download" in seen["export"]
    left = {path.name for path in uploaded.iterdir()} - {".ipython"}
    assert left == {"attention (1).zip", "photos.zip"}
    seen = run(book("set-up", first=hidden), bare, monkeypatch)
    assert seen["set-up"].startswith("The check is not here. Next: upload the assignment's zip")
