"""What can be typed on the command line."""

import argparse
from typing import NoReturn

from autograder.errors import UsageError

VISIBILITY = ("visible", "after_due_date", "after_published")


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, like all others."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """A parser whose result has `verb`, the name of one."""
    made = _Parser("autograder", description="Auto-graded homework for deep learning.")
    verbs = made.add_subparsers(metavar="VERB", required=True)

    one = verbs.add_parser("check", help="how your answers are read; needs no key")
    one.add_argument("assignment", metavar="ASSIGNMENT")
    one.add_argument("file", metavar="FILE", nargs="?", help="without it: yours here")
    one.add_argument("-q", dest="question", metavar="ID", help="one question or problem")
    one.set_defaults(verb="check")

    one = verbs.add_parser("grade", help="grade submissions into a folder")
    one.add_argument("assignment", metavar="ASSIGNMENT")
    one.add_argument("paths", metavar="PATH", nargs="+", help="files, folders, zips, exports")
    one.add_argument("--out", metavar="DIR", help="default: out")
    one.add_argument("--jobs", type=_positive, metavar="N", help="worker processes")
    one.add_argument(
        "--accept-weak-isolation",
        action="store_true",
        help="run students' code also where it could read files",
    )
    one.add_argument(
        "--format", choices=["gradescope"], help="PATH is one student's; write --output instead"
    )
    one.add_argument("--output", metavar="FILE", help="the host's results.json")
    one.add_argument(
        "--visibility",
        choices=VISIBILITY,
        default=VISIBILITY[0],
        help="when students see verdicts and scores there",
    )
    one.set_defaults(verb="grade")

    one = verbs.add_parser("answer", help="judge one answer, or JSON lines from standard input")
    one.add_argument("assignment", metavar="ASSIGNMENT")
    one.add_argument("id", metavar="ID", nargs="?")
    one.add_argument("text", metavar="TEXT", nargs="?")
    one.add_argument("--jsonl", action="store_true")
    one.set_defaults(verb="answer")

    one = verbs.add_parser("compare", help="compare answers with a key, without an assignment")
    one.add_argument("kind", metavar="KIND", nargs="?", help="closed_form, growth, shape, …")
    one.add_argument("key", metavar="KEY", nargs="?")
    one.add_argument("answers", metavar="ANSWER", nargs="*")
    one.add_argument("--symbols", default="", metavar="NAMES", help="such as 'n: size, x: real'")
    one.add_argument("--relations", default="", metavar="LIST", help="such as 'h <= d'")
    one.add_argument("--jsonl", action="store_true", help="cases from standard input")
    one.set_defaults(verb="compare")

    one = verbs.add_parser("verify", help="prove an assignment's own grader")
    one.add_argument("assignment", metavar="ASSIGNMENT", nargs="?")
    one.add_argument("--write", action="store_true", help="make the public files from the spec")
    one.set_defaults(verb="verify")

    one = verbs.add_parser("package", help="build what students and hosts get")
    one.add_argument("assignment", metavar="ASSIGNMENT")
    one.add_argument("host", choices=["student", "gradescope", "otter"])
    one.add_argument("--out", default="dist", metavar="DIR", help="default: dist")
    one.add_argument(
        "--visibility",
        choices=VISIBILITY,
        default=VISIBILITY[0],
        help="gradescope, otter: when students see verdicts and scores",
    )
    one.set_defaults(verb="package")
    return made


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1")
    return int(text)
