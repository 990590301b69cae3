"""`python -m autograder` is `autograder`: it imports nothing from the folder where it is run."""

import os
import sys

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
if sys.path[0] == os.getcwd() != HOME:
    del sys.path[0]  # students' files may be there

from autograder.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
