"""The command line: with `renderers/` the only place that prints.

What a verb needs is imported when it runs, so that a student's check of typed answers needs
nothing but the standard library.
"""

import argparse
import json
import os
import shlex
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from autograder.arguments import parser
from autograder.assignment import load, roots
from autograder.errors import AssignmentError, SubmissionError, UsageError
from autograder.renderers.encoding import to_encoding
from autograder.stopping import Stopped, stoppable

DONE, FOUND, WRONG_USAGE, OWN_FAULT = 0, 1, 2, 3
BY_SIGNAL = 128  # as shells count it: Ctrl-C ends with 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if len(given) == 4 and given[0] == "answer" and given[3].startswith("-"):
        given.insert(3, "--")  # an answer such as -x is no option
    try:
        with stoppable():
            asked = parser().parse_args(given)
            code = VERBS[asked.verb](asked)
            sys.stdout.flush()
            return code
    except (UsageError, SubmissionError, AssignmentError) as error:
        return _failed(str(error))
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _failed(f"{error.filename or 'the system'}: {error.strerror}")
    except KeyboardInterrupt as stop:
        _failed("stopped before the end")
        return _stopped(stop)
    except Exception as error:
        from autograder.outcome import place_of

        _failed(f"a fault of the grader, please report it: {place_of(error)}")
        return OWN_FAULT


def say(text: str, paint: Callable[[str], str] | None = None) -> None:
    """Print, with plain characters where the terminal has no others."""
    plain = to_encoding(text.removesuffix("\n"), sys.stdout.encoding)
    print(paint(plain) if paint else plain, flush=True)


def check(asked: argparse.Namespace) -> int:
    """Show a student how each answer is read, then try the code on the public examples."""
    from autograder import checking
    from autograder.examples import trials
    from autograder.last_check import Memory, since
    from autograder.renderers import checked
    from autograder.renderers.colour import is_wanted, painted
    from autograder.renderers.columns import width_of

    assignment, now, width = load(asked.assignment), datetime.now(), width_of(sys.stdout)
    path = checking.find_file(asked.file, assignment)
    submission, memory = checking.open_file(path, assignment), Memory(path, assignment.name)
    report = checking.check(submission, assignment, saved=checking.saved_at(path, now))
    chosen = checking.choose(report, asked.question) if asked.question else report.problems
    ids = [answer.question for problem in chosen for answer in problem.answers]
    planned = trials.plan(assignment, submission, ids)
    paint = painted if is_wanted(sys.stdout, os.environ) else None
    asked_for = checking.chosen_words(chosen) if asked.question else ""
    report = replace(report, below=planned.below, asked=asked_for)
    say(checked.reading_text(report, chosen if asked.question else None, width), paint)
    if planned.runs:
        say(checked.LOADING)  # torch takes its time; all that is typed is on the screen by now
    report, last = replace(report, tried=trials.try_all(planned)), memory.last()
    if last:
        report = replace(report, since=since(last, report, checking.clock(last.at, now)))
    say(checked.tried_text(report, width), paint)
    memory.keep(report, last, now)
    return FOUND if report.found_something else DONE


def grade(asked: argparse.Namespace) -> int:
    """Grade submissions into a folder."""
    if asked.format or asked.output:
        return _grade_upload(asked)
    asked.out = asked.out or "out"
    from autograder.classroom import apart_from, grade_class, open_grader
    from autograder.formats.apart import read_apart
    from autograder.gradebook import open_gradebook
    from autograder.reference import open_reference
    from autograder.renderers import terminal
    from autograder.renderers.progress import progress
    from autograder.sandbox.promises import isolation
    from autograder.summary import class_report

    assignment, paths = load(asked.assignment), [_existing(path) for path in asked.paths]
    _ = open_reference(assignment).secret  # made here, before several workers need it
    found = apart_from(Path(asked.out), read_apart(paths, assignment), paths)
    where = ", ".join(asked.paths)
    if not found:
        raise UsageError(f"no submission in {where}; there should be .py, .ipynb, .json or .zip")
    out, guarded = Path(asked.out), [assignment.solution, *paths, Path(asked.out)]
    # What ships with the solution is the staff's own.
    own = all(path.resolve().is_relative_to(assignment.solution.resolve()) for path in paths)
    trusted = own or asked.accept_weak_isolation
    opener = partial(open_grader, trusted=trusted, guarded=guarded[1:])
    name, version, key = assignment.name, assignment.version, assignment.digest()
    results, began = [], time.monotonic()
    try:
        with open_gradebook(out, assignment) as gradebook:
            held = isolation(guarded)
            say(terminal.title(name, version, key, len(found), where))
            graded = grade_class(
                found, assignment, gradebook, jobs=asked.jobs, opener=opener, facts=held.facts
            )
            with progress(len(found)) as advance, closing(graded):
                for result in graded:
                    results.append(result)
                    advance()
    except KeyboardInterrupt as stop:
        say(terminal.stopped(len(results), len(found)))
        return _stopped(stop)
    say(f"graded {len(results)} of {len(found)} in {time.monotonic() - began:.1f} s\n\n")
    report = class_report(results, version, gradebook.others(results))
    text = terminal.class_text(report, asked.out, _again(asked))
    missing = {layer: reason for layer, reason in held.missing.items() if reason}
    say(text + terminal.isolation_text(missing, held.broken, trusted, _in_container(asked)))
    if not any(row.opened for row in report.rows):
        return WRONG_USAGE
    return OWN_FAULT if report.faults else DONE


