"""Whether this Python has a torch that will do, and how to get one."""

import os
import re
import sys
from importlib.util import find_spec

OLDEST = (2, 2)  # Intel Macs end there
VERSION = re.compile(r"(\d+)\.(\d+)")


def missing() -> str:
    """Why torch can't be imported, before anything is started; empty when it may be there."""
    try:
        return "" if find_spec("torch") else "No module named 'torch'"
    except (ImportError, ValueError):  # something that only calls itself torch
        return ""


def too_old(version: str) -> str:
    """Why a version of torch won't do; empty when it will, or isn't one."""
    found = VERSION.match(version)
    if found is None or (int(found[1]), int(found[2])) >= OLDEST:
        return ""
    return f"torch {version} is older than {OLDEST[0]}.{OLDEST[1]}"


def build(system: str = sys.platform, machine: str = "") -> str:
    """Which build of torch is the right one where not any is: `linux`, `intel_mac` or neither.

    Args:
        machine: The processor's name, such as `x86_64`; by default this one's.
    """
    if system == "linux":
        return "linux"  # the plain one brings gigabytes for graphics cards
    if system == "darwin" and (machine or os.uname().machine) == "x86_64":
        return "intel_mac"
    return ""
