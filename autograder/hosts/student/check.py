"""See how your answers are read, before you hand them in. Nothing is sent anywhere.

    python3 check.py answers.py             all answers
    python3 check.py answers.py -q q1       one problem, or one question
    python3 check.py                        the same as with answers.py

It needs Python 3.11 or newer and nothing else; with torch it runs your code, too.
"""

# An old Python has to get past every line of this file: it says that it is too old.
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A file of the student's beside this one may be called random.py: Python's own comes first.
sys.path[:] = [each for each in sys.path if os.path.abspath(each) != HERE]
INSTALLED = [at for at, each in enumerate(sys.path) if each.endswith("-packages")]
sys.path.insert(INSTALLED[0] if INSTALLED else len(sys.path), HERE)
ASSIGNMENTS = os.path.join(HERE, "assignments")

if sys.version_info < (3, 11):
    sys.exit(
        "check.py: this is Python %d.%d; 3.11 or newer is needed, from https://www.python.org"
        % sys.version_info[:2]
    )
if not (os.path.isdir(ASSIGNMENTS) and os.path.isdir(os.path.join(HERE, "autograder"))):
    sys.exit(
        "check.py: the folders autograder and assignments belong beside this file;"
        " unpack all that you were given"
    )
if "-h" in sys.argv or "--help" in sys.argv:
    sys.exit(sys.stdout.write((__doc__ or "").strip() + "\n") and 0)

TYPED, ASKED = sys.argv[1:], []
if "-q" in TYPED[:-1]:
    AT = TYPED.index("-q")
    ASKED, TYPED = TYPED[AT : AT + 2], TYPED[:AT] + TYPED[AT + 2 :]
if len(TYPED) > 1 or [each for each in TYPED if each[:1] == "-"]:
    sys.exit("check.py: give it one file, such as  python3 check.py answers.py -q q1")

import runpy  # noqa: E402  # Python's own, from here on

NAME = sorted(each for each in os.listdir(ASSIGNMENTS) if each[0] not in "._")[0]
sys.argv[1:] = TYPED + ASKED
sys.argv[1:1] = ["check", os.path.join(ASSIGNMENTS, NAME)]
runpy.run_module("autograder", run_name="__main__")
