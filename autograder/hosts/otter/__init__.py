"""otter-grader as a front for our engine: what it is given, and the plugin that joins the two."""

from autograder.hosts.otter.folder import package_otter

__all__ = ["package_otter"]
