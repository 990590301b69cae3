"""Gradescope: the zip that staff upload, and what it does with a submission."""
