"""What to do with the folder for otter-grader: text for staff."""

import shlex

VERSION = "7.0.*"
# The one thing in otter's `files/`: a folder, since otter takes a `.py` there for a submission.
COURSE = "autograder-course"


def for_otter(folder: str) -> str:
    """What to do next."""
    return f"""
  cd {shlex.quote(folder)}
  otter generate                           makes autograder.zip
  otter run SUBMISSION -a autograder.zip   tries it

README.txt there says what both need, and what otter can't do. The key is in that
folder and in the zip: they are for staff.
"""


def instructions(name: str) -> str:
    """The README of the folder: two commands, what they need, and what otter can't do."""
    return f"""\
{name} for otter-grader {VERSION}. For staff only: the key is in here.

In this folder:

  otter generate
          makes autograder.zip, the course in it; further files may be named
  otter run SUBMISSION -a autograder.zip
          grades one .py, .ipynb or .zip into results.json; exit code 0 says
          nothing of the score

Both need otter-grader[grading] and this package in one environment. In the
project's folder `make setup-dev` makes it; the command is .venv/bin/otter there.

On Gradescope upload autograder.zip: the image installs all by itself, with torch
for the CPU. Give the container 1.5 GB and 10 minutes. Students see the results;
the output of the run is for staff.

Nothing of a student's runs in otter's own process or kernel: a plugin takes all
files away before, and grades them as `autograder grade` does, with the same
verdicts, scores and words. `visibility` in otter_config.json says when students
see them: visible, after_due_date or after_published.

What otter does not do here
  files      otter wants one .py or .ipynb, alone or at the top of a .zip; what it
             refuses before it asks a plugin gets no grade from us: a .json sheet,
             a folder in a .zip, two scripts, a notebook that is no JSON (0 points
             on Gradescope or an error). `autograder grade` takes them all
  grade      `otter grade` builds its image before the wheel is there, and gives
             plugins an empty file about the submission that otter can't read
  check      `otter check` runs no plugin; students have check.py
  seeds, logs, PDFs      there is nothing in otter's kernel to seed, log or print
"""


def not_here() -> str:
    """When `otter generate` runs somewhere else."""
    return (
        f"there is no {COURSE} here; go to the folder that `package` made, "
        f"then say  otter generate {COURSE}"
    )


def say_so() -> str:
    """When nobody can tell which files it takes."""
    return f"the zip would be without the course; say  otter generate {COURSE}"


def not_all() -> str:
    """When the whole folder is named, in which otter writes the zip while it reads."""
    return f"the zip would be packed into itself; say  otter generate {COURSE}"