def _grade_upload(asked: argparse.Namespace) -> int:
    """Grade one student's files into a host's file."""
    if not (asked.format and asked.output and len(asked.paths) == 1):
        raise UsageError(
            "write grade ASSIGNMENT and one FOLDER, then --format gradescope --output FILE"
        )
    from autograder.hosts.gradescope.upload import grade_upload, write
    from autograder.outcome import OWN_FAULT as FAULTS
    from autograder.renderers.gradescope import results_json, staff_text

    assignment, output = load(asked.assignment), Path(asked.output)
    result, frame = grade_upload(
        assignment,
        _existing(asked.paths[0]),
        output,
        visibility=asked.visibility,
        trusted=asked.accept_weak_isolation,
    )
    if asked.out:
        from autograder.gradebook import open_gradebook

        with open_gradebook(Path(asked.out), assignment) as gradebook:
            gradebook.start()
            result = gradebook.add(result)  # with what a person has marked there
            gradebook.close({})
        write(output, results_json(result, frame))
    say(staff_text(result, frame))
    return OWN_FAULT if any(each.code in FAULTS for each in result.questions) else DONE


def answer(asked: argparse.Namespace) -> int:
    """Judge one answer, or a stream of them."""
    if asked.jsonl == (asked.text is not None) or (asked.id is None) != (asked.text is None):
        raise UsageError("write answer ASSIGNMENT ID TEXT, or answer ASSIGNMENT --jsonl")
    from autograder import answering
    from autograder.classroom import open_grader
    from autograder.outcome import OWN_FAULT as FAULTS
    from autograder.renderers.answered import answer_text

    assignment = load(asked.assignment)
    if not asked.jsonl and asked.id not in assignment.questions:
        raise UsageError(f"no question '{asked.id}'; there is {', '.join(assignment.questions)}")
    code = DONE
    with open_grader(assignment) as grader:
        if not asked.jsonl:
            result = answering.judge_answer(asked.id, asked.text, grader)
            say(answer_text(result))
            return OWN_FAULT if result.code in FAULTS else DONE
        with closing(answering.stream(sys.stdin.buffer, grader)) as stream:
            for line in stream:
                print(json.dumps(line), flush=True)
                code = OWN_FAULT if line.get("code") in FAULTS else code
    return code


def verify(asked: argparse.Namespace) -> int:
    """Prove an assignment's own grader."""
    from autograder.handout import write
    from autograder.verify import verify_assignment

    names = [asked.assignment] if asked.assignment else _all_assignments()
    assignments = [load(name) for name in names]
    if asked.write:
        for assignment in assignments:
            changed = ", ".join(write(assignment)) or "nothing, all was in step"
            say(f"{assignment.name}: wrote {changed}")
        return DONE
    findings = [verify_assignment(assignment, say) for assignment in assignments]
    return FOUND if any(findings) else DONE


def compare(asked: argparse.Namespace) -> int:
    """Compare answers with a key, without an assignment."""
    from autograder import comparing
    from autograder.renderers.answered import compared_text

    if asked.jsonl:
        for case in comparing.stream(sys.stdin.buffer):
            print(json.dumps(case), flush=True)
        return DONE
    if not asked.answers:
        raise UsageError("write compare KIND KEY ANSWER, or compare --jsonl")
    case = comparing.case_of(asked.kind, asked.key, asked.symbols, asked.relations)
    for text in asked.answers:
        found = comparing.judge({**case, "answer": text})
        if "error" in found:
            raise UsageError(str(found["error"]))
        say(compared_text(text, found))
    return DONE


def package(asked: argparse.Namespace) -> int:
    """Build what students, Gradescope and otter-grader get."""
    from autograder.renderers import packaged

    assignment, out = load(asked.assignment), Path(asked.out)
    if asked.host == "student":
        from autograder.hosts.student.student_zip import package_student

        path = package_student(assignment, out)
        text = packaged.for_students("python3 check.py answers.py")
    elif asked.host == "gradescope":
        from autograder.hosts.gradescope.autograder_zip import package_gradescope

        path, points, manual = package_gradescope(assignment, out, asked.visibility)
        text = packaged.for_gradescope(points, manual, asked.visibility)
    else:
        from autograder.hosts.otter import package_otter

        path = package_otter(assignment, out, asked.visibility)
        text = packaged.for_otter(str(path))
    say(packaged.written(path) + text)
    return DONE


VERBS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "check": check,
    "grade": grade,
    "answer": answer,
    "compare": compare,
    "verify": verify,
    "package": package,
}


def _failed(message: str) -> int:
    line = " ".join(f"autograder: {message}".split())
    print(to_encoding(line, sys.stderr.encoding), file=sys.stderr)
    return WRONG_USAGE


def _stopped(stop: KeyboardInterrupt) -> int:
    return BY_SIGNAL + (stop.number if isinstance(stop, Stopped) else signal.SIGINT)


def _existing(path: str) -> Path:
    if not Path(path).exists():
        raise UsageError(f"there is no {path}")
    return Path(path)


def _all_assignments() -> list[str]:
    found = {spec.parent.name for root in roots() for spec in root.glob("assignments/*/spec.py")}
    if not found:
        raise UsageError("there is no assignment here; go to the folder that holds assignments/")
    return sorted(found)


def _in_container(asked: argparse.Namespace) -> str:
    """The command that grades the same in a container with a Linux of its own."""
    inside = (
        f"make grade ASSIGNMENT={asked.assignment} SUBMISSIONS={asked.paths[0]} OUT={asked.out}"
    )
    return f'docker run --rm -v "$PWD":/course -w /course python:3.11 {inside}'


def _again(asked: argparse.Namespace) -> str:
    out = [] if asked.out == "out" else ["--out", asked.out]
    return shlex.join(["autograder", "grade", asked.assignment, *asked.paths, *out])
