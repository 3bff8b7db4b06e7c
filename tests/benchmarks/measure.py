"""Runs a command and writes down how long it took and how much memory it had at most.

`python -m tests.benchmarks.measure FILE COMMAND...`. It stands between the benchmark and the bot as
a process of its own, because a child's peak begins with that of the process that it came from.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

#: Linux counts kilobytes, macOS bytes.
UNITS_A_MB = 1024 if sys.platform != "darwin" else 1024 * 1024


def main() -> None:
    file, *command = sys.argv[1:]
    began = time.monotonic()
    done = subprocess.run(command, check=False)
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    measured = {"exit_code": done.returncode, "seconds": seconds, "peak_mb": peak / UNITS_A_MB}
    Path(file).write_text(json.dumps(measured), "utf-8")


if __name__ == "__main__":
    main()
