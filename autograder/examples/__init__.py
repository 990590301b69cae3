"""Public examples: what a student's check can run without a key.

    check ── starts ──▶ child (the same Python; imports torch, runs the answers' code)

The child is an ordinary process, on any system: it runs a student's own code on the
student's own machine. Staff grade behind the wall of `sandbox/` instead.
"""
