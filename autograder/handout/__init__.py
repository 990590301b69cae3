"""What students get: stub, handout and notebook, all made from the spec."""

from autograder.handout.artefacts import artefacts, differences, write

__all__ = ["artefacts", "differences", "write"]
