"""Problems as annotations of a workflow's run, beside the lines for people.

Comes in: problems, `path:line: what is wrong`. Goes out: workflow commands, escaped so that no text
of a file becomes one. Only about ten annotations of a step are shown, so the last one counts the
rest. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

import re
from collections.abc import Iterator, Sequence

#: So many are shown of a step (https://github.com/orgs/community/discussions/26680).
MOST = 10
_PLACE = re.compile(r"(.+?):(\d+): (.*)", re.DOTALL)


def annotate(problems: Sequence[str]) -> Iterator[str]:
    """A command for each problem; from the tenth on, one for all that are left."""
    shown = problems if len(problems) <= MOST else problems[: MOST - 1]
    for problem in shown:
        place = _PLACE.fullmatch(problem)
        if place is None:
            yield f"::error::{_data(problem)}"
        else:
            yield f"::error file={_property(place[1])},line={place[2]}::{_data(place[3])}"
    if len(shown) < len(problems):
        yield f"::error::{len(problems) - len(shown)} further problems stand in the log."


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
