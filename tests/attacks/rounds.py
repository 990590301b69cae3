"""One run of the real command line on some attacks, and what can be seen of it from outside."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from attacks.arena import ROOT, LayerSet, become, give, run_inside
from attacks.catalogue import Attack, mark
from attacks.course import HONEST, SECONDS, Course, file_of, make_course

HONESTS = ("a_honest", "k_honest", "z_honest")  # graded before, between and after the attacks
FOLDERS = ("/tmp", "/dev/shm", "/var/tmp")
START_SECONDS = 20.0
MOST_SECONDS = 5.0  # for one submission, when the run as a whole is waited for
TYPED_SECONDS = 20.0  # for four typed answers, each of which may take some seconds
REPLACED_SECONDS = 20.0  # to start another worker, with torch, when a text has ended one
SLACK = 1.0  # seconds beyond an attack's limit


@dataclass
class Seen:
    """What a round came to.

    Attributes:
        results: The text of each result file, by student.
        seconds: Between a student's result and the one before.
        bites: By attack, what it did that it should not.
        whole: What happened that no attack can be blamed for yet.
        peaks: Bytes of resident memory, the largest of each process of the grader.
        promises: What the run says that it keeps.
        layers: For each layer `holds` or why not.
        said: The end of what the command printed.
    """

    results: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    bites: dict[str, list[str]] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)
    promises: dict[str, bool] = field(default_factory=dict)
    layers: dict[str, str] = field(default_factory=dict)
    said: str = ""


def grade_round(
    chosen: LayerSet, attacks: Sequence[Attack], canaries: Mapping[str, str], accept: bool
) -> Seen:
    """Grade honest submissions and attacks in an arena of their own.

    Args:
        accept: Run code also where nothing keeps it from reading files.

    Errors: NoArena.
    """
    with tempfile.TemporaryFile("w+") as file:

        def run() -> None:
            json.dump(asdict(_run(chosen, attacks, canaries, accept)), file)
            file.flush()

        code = run_inside(chosen, run)
        file.seek(0)
        if code:
            return Seen(whole=["run"], bites={each.student: [] for each in attacks})
        return Seen(**json.load(file))


def _run(
    chosen: LayerSet, attacks: Sequence[Attack], canaries: Mapping[str, str], accept: bool
) -> Seen:
    folder = Path(tempfile.mkdtemp(prefix="attacks_"))
    try:
        course = make_course(folder, canaries)
        with _Ears(attacks, str(folder)) as ears:
            _hand_in(course, attacks, ears.ports)
            give(folder, chosen)
            before = _files(folder)
            seen, printed = _grade(course, chosen, accept, len(attacks))
            _look_at_processes(seen)
            _look_at_files(seen, attacks, before, folder)
            _look_at_results(seen, course, attacks)
            heard = ears.heard()
        _look_for_canaries(seen, attacks, canaries, printed, heard)
        return seen
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hand_in(course: Course, attacks: Sequence[Attack], ports: Mapping[str, int]) -> None:
    for name in HONESTS:
        (course.submissions / f"{name}.py").write_text(file_of(HONEST))
    for attack in attacks:
        data = attack.make(str(course.folder), ports[attack.student])
        (course.submissions / f"{attack.student}{attack.suffix}").write_bytes(data)


def _grade(course: Course, chosen: LayerSet, accept: bool, count: int) -> tuple[Seen, bytes]:
    peaks = course.temporary / "peaks"
    command = [sys.executable, "-c", "from attacks.driver import main; raise SystemExit(main())"]
    command += [json.dumps([*chosen.wanted]), str(peaks), "grade", "vault", "handed_in"]
    command += ["--jobs", "1", *(["--accept-weak-isolation"] if accept else [])]
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(course.temporary),
        "HOME": str(course.temporary),
        "TOKEN": course.canaries["environment"],
    }
    seen = Seen()
    log = course.temporary / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=course.folder, env=environment, stdout=file, stderr=file,
            start_new_session=True, preexec_fn=partial(become, chosen),
        )  # fmt: skip
        try:
            code = process.wait(START_SECONDS + MOST_SECONDS * (count + 1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code = None
    printed = log.read_bytes()
    seen.said = printed.decode(errors="replace")[-3000:]
    if code not in (0, 3):  # 3: a grader's fault, which is looked for in the results
        seen.whole.append("run")
    if peaks.exists():
        seen.peaks = [int(each) for each in peaks.read_text().split()]
    for each in (peaks, log):
        each.unlink(missing_ok=True)
    return seen, printed


def _look_at_processes(seen: Seen) -> None:
    """All that is left in the arena besides this process."""
    until = time.monotonic() + 1
    while (left := _left()) and time.monotonic() < until:
        time.sleep(0.05)
    if left:
        seen.whole.append("process")
        os.kill(-1, signal.SIGKILL)


def _left() -> list[int]:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) > 1]


def _files(folder: Path) -> set[str]:
    found = {str(path) for path in folder.rglob("*") if (folder / "out") not in path.parents}
    return found | {str(Path(name, each)) for name in FOLDERS for each in os.listdir(name)}


def _look_at_files(seen: Seen, attacks: Sequence[Attack], before: set[str], folder: Path) -> None:
    new = {
        path
        for path in _files(folder) - before
        if path.startswith((str(folder), "/dev/shm/")) or f"attack_{folder.name[-8:]}" in path
    } - {str(folder / "out")}
    for path in new:
        by = next((each for each in attacks if mark(str(folder), each.name) in path), None)
        if by is None:
            seen.whole.append("file")
        else:
            seen.bites.setdefault(by.student, []).append("file")
        if not path.startswith(str(folder)):
            shutil.rmtree(path) if Path(path).is_dir() else Path(path).unlink(missing_ok=True)


def _look_at_results(seen: Seen, course: Course, attacks: Sequence[Attack]) -> None:
    paths = sorted((course.out / "results").glob("*.json"), key=lambda p: p.stat().st_mtime_ns)
    for path, before in zip(paths, [None, *paths], strict=False):
        seen.results[path.stem] = path.read_text(errors="replace")
        if before is not None:
            seen.seconds[path.stem] = path.stat().st_mtime - before.stat().st_mtime
    try:
        run = json.loads((course.out / "run.json").read_text())
        seen.promises, seen.layers = run["promises"], run["layers"]
    except (OSError, ValueError, KeyError):
        seen.whole.append("run")
    for attack in attacks:
        seen.bites.setdefault(attack.student, [])
        seen.bites[attack.student] += _wrongs(attack, seen)
    if not {*HONESTS} <= seen.results.keys():
        seen.whole.append("run")


def _wrongs(attack: Attack, seen: Seen) -> Iterator[str]:
    """What a result file says that it should not."""
    try:
        result: dict[str, Any] = json.loads(seen.results[attack.student])
        questions = result["questions"]
    except (KeyError, ValueError):
        yield "run"
        return
    if any(each["score"] for each in questions):
        yield "points"
    codes = {each["code"] for each in questions}
    if codes & {"grader_fault"}:
        yield "ungraded"
    limit = 3 * SECONDS + SLACK  # judged with other answers, then alone, then for a hint
    limit += TYPED_SECONDS if attack.group == "typed" else 0
    limit += REPLACED_SECONDS if "stopped_reader" in codes else 0
    if seen.seconds.get(attack.student, 0) > limit:
        yield "late"


def _look_for_canaries(
    seen: Seen,
    attacks: Sequence[Attack],
    canaries: Mapping[str, str],
    printed: bytes,
    heard: Mapping[str, bytes],
) -> None:
    """In what an attack has sent and in its result; then on the screen, if in none of these."""
    for attack in attacks:
        told = heard.get(attack.student)
        if told is not None:
            seen.bites[attack.student].append("network")
        result = seen.results.get(attack.student, "") + (told or b"").decode(errors="replace")
        found = {f"leak: {name}" for name, canary in canaries.items() if canary in result}
        seen.bites[attack.student] = sorted({*seen.bites[attack.student], *found})
    told_of = {bite for bites in seen.bites.values() for bite in bites}
    for name, text in canaries.items():
        if text.encode() in printed and f"leak: {name}" not in told_of:
            seen.whole.append(f"leak: {name}")


class _Ears:
    """Somebody outside who can be called, a port for each attack."""

    def __init__(self, attacks: Collection[Attack], folder: str) -> None:
        self._sockets: dict[str, list[socket.socket]] = {}
        self.ports: dict[str, int] = {}
        for number, attack in enumerate(attacks):
            port = 20_000 + 2 * number
            addresses: list[tuple[Any, Any, Any]] = [
                (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", port)),
                (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", port)),
                (socket.AF_UNIX, socket.SOCK_STREAM, f"\0{mark(folder, attack.name)}{port}"),
            ]
            self._sockets[attack.student] = [_ear(*each) for each in addresses]
            self.ports[attack.student] = port

    def heard(self) -> dict[str, bytes]:
        """What each attack has sent, where it has called."""
        found: dict[str, bytes] = {}
        for name, ears in self._sockets.items():
            for ear in ears:
                try:
                    if ear.type == socket.SOCK_DGRAM:
                        found[name] = found.get(name, b"") + ear.recv(1 << 16)
                        continue
                    caller, _ = ear.accept()
                    caller.settimeout(0.2)
                    found[name] = found.get(name, b"")
                    found[name] += caller.recv(1 << 16)
                except OSError:
                    continue
        return found

    def __enter__(self) -> "_Ears":
        return self

    def __exit__(self, *_: object) -> None:
        for ears in self._sockets.values():
            for ear in ears:
                ear.close()


def _ear(family: int, kind: int, address: Any) -> socket.socket:
    ear = socket.socket(family, kind)
    ear.bind(address)
    if kind == socket.SOCK_STREAM:
        ear.listen()
    ear.setblocking(False)
    return ear
