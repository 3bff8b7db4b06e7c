"""The file that a workflow shows under its run, where there is one.

Comes in: Markdown. Goes out: the same at the end of GITHUB_STEP_SUMMARY.
"""

from pathlib import Path

import click

#: Above this GitHub refuses a step's summary (1 MiB; docs.github.com, workflow commands). The
#: file is this step's own, but several commands of ours may run in one.
MAX_BYTES = 900_000
_CUT = "\n\n(The rest is too long for a summary; it stands in the log.)\n"


def add_to_summary(path: Path, text: str) -> None:
    """Write it behind what stands there, as far as it fits; a failure is told, and no more."""
    try:
        room = MAX_BYTES - (path.stat().st_size if path.exists() else 0)
        data = text.encode()
        if len(data) > room:
            data = data[: max(0, room - len(_CUT))].decode(errors="ignore").encode()
            data += _CUT.encode() if room > len(_CUT) else b""
        with path.open("ab") as file:
            file.write(data)
    except OSError as error:
        click.echo(f"note: the summary cannot be written: {error.strerror}", err=True)
