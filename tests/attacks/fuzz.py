"""Anything at all, a hundred thousand times: replies, sources, archives, formulas.

What is read ends in a value or in the errors that are documented, soon, and nothing stays.
"""

import faulthandler
import io
import os
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np

from attacks import archives, source, typed
from attacks.course import HONEST, file_of, make_canaries, make_course

COUNT = 100_000
HANG = 20.0  # seconds for one input, after which the process says where it is, and ends
GROWTH = 80 << 20  # bytes
MEMORY = 3 << 30  # bytes: a bomb ends as MemoryError
SHARES = {"replies": 0.55, "printed": 0.05, "formulas": 0.25, "files": 0.15}
WORDS = (
    "( ) [ ] { } ^ _ \\ / * + - = < > | , . : ; ' \" ~ $ & # % @ ! x n d 1 0 9 ∑ √ ² ≤ ∞".split()
)
LATEX = r"\frac \sqrt \sum \int \left \right \log \max \begin{cases} \end{cases} \\ \text".split()


def fuzz(count: int = COUNT, seed: int | None = None) -> tuple[str, list[str]]:
    """What was done, and what went wrong."""
    seed = random.SystemRandom().randrange(2**32) if seed is None else seed
    draw, wrong, done = random.Random(seed), [], []
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with tempfile.TemporaryDirectory(prefix="attacks_fuzz_") as folder:
        readers = _readers(Path(folder))
        for name, share in SHARES.items():
            began, tries = time.monotonic(), int(share * count)
            slowest, grown = 0.0, 0
            for number in range(tries):
                if number == tries // 4:
                    grown = _resident()
                faulthandler.dump_traceback_later(HANG, exit=True)
                started = time.process_time()
                try:
                    readers[name](draw)
                except Exception as error:
                    place = error.__traceback__
                    while place is not None and place.tb_next is not None:
                        place = place.tb_next
                    where = place.tb_frame.f_code.co_filename.split("/")[-1] if place else ""
                    wrong.append(f"fuzz {name}: {type(error).__name__} in {where}: {error!s:.100}")
                slowest = max(slowest, time.process_time() - started)
            grown = _resident() - grown
            if grown > GROWTH:
                wrong.append(f"fuzz {name}: {grown >> 20} MB more at the end")
            seconds = time.monotonic() - began
            done.append(f"{tries:,} {name} in {seconds:.0f} s, slowest {slowest:.2f} s")
    faulthandler.cancel_dump_traceback_later()
    return f"fuzz, seed {seed}: " + "; ".join(done), [f"{each}, seed {seed}" for each in wrong[:20]]


def _readers(folder: Path) -> dict[str, Callable[[random.Random], None]]:
    from autograder.assignment import load

    course = make_course(folder / "course", make_canaries())
    assignment = load(str(course.folder / "assignments" / "vault"))
    kinds = [q.kind for q in assignment if q.kind.form == "typed" and not hasattr(q.kind, "tag")]
    return {
        "replies": partial(_reply, seeds=_replies()),
        "printed": _print,
        "formulas": partial(_formula, kinds=kinds),
        "files": partial(_file, seeds=_file_seeds(), assignment=assignment),
    }


def _reply(draw: random.Random, seeds: list[bytes]) -> None:
    from autograder.sandbox.jobs import read_reply
    from autograder.sandbox.wire import WireError

    with suppress(WireError):
        read_reply(mutated(draw.choice(seeds), draw))


