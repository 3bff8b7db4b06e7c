"""What each job may do and knows, as the README's table tells it.

Comes in: the workflows. Goes out: rows of Markdown. They are printed by
`uv run python -m tests.workflows.rights`.
"""

from collections.abc import Iterator

from tests.workflows.reading import Job, read_workflows, secrets_of

HEAD = (
    "| workflow, job | its token may | secrets, and the commands that are given each |",
    "|---|---|---|",
)


def rows() -> Iterator[str]:
    """A row a job, in the order of files and jobs."""
    for workflow in read_workflows():
        for job in workflow.jobs:
            yield f"| `{workflow.name}`, {job.name} | {_rights(job)} | {_secrets(job)} |"


def _rights(job: Job) -> str:
    return ", ".join(f"{scope}: {level}" for scope, level in job.permissions.items()) or "nothing"


def _secrets(job: Job) -> str:
    told: dict[str, list[str]] = {}
    for step in job.steps:
        for secret in sorted(secrets_of(step)):
            command = step["run"].removeprefix("foothold ")
            told.setdefault(secret, []).append(f"`{command}`")
    parts = (f"{secret}: {', '.join(commands)}" for secret, commands in sorted(told.items()))
    return "; ".join(parts) or "none"


if __name__ == "__main__":
    print("\n".join([*HEAD, *rows()]))
