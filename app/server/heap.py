"""How the C library keeps what Python gives back: a server process lives for months beside a database."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

# malloc.h of glibc.
_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8

LARGE_BLOCK = 256 * 1024
"""Bytes; a block of this size is the operating system's again as soon as it is freed."""

ARENAS = 1


def keep_heap_small() -> bool:
    """Let large blocks go back at once and threads share their heaps; return whether the C library does that.

    glibc learns from the first large block that is freed to keep such blocks, in a heap for each thread:
    after six sign-ins on six threads a hundred megabytes more stayed with the process for good. Other C
    libraries have nothing to set here. The start of a process is the time for it.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt: Callable[[int, int], int] = ctypes.CDLL(None).mallopt
    except AttributeError:  # musl has none
        return False
    settings = ((_M_MMAP_THRESHOLD, LARGE_BLOCK), (_M_TRIM_THRESHOLD, LARGE_BLOCK), (_M_ARENA_MAX, ARENAS))
    return sum(mallopt(name, value) == 1 for name, value in settings) == len(settings)