def _replies() -> list[bytes]:
    from autograder.sandbox.wire import WORD, Frame, to_bytes

    arrays = [np.ones((2, 3), "f4"), np.zeros(0), np.ones(2, "c8").view("f4")]
    frames = [
        Frame([0, "returned", ["array", 0, "torch", False], [["array", 1, "numpy", False]], []],
              arrays),
        Frame([1, "returned", ["dict", ["a", "b"], 1, ["list", 2.5, None, "x"]], [], [None]], []),
        Frame([1, "returned", ["array", 2, "torch", True], [], [["array", 0, "torch", False]]],
              arrays),
        Frame([-1, "raised", "ValueError", "bad", 3, "define"], []),
        Frame([0, "exited", "sys.exit()"], []), Frame([0, "unusable", "too large"], []),
        Frame([2, "done"], []), Frame([0, "returned", ["other", "function"], [], []], []),
    ]  # fmt: skip
    return [to_bytes(frame)[WORD.size :] for frame in frames]


def _print(draw: random.Random) -> None:
    from autograder.sandbox.printed import Printed

    limit = draw.choice((0, 1, 7, 100))
    kept, text = Printed(limit), b""
    for _ in range(draw.randrange(9)):
        part = draw.randbytes(draw.randrange(60))
        kept.add(part)
        text += part
    assert len(kept.text()) <= limit + 60
    if len(text) <= limit // 2:
        assert kept.text() == text.decode(errors="replace")


def _formula(draw: random.Random, kinds: list[object]) -> None:
    from autograder.errors import Unreadable
    from autograder.submission import Place, Response

    base = draw.choice([*HONEST.values(), *(text for text, _ in typed.TEXTS.values())])[:300]
    pieces = [base[: draw.randrange(len(base) + 1)]]
    pieces += [draw.choice((*WORDS, *LATEX, chr(draw.randrange(1, 0x2FFF)))) for _ in range(4)]
    pieces.append(base[draw.randrange(len(base) + 1) :])
    draw.shuffle(pieces)
    with suppress(Unreadable):
        draw.choice(kinds).read(Response("".join(pieces), Place("fuzz")))  # type: ignore[attr-defined]


def _file(draw: random.Random, seeds: dict[str, list[bytes]], assignment: object) -> None:
    from autograder.errors import SubmissionError
    from autograder.formats.members import Member
    from autograder.formats.student import read_student

    suffix = draw.choice([*seeds])
    data = mutated(draw.choice(seeds[suffix]), draw)
    member = Member(f"answers{suffix}", lambda: data)
    with suppress(SubmissionError):
        read_student([member], assignment, "fuzz", "fuzz")  # type: ignore[arg-type]


def _file_seeds() -> dict[str, list[bytes]]:
    made = [f().ljust(1) for f in (source.notebook_magic, source.bidirectional, source.decorator)]
    text = file_of(HONEST).encode()
    sheet = b'{"t1": "x^2", "t2": "O(n)", "c1": "def weigh(x): return x", "g1": "\\frac{1}{2}"}'
    zips = [archives.two_tables(), archives.odd_names(), archives.small_claim(), archives.link()]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("answers.py", text)
        archive.writestr("more/answers.json", sheet)
    return {".py": [text, *made[1:]], ".ipynb": made[:1], ".json": [sheet, made[0]],
            ".zip": [stream.getvalue(), *zips]}  # fmt: skip


def mutated(data: bytes, draw: random.Random) -> bytes:
    """The bytes with some of them changed, cut, doubled or replaced."""
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 3, 8))):
        at, end = sorted(draw.randrange(len(changed) + 1) for _ in range(2))
        match draw.randrange(6):
            case 0 if at < len(changed):
                changed[at] = draw.randrange(256)
            case 1:
                del changed[at : min(end, at + 40)]
            case 2:
                changed[at:at] = changed[at : min(end, at + 200)] * draw.choice((1, 2, 50))
            case 3:
                changed[at:at] = draw.randbytes(draw.randrange(1, 9))
            case 4:
                words = (b"[" * 40, b"9" * 40, b"\xff" * 4, b"\0", b'"', b"null", b"-1", b"1e999")
                changed[at:at] = draw.choice(words)
            case 5 if at < len(changed):
                changed[at] ^= 1 << draw.randrange(8)
    return bytes(changed[:400_000])


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
