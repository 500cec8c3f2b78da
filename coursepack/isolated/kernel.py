"""What Linux takes away from a process for good: rights to files by landlock(7), the network by seccomp(2).

Each function says False where the kernel or the machine does not give it, and never raises.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import stat
import struct
import sys
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def end_with_parent() -> bool:
    """This process ends when the one that started it ends, however it ends (prctl(2), PR_SET_PDEATHSIG)."""
    return sys.platform == "linux" and bool(_libc().prctl(1, signal.SIGKILL, 0, 0, 0) == 0)


def no_new_rights() -> bool:
    """No program that this process starts has more rights than it (PR_SET_NO_NEW_PRIVS); the guards below need it."""
    return sys.platform == "linux" and bool(_libc().prctl(38, 1, 0, 0, 0) == 0)


# landlock(7): every right of version 1, and what later versions added to those that change a file or a folder.
_WRITE_FILE, _REMOVE_DIR, _REMOVE_FILE, _MAKE = 1 << 1, 1 << 4, 1 << 5, sum(1 << bit for bit in range(6, 13))
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_READ = 1 << 0 | 1 << 2 | 1 << 3  # execute, read a file, read a folder
_OF_FILES = 1 << 0 | _WRITE_FILE | 1 << 2 | _TRUNCATE
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446


def only_in(writable: Sequence[str], readable: Sequence[str] | None) -> bool:
    """Deny writing beyond ``writable`` (and /dev/null), reading and executing beyond both (``readable`` None: nothing
    of that). False where the kernel does not know landlock.
    """
    libc = _libc()
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    rights = _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE
    rights |= (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    rights |= 0 if readable is None else _READ
    attribute = struct.pack("=Q", rights)
    ruleset = libc.syscall(_CREATE_RULESET, attribute, ctypes.c_size_t(len(attribute)), 0)
    if ruleset < 0:
        return False
    rules = [(path, _READ) for path in readable or ()]
    for path, allowed in [(os.devnull, rights), *((path, rights) for path in writable), *rules]:
        _allow(ruleset, path, allowed & rights)
    done = libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return bool(done)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # what is not there needs no right
        return
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        rights &= _OF_FILES
    _libc().syscall(_ADD_RULE, ruleset, 1, struct.pack("=Qi", rights, descriptor), 0)
    os.close(descriptor)


class _Machine(NamedTuple):
    """A machine's code in <linux/audit.h> and the numbers of its system calls."""

    audit: int
    socket: int
    connect: int
    bind: int
    listen: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 41, 42, 49, 50),
    "aarch64": _Machine(0xC00000B7, 198, 203, 200, 201),
}
_IO_URING_SETUP = 425
_X32 = 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06  # <linux/bpf_common.h>
_ALLOW, _DENY, _AS_IF_DONE, _KILL = 0x7FFF0000, 0x00050000 | 13, 0x00050000, 0x80000000  # 13: EACCES
_AF_UNIX = _SOCK_STREAM = 1


def no_network(*, local_sockets: bool) -> bool:
    """Deny sockets and connecting any. False where this cannot be asked for.

    With ``local_sockets`` streams of AF_UNIX may be made, for programs that do not start without one; they are told
    that the socket has its name and listens, and nothing of it is done.
    """
    if platform.machine() not in _MACHINES:
        return False
    machine = _MACHINES[platform.machine()]
    # (code, jump if true, jump if false, value); struct seccomp_data: nr at 0, arch at 4, arguments from 16.
    lines = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, machine.audit),
        (_RETURN, 0, 0, _KILL),  # another machine's calls (32 bits) would go past the numbers below
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 12, 0, _X32),
        (_EQUAL, 11, 0, _IO_URING_SETUP),  # it opens sockets of its own
        (_EQUAL, 10, 0, machine.connect),  # a service that listens within the machine may lead out of it
        (_EQUAL, 8, 0, machine.bind),  # its name may be wanted in a folder that is not to be written in
        (_EQUAL, 7, 0, machine.listen),
        (_EQUAL, 0, 5, machine.socket),
        (_LOAD, 0, 0, 16),
        (_EQUAL, 0, 5, _AF_UNIX if local_sockets else 0xFFFFFFFF),
        (_LOAD, 0, 0, 24),  # a datagram needs no connection
        (_AND, 0, 0, 0xF),
        (_EQUAL, 0, 2, _SOCK_STREAM),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _AS_IF_DONE),
        (_RETURN, 0, 0, _DENY),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    filter_ = struct.pack("@HP", len(lines), ctypes.addressof(code))
    return bool(_libc().prctl(22, 2, filter_, 0, 0) == 0)  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
