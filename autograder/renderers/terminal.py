"""A graded class as text for staff: 80 columns."""

from collections.abc import Iterator, Mapping, Sequence

from autograder.renderers.checked import counted
from autograder.renderers.columns import WIDTH, paragraph
from autograder.renderers.spreadsheet import number
from autograder.report import ClassReport, StudentRow

MANY = 30  # students; beyond that only rows with a remark are listed
NAME_AND_FILE, MOST_FILE, WAITS = 28, 14, 10  # columns; longer words are cut


def class_text(report: ClassReport, out: str, again: str) -> str:
    """The summary below the progress bar.

    Args:
        out: The folder that was written.
        again: The command that picks up marks.
    """
    blocks = [
        list(student_lines(report.rows, out)),
        list(_figures(report)),
        list(_hardest(report)),
        list(_for_a_person(report, out)),
        list(_not_graded(report)),
        list(_written(report, out, again)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def isolation_text(
    missing: Mapping[str, str], broken: Sequence[str], trusted: bool, command: str
) -> str:
    """What the run could not promise; nothing where it could promise everything.

    Args:
        missing: Layers that do not hold here, with the reason.
        broken: Promises that do not hold here.
        trusted: Whether code was run nevertheless.
        command: Grades the rest in a container.
    """
    if not broken:
        return ""
    lines = ["not promised on this machine"]
    for promise in broken:
        lines += paragraph(promise, 2)
    for layer, reason in missing.items():
        lines += paragraph(f"{layer}: {reason}", 4)
    if not trusted:
        lines += ["", "so no code was run. In a container the rest is graded:", f"  {command}"]
    return "\n".join(["", *lines]) + "\n"


def title(report_name: str, version: str, digest: str, count: int, where: str) -> str:
    """The first line: what is graded, against which key, and what came in."""
    came_in = counted(count, "submission", "submissions")
    line = f"{report_name} {version} · key {digest[:6]} · {came_in} from {where}"
    return "\n".join(paragraph(line))


def stopped(done: int, of: int) -> str:
    """What somebody reads who pressed Ctrl-C."""
    return f"stopped: {done} of {of} are graded; the same command goes on from there"


def student_lines(rows: Sequence[StudentRow], out: str) -> Iterator[str]:
    """The table of students."""
    listed = rows if len(rows) <= MANY else [row for row in rows if row.remark]
    if listed:
        file = max(len("file"), min(MOST_FILE, max(len(row.file) for row in listed)))
        name = min(NAME_AND_FILE - file, max(7, *(len(row.student) for row in listed)))
        yield _columns(name, file, "student", "file", "score", "blank", "unread", "waits", "note")
        for row in listed:
            yield _columns(name, file, *_cells(row), row.remark)
    if others := len(rows) - len(listed):
        yield f"{counted(others, 'other', 'others')}: {out}/grades.csv"


def _cells(row: StudentRow) -> list[str]:
    if not row.opened:
        return [row.student, row.file, "-", "", "", ""]
    score = f"{number(row.score)} / {number(row.points)}"
    blank, unread = str(row.blank or "-"), str(row.unread or "-")
    return [row.student, row.file, score, blank, unread, _waits(row.waits)]


def _columns(wide: int, wide_file: int, *cells: str) -> str:
    student, file, score, blank, unread, waits, note = cells
    line = f"{cut(student, wide):<{wide}} {cut(file, wide_file):<{wide_file}} {score:>9}"
    line += f" {blank:>6} {unread:>7}  {cut(waits, WAITS):<{WAITS}} "
    return (line + cut(note, WIDTH - len(line))).rstrip()


def cut(text: str, width: int) -> str:
    """The text on one line of at most `width` columns."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: max(0, width - 1)] + "…"


def _waits(ids: Sequence[str]) -> str:
    return f"{ids[0]} +{len(ids) - 1}" if len(ids) > 2 else " ".join(ids) or "-"


def _figures(report: ClassReport) -> Iterator[str]:
    if not report.shares:
        return
    figures = [
        f"n {len(report.shares)}",
        f"mean {report.mean:.0%}",
        f"median {report.median:.0%}",
        f"lowest {min(report.shares):.0%}",
    ]
    line = " · ".join(figures).replace("%", " %")
    if report.waiting:
        line += f" · not yet in: {', '.join(dict.fromkeys(w.question for w in report.waiting))}"
    yield from paragraph(line)


def _hardest(report: ClassReport) -> Iterator[str]:
    if report.hardest:
        yield f"{'hardest':<12} {'right':<7} most common wrong answer"
    for hard in report.hardest:
        start = f"{hard.question:<12} {f'{hard.right}/{hard.judged}':<7} {hard.times} x  "
        yield start + cut(hard.mistake, WIDTH - len(start))


def _for_a_person(report: ClassReport, out: str) -> Iterator[str]:
    if report.waiting:
        yield f"for a person: fill in the scores in {out}/marks.csv"
    for each in report.waiting:
        why = "can't be decided; " if each.code == "undecided" else ""
        answers = counted(each.answers, "answer", "different answers")
        students = counted(len(each.students), "student", "students")
        names = f" ({each.students[0]})" if len(each.students) == 1 else ""
        yield f"  {each.question:<10} {why}{answers} of {students}{names}"[:WIDTH]


def _not_graded(report: ClassReport) -> Iterator[str]:
    if report.unopened or report.faults:
        yield "not graded"
    for each in report.unopened:
        yield from paragraph(f"{each.file}: {each.reason}. Ask {each.student} again.", 2)
    for fault in report.faults[:5]:
        yield from paragraph(f"fault of the grader: {fault}", 2)
    if len(report.faults) > 5:
        yield f"  and {len(report.faults) - 5} more: staff_note in results/"


def _written(report: ClassReport, out: str, again: str) -> Iterator[str]:
    rows = counted(len(report.rows), "row", "rows")
    yield f"written  {out}/grades.csv ({rows})  {out}/results/  {out}/marks.csv"
    if report.earlier:
        count = counted(len(report.earlier), "result", "results")
        yield from paragraph(
            f"kept     {count} of earlier runs, not handed in now: {', '.join(report.earlier)}"
        )
    first = f"fill in {out}/marks.csv, then" if report.waiting else "after a change"
    yield f"next     {first} (what did not change is kept):"
    yield f"         {again}"
