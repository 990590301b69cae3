"""Results that lie about what they are, or are too much of it."""

import json
import os
import struct

import numpy as np
import torch

from attacks.known import REPLY, frame


def expanded(x):
    """One number that claims to be a trillion of them."""
    return torch.ones(1).expand(10**12)


def none_but_of_giant_size(x):
    """No entries, and an axis of a trillion."""
    return np.empty((0, 10**12), np.float32)


def of_four_hundred_axes(x):
    """More axes than a grader may count."""
    return x.reshape((1,) * 60 + (-1,))


def array_of_objects(x):
    """Entries that would have to be unpickled."""
    return np.array([object(), lambda: 1, x], dtype=object)


def array_of_records(x):
    """A dtype with fields, and one without size."""
    return [np.zeros(3, "V0"), np.zeros(3, [("a", "f4"), ("b", "O")]), np.array(["a" * 10**6])]


def array_of_dates(x):
    """Not a time among them."""
    return np.array(["NaT"] * 3, "datetime64[s]")


def long_double_nan(x):
    """NaNs with payloads, in every width."""
    return [np.full(3, np.nan, kind) for kind in ("f2", "f4", "f8", "f16", "c8", "c16", "c32")]


def on_no_device(x):
    """A tensor without memory."""
    return torch.empty(10**9, device="meta")


def sparse(x):
    """A tensor of another layout."""
    return torch.eye(10**5).to_sparse() if len(x) > 10**9 else torch.sparse_coo_tensor(
        torch.tensor([[0], [0]]), torch.ones(1), (10**9, 10**9)
    )  # fmt: skip


def quantized(x):
    """Numbers that stand for others."""
    return torch.quantize_per_tensor(x, 0.1, 0, torch.qint8)


def over_memory_that_is_not_its_own(x):
    """Strides that point far behind the array."""
    return np.lib.stride_tricks.as_strided(x.numpy(), (10**6,), (10**9,))


def nested_deeply(x):
    """Lists in lists."""
    deep = [x]
    for _ in range(10**5):
        deep = [deep]
    return deep


def its_own_item(x):
    """A list that holds itself, by way of a dict."""
    ring = [x]
    ring.append({"again": ring})
    return ring


def twice_as_many_each_time(x):
    """Few lists that hold one another: written out they are 2^60."""
    many = [1.0]
    for _ in range(60):
        many = [many, many]
    return many


def a_hundred_million_items(x):
    """A list that is long."""
    return [0.0] * 10**8


def many_small_tensors(x):
    """A list of a hundred thousand tensors."""
    return [x] * 10**5


def without_end(x):
    """A generator."""
    return (x for _ in iter(int, 1))


def long_text(x):
    """A hundred million characters."""
    return "a" * 10**8


def half_a_character(x):
    """Text that no file can hold."""
    return ["\ud800", "\x00\x1b]0;title\x07\x1b[2J", "\u202e"]


def long_number(x):
    """An integer of a million digits."""
    return 1 << (4 * 10**6)


def dictionary_of_odd_keys(x):
    """Keys that are no texts, and too many."""
    return {**{str(n): n for n in range(10**5)}, x: x, (1, 2): None}


def type_with_a_long_name(x):
    """The grader would say what it is."""
    return type("a" * 10**6 + "\x1b[2J", (), {})()


def type_that_lies_about_itself(x):
    """__class__ says torch.Tensor."""

    class Mine:
        __class__ = torch.Tensor
        __module__ = property(lambda self: 1 / 0)

    return Mine()


def list_that_lies(x):
    """A list whose iterator never ends."""

    class Mine(list):
        def __iter__(self):
            return iter(int, 1)

        def __len__(self):
            return 3

    return Mine([1.0])


def arrays_that_overlap(x):
    """A reply whose arrays lie over one another."""
    index = {str(n): {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]} for n in range(9)}
    _send_arrays(index, bytes(16))
    return x


