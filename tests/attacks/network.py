"""Connections: out, in, and past the usual doors."""

import os
import socket
import struct
import subprocess
import urllib.request

from attacks.known import PORT, libc


def connect(x):
    """TCP to a helper outside."""
    socket.create_connection(("127.0.0.1", PORT), 0.5).sendall(b"hello")
    return x


def send_a_datagram(x):
    """UDP needs no connection."""
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", ("127.0.0.1", PORT))
    return x


def ask_for_a_name(x):
    """A name server can be told anything."""
    return socket.getaddrinfo("canary.example.org", 80)


def fetch_a_page(x):
    """HTTP."""
    return urllib.request.urlopen(f"http://127.0.0.1:{PORT}/loot", timeout=0.5).read()


def let_a_program_fetch(x):
    """Another program connects."""
    for command in (["curl", "-m1"], ["wget", "-T1", "-O-"]):
        try:
            subprocess.run([*command, f"http://127.0.0.1:{PORT}/"], timeout=0.5, check=False)
        except (OSError, subprocess.SubprocessError):
            continue
    subprocess.run(["/bin/bash", "-c", f"echo > /dev/tcp/127.0.0.1/{PORT}"], check=True)


def connect_to_an_abstract_name(x):
    """Unix sockets without a file, which no folder keeps."""
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(f"\0attack_{PORT}")
    return x


def listen(x):
    """Waits to be called."""
    server = socket.socket()
    server.bind(("127.0.0.1", PORT + 1))
    server.listen()
    socket.create_connection(("127.0.0.1", PORT), 0.2).sendall(b"call me")
    return x


def send_raw_packets(x):
    """A socket below TCP."""
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    raw.sendto(b"\x08\0\xf7\xff\0\0\0\0", ("127.0.0.1", 0))
    socket.create_connection(("127.0.0.1", PORT), 0.2)
    return x


def connect_by_bare_system_calls(x):
    """socket, connect and sendto by their numbers."""
    descriptor = libc().syscall(41, socket.AF_INET, socket.SOCK_STREAM, 0)
    address = struct.pack("=HHI8x", socket.AF_INET, socket.htons(PORT), socket.htonl(0x7F000001))
    libc().syscall(
        42, descriptor, struct.pack("=H", 2) + struct.pack(">HI8x", PORT, 0x7F000001), 16
    )
    libc().syscall(44, descriptor, address, 4, 0, None, 0)
    return x


def connect_from_a_child(x):
    """Forks first."""
    if os.fork() == 0:
        socket.create_connection(("127.0.0.1", PORT), 0.5)
        os._exit(0)
    os.wait()
    return x


def use_a_socket_that_is_open(x):
    """Sends on every descriptor as if it were a socket."""
    for number in range(64):
        libc().sendto(number, b'{"end": 1}', 10, 0, None, 0)
    return x
