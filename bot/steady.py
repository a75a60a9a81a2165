"""Keeping answers quick while the process has something large in hand. All of it works on the whole process.

An index has some 400,000 objects. Python's garbage collector looks through all of them at once, which holds every
thread up for 50-100 ms, and a thread that wants the interpreter while another one computes waits 5 ms for it, a dozen
times an answer. So what was built is taken out of the collector's sight (it is freed all the same when nobody refers
to it any more), and threads take shorter turns while something is built.

A server takes short turns all the time: reading rows of SQLite lets go of the interpreter at each of them, so that a
page with a thousand rows waits a thousand turns while others compute.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

TURN = 0.0005  # seconds a computing thread keeps the interpreter when others want it; 0.005 otherwise


def settle() -> None:
    """To be called once by what serves many at a time, when all is built and nobody waits yet."""
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(TURN)


class _Quiet:
    """What the process was like before the first of those that build at the same time began."""

    def __init__(self) -> None:
        self._lock, self._builders = Lock(), 0
        self._turn, self._is_collecting = 0.0, True

    def begin(self) -> None:
        with self._lock:
            if not self._builders:
                self._turn, self._is_collecting = sys.getswitchinterval(), gc.isenabled()
                sys.setswitchinterval(TURN)
                gc.disable()
            self._builders += 1

    def end(self) -> None:
        with self._lock:
            gc.freeze()
            self._builders -= 1
            if not self._builders:
                if self._is_collecting:
                    gc.enable()
                sys.setswitchinterval(self._turn)


_QUIET = _Quiet()  # the collector and the turns are the process's own, so this is too


@contextmanager
def beside_answers() -> Iterator[None]:
    """For building something large that lasts, in a thread beside those that answer; several may do so at once."""
    _QUIET.begin()
    try:
        yield
    finally:
        _QUIET.end()