def arrays_of_impossible_shape(x):
    """A reply whose array claims 2^60 entries, another no entries of 2^60."""
    index = {
        "0": {"dtype": "F32", "shape": [1 << 30, 1 << 30], "data_offsets": [0, 4]},
        "1": {"dtype": "F32", "shape": [0, 1 << 60], "data_offsets": [4, 4]},
    }
    _send_arrays(index, bytes(4))
    return x


def arrays_of_no_type(x):
    """A reply whose array has a type that is none."""
    index = {"0": {"dtype": "__import__('os')", "shape": [], "data_offsets": [0, 0]}}
    _send_arrays(index, b"")
    return x


def index_of_arrays_without_end(x):
    """A reply with a hundred thousand arrays of nothing."""
    index = {str(n): {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]} for n in range(10**5)}
    _send_arrays(index, b"")
    return x


def one_array_of_many_names(x):
    """A reply of one array of 60 MB that nine thousand values are made of."""
    _send_array([["array", 0, "torch", False]] * 9000, bytes(60 << 20))
    return x


def lists_of_one_array(x):
    """The same in lists of lists, which fit into memory one by one."""
    _send_array([["list", *[["array", 0, "torch", False]] * 90]] * 90, bytes(1 << 20))
    return x


def argument_of_long_integers(x):
    """A reply whose argument has become numbers that no array holds."""
    os.write(REPLY, frame(0, "returned", 1, [["list", *[10**30] * len(x)]], []))
    return x


def long_integers(x):
    """Numbers that no float holds, as many as are asked for."""
    return [10**400] * len(x)


def reply_of_empty_lists(x):
    """A million lists that hold nothing."""
    header = b'[0, "returned", [' + b"[]," * 1_390_000 + b"1], [], []]"
    _write(struct.pack(">II", 4 + len(header), len(header)) + header)
    return x


def millions_of_numbers(x):
    """A result of the allowed size that takes far more where it is looked at."""
    return torch.zeros(60_000_000, dtype=torch.uint8)


def pickle_in_place_of_arrays(x):
    """A reply that runs code where it is unpickled."""
    header = b'[0, "returned", ["array", 0, "torch", false], [], []]'
    body = struct.pack(">I", len(header)) + header + b"cos\nsystem\n(S'touch /tmp/attack_ran'\ntR."
    os.write(REPLY, struct.pack(">I", len(body)) + body)
    return x


def deep_reply(x):
    """A reply of brackets only."""
    header = b"[" * 50_000
    os.write(REPLY, struct.pack(">II", 4 + len(header), len(header)) + header)
    return x


def numbers_that_are_none(x):
    """NaN, Infinity and 1e999 as JSON."""
    text = json.dumps([0, "returned", ["list", float("nan"), float("inf")], [], []])
    header = text.replace("NaN", "1e999").encode()
    os.write(REPLY, struct.pack(">II", 4 + len(header), len(header)) + header)
    return x


def call_number_that_is_true(x):
    """Booleans and floats where a number of a call should be."""
    for call in (True, False, 0.0, None, "0", [0], 10**400):
        os.write(REPLY, frame(call, "returned", 1, [], []))
    return x


def _send_array(items, data):
    """Send a forged reply of values that refer to one array."""
    header = json.dumps([0, "returned", ["list", *items], [1], []]).encode()
    index = {"0": {"dtype": "U8", "shape": [len(data)], "data_offsets": [0, len(data)]}}
    names = json.dumps(index).encode()
    body = struct.pack(">I", len(header)) + header + struct.pack("<Q", len(names)) + names + data
    _write(struct.pack(">I", len(body)) + body)


def _write(data):
    """Write all of it."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(REPLY, rest) :]


def _send_arrays(index, data):
    """Send a forged reply of arrays."""
    header = b'[0, "returned", ["array", 0, "torch", false], [["array", 0, "torch", false]], []]'
    names = json.dumps(index).encode()
    body = struct.pack(">I", len(header)) + header + struct.pack("<Q", len(names)) + names + data
    os.write(REPLY, struct.pack(">I", len(body)) + body)
