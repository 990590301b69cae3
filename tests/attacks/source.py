"""Source text that means something else than it shows, or is too much to read.

Each function makes a whole file; `run` is code that would take the grader's points or loot.
"""

import json

from attacks.course import file_of

SNEAK = "__import__('os').system('touch /tmp/attack_ran')"
HOLLOW = "def weigh(x):\n    return 0 * x\n"


def _code(text: str) -> bytes:
    return file_of({"c1": text}).encode()


def utf7_cookie() -> bytes:
    """A coding cookie under which a comment is code."""
    hidden = b"# coding: utf-7\n# +AAo-" + SNEAK.encode() + b"\n"
    return hidden + _code(HOLLOW)


def escaped_cookie() -> bytes:
    """unicode_escape turns a comment into a line."""
    return b"# -*- coding: unicode_escape -*-\n# \\x0a" + SNEAK.encode() + b"\n" + _code(HOLLOW)


def cookie_of_no_codec() -> bytes:
    """A codec that unpacks: zlib."""
    return b"# coding: zlib_codec\n" + _code(HOLLOW)


def nul_bytes() -> bytes:
    """A NUL, where C code stops reading."""
    return _code(HOLLOW).replace(b"0 * x", b"0 * x #\0")


def byte_order_marks() -> bytes:
    """One too many."""
    return b"\xef\xbb\xbf" * 3 + _code(HOLLOW)


def utf16() -> bytes:
    """Another encoding."""
    return _code(HOLLOW).decode().encode("utf-16")


def not_unicode() -> bytes:
    """Bytes that no text has."""
    return _code(HOLLOW) + b"\xff\xfe\xc0\x80\xed\xa0\x80" * 1000


def deep_brackets() -> bytes:
    """A hundred thousand brackets."""
    return _code("def weigh(x):\n    return " + "(" * 10**5 + "x" + ")" * 10**5)


def deep_blocks() -> bytes:
    """Blocks in blocks."""
    lines = [" " * n + "if x is not None:" for n in range(1, 99)]
    return _code("def weigh(x):\n" + "\n".join(lines) + "\n" + " " * 99 + "return 0 * x")


def deep_operators() -> bytes:
    """A long chain that no bracket shows."""
    return _code("def weigh(x):\n    return " + "-" * 90_000 + "x")


def deep_attributes() -> bytes:
    """A name of a name of a name."""
    return _code("def weigh(x):\n    return x" + ".a" * 40_000)


def huge_number() -> bytes:
    """A number of ninety thousand digits."""
    return _code("def weigh(x):\n    return x * " + "9" * 90_000)


def power_at_compile_time() -> bytes:
    """A constant that a compiler would work out."""
    return _code("def weigh(x):\n    return 9**9**9**9 * x")


def text_at_compile_time() -> bytes:
    """A text that a compiler would repeat."""
    return _code("def weigh(x):\n    return x if 'attack' * 10**10 else ((1,) * 10**9,)")


def five_megabytes() -> bytes:
    """Too much to read."""
    return _code("def weigh(x):\n" + "    x = x + 1\n" * 350_000 + "    return x")


def one_long_line() -> bytes:
    """Five million characters without an end of line."""
    return _code("def weigh(x): return x  # " + "a" * 5_000_000)


def many_definitions() -> bytes:
    """The asked function, ten thousand times."""
    return _code("".join(f"def weigh(x): return {n} * x\n" for n in range(10_000)))


def long_helpers() -> bytes:
    """Functions beside the asked one, longer than what the child can be sent."""
    text = "a" * 500
    helpers = "".join(f"def a{n}():\n    return '{text}'\n\n" for n in range(6000))
    return f"# %% helpers\n{helpers}{file_of({'c1': HOLLOW})}".encode()


def many_cells() -> bytes:
    """Ten thousand cells of one question."""
    return "".join(f"# %% c1\ndef weigh(x): return {n} * x\n" for n in range(10_000)).encode()


def bidirectional() -> bytes:
    """What is shown in another order than it is run."""
    return _code("def weigh(x):\n    # \u202e } \u2066if admin\u2069 \u2066\n    return 0 * x")


