"""Archives that climb, lie, swell or break.

Each function makes a zip.
"""

import io
import stat
import struct
import zipfile
import zlib

from attacks.course import HONEST, file_of

STUB = file_of({"c1": "def weigh(x): return 0 * x\n"})


def _zip(*members: tuple[str | zipfile.ZipInfo, bytes | str], **how: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", **{"compression": zipfile.ZIP_DEFLATED, **how}) as archive:  # type: ignore[arg-type]
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def climbing() -> bytes:
    """A path that leaves the archive."""
    return _zip(("../../../../tmp/attack_climbed", "x"), ("../out/results/attack.json", "{}"))


def climbing_backwards() -> bytes:
    """The same for another system."""
    return _zip(("..\\..\\attack_climbed.py", STUB), ("C:\\attack.py", STUB))


def absolute() -> bytes:
    """A path from the root."""
    return _zip(("/tmp/attack_absolute", "x"), ("answers.py", STUB))


def link() -> bytes:
    """A link to the reference, then a file below it."""
    info = zipfile.ZipInfo("answers.py")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _zip((info, "../solutions/vault/answers.py"))


def export_in_the_name_of_others() -> bytes:
    """A zip that says it is an export, with everybody's names in it."""
    names = ("a_honest", "b_other", "k_honest", "z_honest")
    people = "".join(f"  - :sid: {name}\n" for name in names)
    time = "  :created_at: 2099-01-01 00:00:00.000000000 Z\n"
    metadata = f"submission_1:\n  :submitters:\n{people}{time}"
    return _zip(("submission_metadata.yml", metadata), ("submission_1/answers.py", STUB))


def broken_export() -> bytes:
    """A zip that says it is an export, and nobody can be named."""
    return _zip(("submission_metadata.yml", "a: ["), ("submission_1/answers.py", STUB))


def device() -> bytes:
    """A device in place of a file."""
    info = zipfile.ZipInfo("answers.py")
    info.external_attr = (stat.S_IFCHR | 0o666) << 16
    return _zip((info, ""))


def twice_the_same() -> bytes:
    """Two members of one name: one to look at, one to grade."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _zip(("answers.py", STUB), ("answers.py", file_of(HONEST)))


def two_tables() -> bytes:
    """A second archive behind the first, with another table of contents."""
    return _zip(("answers.py", STUB)) + _zip(("answers.json", '{"t1": "x"}'))


def bomb() -> bytes:
    """Ten megabytes of nothing, two hundred times."""
    return _zip(*((f"a{n}.py", bytes(10_000_000)) for n in range(20)))


def flat_bomb() -> bytes:
    """Many members that are one piece of the file."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(b"#" * 9_000_000) + packed.flush()
    crc = zlib.crc32(b"#" * 9_000_000)
    sizes = struct.pack("<LLL", crc, len(data), 9_000_000)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes
    body = local + struct.pack("<HH", 4, 0) + b"a.py" + data
    entries = b"".join(
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes
        + struct.pack("<HHHHHLL", len(name := b"b%d.py" % n), 0, 0, 0, 0, 0, 0) + name
        for n in range(900)
    )  # fmt: skip
    return body + entries + struct.pack(
        "<4sHHHHLLH", b"PK\x05\x06", 0, 0, 900, 900, len(entries), len(body), 0
    )  # fmt: skip


def archives_in_archives() -> bytes:
    """Thirty deep."""
    data = _zip(("answers.py", STUB))
    for _ in range(30):
        data = _zip(("inner.zip", data))
    return data


def many_archives_in_one() -> bytes:
    """Nine hundred archives of nine hundred files."""
    inner = _zip(*((f"a{n}.py", "#") for n in range(900)))
    return _zip(*((f"b{n}.zip", inner) for n in range(900)))


def encrypted() -> bytes:
    """A password would be needed."""
    data = bytearray(_zip(("answers.py", STUB)))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def odd_names() -> bytes:
    """Names of control characters, surrogates, devices, dots and nothing."""
    names = ("\x1b[2J.py", "nul.py", "...", " .py", "a" * 190 + ".py", "é\u202eyp.exe", "-rf.py")
    return _zip(*((name, STUB) for name in names))


def name_with_a_nul() -> bytes:
    """A name that ends early."""
    return _zip(("answersX.py", STUB)).replace(b"answersX", b"answers\0")


def ten_thousand_members() -> bytes:
    """More files than a student has."""
    return _zip(*((f"f{n}.py", "#") for n in range(10_000)))


def cut_off() -> bytes:
    """The end is missing."""
    return _zip(("answers.py", STUB))[:-30]


def wrong_sum() -> bytes:
    """A check sum that is not that of the bytes."""
    data = bytearray(_zip(("answers.py", STUB), compression=zipfile.ZIP_STORED))
    data[60] ^= 1
    return bytes(data)


def huge_claim() -> bytes:
    """A member that claims four gigabytes."""
    data = bytearray(_zip(("answers.py", STUB)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = b"\xfe\xff\xff\xff"
    return bytes(data)


def small_claim() -> bytes:
    """A member that claims ten bytes and is nine million."""
    data = bytearray(_zip(("answers.py", "#" * 9_000_000)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = b"\x0a\0\0\0"
    return bytes(data)


def table_far_away() -> bytes:
    """A table of contents that starts behind the file, or before it."""
    data = bytearray(_zip(("answers.py", STUB)))
    data[-6:-2] = b"\xff\xff\xff\x7f"
    return bytes(data)


def other_compression() -> bytes:
    """A method that takes much memory to undo."""
    return _zip(("answers.py", STUB), compression=zipfile.ZIP_LZMA)


def no_archive_at_all() -> bytes:
    """A page of a web site."""
    return b"<!DOCTYPE html><html>not found</html>"


def text_that_is_an_archive_too() -> bytes:
    """Python first, a zip behind it."""
    return STUB.encode() + _zip(("answers.json", '{"t1": "x"}'))
