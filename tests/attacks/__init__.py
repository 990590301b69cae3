"""Attacks on the grader, published with what they come to: `make attacks`; see SECURITY.md."""