def look_alikes() -> bytes:
    """Names that look the same, and letters that become others."""
    return _code("def wеigh(x): return 3 * x + x * x\n" + HOLLOW + "ｗeigh = lambda x: 0 * x")


def form_feeds() -> bytes:
    """Control characters between the words."""
    return _code("def weigh(x):\n\f    return\v 0 * x\x1b[2J\x08\x7f")


def carriage_returns() -> bytes:
    """Lines that a terminal writes over."""
    return _code("def weigh(x):\r    return 0 * x # \r    return 1\r\n")


def import_at_the_top() -> bytes:
    """Statements that are run when the file is."""
    return f"{SNEAK}\n".encode() + _code(f"{SNEAK}\nwhile True: pass\n" + HOLLOW)


def decorator() -> bytes:
    """A decorator is run where the function is defined."""
    return _code("import os\n@lambda f: os._exit(0)\n" + HOLLOW)


def default_argument() -> bytes:
    """A default is worked out where the function is defined."""
    return _code(f"def weigh(x, y={SNEAK}):\n    return 0 * x")


def default_argument_without_end() -> bytes:
    """The definition never ends."""
    return _code("def weigh(x, y=[None for _ in iter(int, 1)]):\n    return 0 * x")


def annotation() -> bytes:
    """An annotation is worked out too."""
    return _code(f"def weigh(x: {SNEAK}) -> exit():\n    return 0 * x")


def metaclass() -> bytes:
    """A class that is run where it is defined."""
    body = f"class Meta(type):\n    def __prepare__(*a): {SNEAK}; return 1\n"
    return _code(f"{body}class weigh(metaclass=Meta):\n    y = 1\n")


def class_in_place_of_a_function() -> bytes:
    """A class whose instances are compared."""
    body = (
        "    def __new__(cls, x): return super().__new__(cls)\n    def __eq__(self, o): return True"
    )
    return _code(f"class weigh:\n{body}")


def name_that_is_not_called() -> bytes:
    """The asked name is a module with a call."""
    return _code("import sys\nclass M(type(sys)):\n    __call__ = exit\nweigh = M('a')")


def from_the_future() -> bytes:
    """Imports that change the language."""
    return _code("from __future__ import barry_as_FLUFL, braces\n" + HOLLOW)


def import_everything() -> bytes:
    """Names of the child's own."""
    star = "from autograder.sandbox.child import *\nfrom os import *\n"
    return star.encode() + _code(star + HOLLOW)


def notebook_magic() -> bytes:
    """Commands of a shell in a notebook, and outputs that are scripts."""
    cell = {
        "cell_type": "code",
        "source": ["# %% c1\n", "!touch /tmp/attack_ran\n", "%run -i evil.py\n", HOLLOW],
        "outputs": [{"output_type": "display_data", "data": {"text/html": "<script>1</script>"}}],
        "metadata": {"name": "../../c1"},
        "execution_count": 1,
    }
    return json.dumps(
        {"cells": [cell, {"cell_type": 7}, None], "nbformat": 4, "nbformat_minor": 5}
    ).encode()


def notebook_in_a_notebook() -> bytes:
    """Brackets, thirty thousand deep."""
    return b'{"cells": ' + b"[" * 30_000 + b"]" * 30_000 + b"}"


def notebook_of_huge_numbers() -> bytes:
    """Numbers that take long to read."""
    return b'{"cells": [], "nbformat": ' + b"9" * 1_000_000 + b"}"


NOTEBOOKS = ("notebook_magic", "notebook_in_a_notebook", "notebook_of_huge_numbers")


def blank_that_looks_around() -> bytes:
    """A blank whose expression searches its callers for other answers."""
    look = "[f.f_locals for f in __import__('inspect').stack()]"
    return file_of({"g1": f"(_ for _ in ()).throw(ValueError({look}))"}).encode()


def blank_that_ends_all() -> bytes:
    """A blank whose expression ends the process."""
    return file_of({"g1": "__import__('os')._exit(0)"}).encode()


def blank_with_more_lines() -> bytes:
    """A blank that closes its statement and goes on."""
    return file_of({"g1": "1)\n        __import__('os')._exit(0)\n        print("}).encode()
