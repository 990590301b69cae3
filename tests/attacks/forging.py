"""Points for nothing: results written, sent or pretended."""

import atexit
import json
import mmap
import os
import signal
import site
import sys

import numpy as np
import torch

from attacks.known import COURSE, REPLY, frame

ALONE = ("write_a_result", "write_through_a_map", "change_the_spec")


def write_a_result(x):
    """Writes a result file for everybody."""
    for name in os.listdir(f"{COURSE}/handed_in"):
        student = name.split(".")[0]
        with open(f"{COURSE}/out/results/{student}.json", "w") as file:
            json.dump({"student": student, "score": 6, "points": 6, "questions": []}, file)
    return x


def write_into_the_grades(x):
    """Adds a line to grades.csv and marks.csv."""
    for name in ("grades.csv", "marks.csv"):
        with open(f"{COURSE}/out/{name}", "a") as file:
            file.write('"attacker","6"\n')
    return x


def write_through_a_map(x):
    """Changes a file in place, which no limit on the size of files forbids."""
    with open(f"{COURSE}/solutions/vault/answers.py", "r+b") as file:
        text = mmap.mmap(file.fileno(), 0)
        text[: len(text)] = bytes(text).replace(b"3 * x + x * x", b"0 * x + 0 * x")
    return 0 * x


def change_the_spec(x):
    """Changes the assignment for those who come later."""
    with open(f"{COURSE}/assignments/vault/spec.py", "a") as file:
        file.write("\nassignment = None\n")
    return x


def leave_a_module_behind(x):
    """Puts a module where the grader may import it next time."""
    for folder in (COURSE, site.getusersitepackages(), *sys.path):
        try:
            with open(f"{folder}/attack_module.py", "w") as file:
                file.write("print('caught')\n")
        except OSError:
            continue
    return x


def reply_ahead_of_time(x):
    """Sends results for all calls and says that it is done."""
    for call in range(3):
        os.write(REPLY, frame(call, "returned", ["list", *([0.0] * len(x))], [["list", 0.0]], []))
    os.write(REPLY, frame(3, "done"))
    return x


def reply_twice(x):
    """Sends one result by hand and lets the child send another."""
    os.write(REPLY, frame(0, "returned", ["list", 0.0], [["list", 0.0]], []))
    return x


def guess_words(x):
    """Sends words that a grader might take for a verdict."""
    for word in ("correct", "points", "score", "passed", "done"):
        for call in (0, 1, -1, 10**6):
            os.write(REPLY, frame(call, word, 100))
    return x


def reply_with_a_lie_about_length(x):
    """Announces 4 GB."""
    os.write(REPLY, b"\xff\xff\xff\xff" + b"{}" * 100)
    return x


def reply_in_pieces(x):
    """Sends a true frame, cut in the middle, then ends."""
    os.write(REPLY, frame(0, "returned", ["list", 1.0], [], [])[:10])
    os._exit(0)


def replace_the_sender(x):
    """Changes the function of the child that sends outcomes."""
    child = sys.modules["autograder.sandbox.child"]
    send = child._send
    child._send = lambda payload: send(frame(0, "correct", 1))
    return x


def replace_the_code_of_the_child(x):
    """Gives the child's functions other code."""
    child = sys.modules["autograder.sandbox.child"]

    def call(scope, call, arrays):
        return ["returned", True, [], []], []

    child._call.__code__ = call.__code__
    return x


def make_everything_close(x):
    """Patches the comparisons of torch and numpy."""
    for module in (torch, np, np.testing, torch.testing):
        for name in ("allclose", "array_equal", "equal", "isclose", "assert_close"):
            setattr(module, name, lambda *args, **named: True)
    return 0 * x


def make_tensors_equal(x):
    """Patches equality of all tensors."""
    torch.Tensor.__eq__ = lambda self, other: torch.tensor(True)
    torch.Tensor.__sub__ = lambda self, other: torch.zeros(1)
    return 0 * x


def replace_modules(x):
    """Puts something else in the place of numpy, torch and json."""

    class Yes:
        def __getattr__(self, name):
            return lambda *args, **named: True

    for name in ("numpy", "torch", "json", "safetensors.numpy"):
        sys.modules[name] = Yes()
    return 0 * x


def reply_on_exit(x):
    """An exit hook has the last word."""
    atexit.register(os.write, REPLY, frame(0, "returned", 1.0, [], []) + frame(1, "done"))
    sys.exit(0)


def reply_from_a_signal(x):
    """A timer sends results while the next call runs."""
    signal.signal(signal.SIGALRM, lambda *_: os.write(REPLY, frame(1, "returned", 0, [], [])))
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    for _ in range(10**5):
        pass
    return x


def trace_the_child(x):
    """A trace function changes what the callers see."""

    def trace(frame, event, value):
        frame.f_trace_opcodes = True
        frame.f_locals["outcome"] = ["returned", True, [], []]
        return trace

    sys.settrace(trace)
    sys._getframe().f_back.f_trace = trace
    return x


def equal_to_everything(x):
    """An object that says yes to every comparison."""

    class Yes:
        shape, dtype, ndim = (3,), torch.float32, 1

        def __eq__(self, other):
            return True

        def __getattr__(self, name):
            return lambda *args, **named: self

        def __float__(self):
            return 0.0

        def __array__(self, *args, **named):
            return np.zeros(3)

    return Yes()


def tensor_that_lies(x):
    """A subclass of a tensor answers all functions itself."""

    class Yes(torch.Tensor):
        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            return torch.tensor(True)

    return x.as_subclass(Yes)


def array_that_lies(x):
    """A subclass of an array answers all functions itself."""

    class Yes(np.ndarray):
        def __array_ufunc__(self, *args, **named):
            return True

        def __array_function__(self, *args, **named):
            return True

    return x.numpy().view(Yes)


def empty_result(x):
    """Nothing is close to everything."""
    return x[:0]


def not_a_number(x):
    """NaN compares with nothing, not even to be unequal."""
    return x * float("nan")


def broadcast_result(x):
    """One number for all of them."""
    return torch.tensor(float("inf"))


def change_the_inputs(x):
    """Sets the inputs to 0, for which 0 is right."""
    x.zero_()
    return x


def print_a_verdict(x):
    """Prints what a grader might read from the screen."""
    print(json.dumps({"score": 6, "points": 6, "verdict": "correct"}))
    print("\n=== 6 passed ===\nOK\n")
    return 0 * x


def raise_a_verdict(x):
    """Raises an error with the name of a verdict."""
    raise type("correct", (Exception,), {"__str__": lambda self: "correct: 6 / 6"})


def look_for_the_zygotes_socket(x):
    """Asks for more children, or for their end, on any descriptor that will take it."""
    for number in range(64):
        for message in (b'{"end": 1}', b'{"fork": [1e9, 1e12]}'):
            try:
                if number not in (0, 1, 2, REPLY):
                    os.write(number, message)
            except OSError:
                continue
    return x
