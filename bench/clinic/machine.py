"""What the machine itself adds: how long the server worked, and how much slower memory is that was not touched for a while."""

import os
import time
from pathlib import Path


def processor_seconds(server: int) -> float:
    """Processor time of a server and of the processes that it started, so far."""
    ticks, children = 0, {server}
    for _ in range(3):
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                told = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(told[1]) in children:
                children.add(int(path.parent.name))
    for one in children:
        try:
            told = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_ms() -> tuple[float, float]:
    """Milliseconds to look at every sixty-fourth of three million objects: at once again, and after two idle seconds.

    On a machine of one's own the two are alike. A virtual machine whose host takes idle memory back makes whoever comes after a pause wait.
    """
    objects = [object() for _ in range(3_000_000)]

    def look() -> float:
        started = time.perf_counter()
        for n in range(0, len(objects), 64):
            id(objects[n])
        return (time.perf_counter() - started) * 1000

    look()
    warm = min(look() for _ in range(5))
    cold = []
    for _ in range(3):
        time.sleep(2)
        cold.append(look())
    return round(warm, 1), round(sorted(cold)[1], 1)
