"""Exactly once by mail, under every fault of a mail server, and killed at every step.

`uv run python -m tests.benchmarks.delivery_mail [--students 200] [--kills]` prints a table: mails
that the server answers for, students who have none or more than one, posts in their stead, digests
that are held because nobody can know, and what a person's `--resend` of those brings.
"""

import argparse
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.adapters.database import SqlJournal
from bot.adapters.sealing import KeyPair, make_key_pair, seal
from bot.consent import make_address
from tests.adapters.smtp.sink import CONTENT, DATA, RCPT, Fault, Sink
from tests.benchmarks.delivery import MAX_RUNS, posted, prepared, quietly, students_of
from tests.benchmarks.tables import print_table
from tests.stage import NOW, TOKEN, WEEK, Stage
from tests.week.killing import Week, start

HEADS = [
    *("fault, at each student's first mail", "runs", "exit codes", "mails", "none", "more"),
    *("posts instead", "held", "mails after --resend of those held"),
]
FAULTS: dict[str, tuple[Fault, ...]] = {
    "none": (),
    "greylisting: 451 once": (Fault(RCPT, "451 4.7.1 later"),),
    "450 three times": (Fault(RCPT, "450 4.2.1 later"),) * 3,
    "421 at the content": (Fault(CONTENT, "421 4.3.2 closing"),),
    "recipient refused: 550": (Fault(RCPT, "550 5.1.1 unknown"),),
    "connection dropped before DATA": (Fault(DATA, drops=True),),
    "dropped after DATA, mail kept": (Fault(CONTENT, drops=True, keeps=True),),
    "dropped after DATA, mail lost": (Fault(CONTENT, drops=True),),
}


def inbox(login: str) -> str:
    return f"{login}@inbox.example.org"


class Deadly(Sink):
    """A server that kills its client when it has the whole mail, before it says so."""

    victim: list[int]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.victim = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        said: str = await super().handle_DATA(server, session, envelope)
        if self.victim:
            os.kill(self.victim.pop(), signal.SIGKILL)
        return said


@dataclass
class Post:
    """A stage whose students all get mail and said yes, and the server."""

    stage: Stage
    sink: Deadly
    keys: KeyPair
    exit_codes: list[int] = field(default_factory=list)

    def run(self, command: str = "deliver", *more: str) -> int:
        code = quietly(self.stage, command, *more)
        self.exit_codes.append(code)
        return code

    def run_to_the_end(self) -> None:
        """Until all is out, or three runs changed nothing: so often a mail may be put off."""
        seen: list[object] = []
        while self.run() != 0 and len(self.exit_codes) < MAX_RUNS:
            seen.append((len(self.sink.accepted), posted(self.stage).total(), self.held()))
            if seen[-4:] == [seen[-1]] * 4:
                break

    def held(self) -> list[str]:
        with SqlJournal.open(f"sqlite:///{self.stage.folder / 'state.db'}") as journal:
            return [one.digest.student for one in journal.in_doubt()]

    def row(self, name: str, students: list[str]) -> list[object]:
        mails = Counter(one.recipient for one in self.sink.accepted)
        n_posts, held = posted(self.stage).total(), self.held()
        codes = " ".join(f"{code}x{n}" for code, n in sorted(Counter(self.exit_codes).items()))
        row: list[object] = [name, len(self.exit_codes), codes, mails.total()]
        row += [
            sum(not mails[inbox(one)] for one in students),
            sum(mails[inbox(one)] > 1 for one in students),
            *(n_posts, len(held)),
        ]
        if held:
            again = [option for login in held for option in ("--resend", login)]
            self.run("deliver", *again)
        return [*row, len(self.sink.accepted) if held else "-"]


@contextmanager
def mailing(n: int) -> Iterator[Post]:
    """The week is prepared, and every address is confirmed."""
    keys = make_key_pair()
    with (
        Deadly() as sink,
        prepared(n, "rolling") as stage,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("FOOTHOLD_SMTP", sink.url)
        patch.setenv("FOOTHOLD_KEY", keys.identity)
        club = (stage.config / "club.yaml").read_text("utf-8")
        club += "sender: digest@example.org\nreply_to: officer@example.org\n"
        club += f"public_key: {keys.public_key}\n"
        files = {}
        for login in students_of(n):
            code = make_address(keys.identity, login, inbox(login)).code
            sealed = seal(login, inbox(login), keys.public_key)
            files[login] = (
                f'languages: [Go]\npicks: 1\nchannel: email\nemail: {sealed}\nconfirmed: "{code}"\n'
            )
        stage.write_config(files, club)
        # Prepared for posts above; now each is prepared for mail.
        (stage.folder / "state.db").unlink()
        assert quietly(stage, "prepare") == 0
        yield Post(stage, sink, keys)


def with_faults(n: int, faults: tuple[Fault, ...], name: str) -> list[object]:
    students = students_of(n)
    with mailing(n) as post:
        for login in students:
            post.sink.fail(inbox(login), *faults)
        post.run_to_the_end()
        return post.row(name, students)


def killed(n: int) -> list[object]:
    """Each run dies at its next step: after each write of the journal, and with the mail taken."""
    with mailing(n) as post:
        state = f"sqlite:///{post.stage.folder / 'state.db'}"
        week = Week(
            *(post.stage.sandbox.url, TOKEN, state, post.stage.config, NOW),
            *(post.sink.url, post.keys.identity),
        )
        kinds = ["replaced", "intended", "taken", "recorded"]
        for number in range(MAX_RUNS * n):
            kind = kinds[number % len(kinds)]
            if kind == "taken":
                process = start(week, prepare=False)
                post.sink.victim = [process.pid]
            else:
                nth = {"replaced": 0, "intended": 1, "recorded": 2}[kind]
                process = start(week, nth, after=True, prepare=False)
            process.join()
            post.sink.victim = []
            post.exit_codes.append(process.exitcode)
            if number % 50 == 0:
                print(f"{number} kills, {len(post.sink.accepted)} mails", file=sys.stderr)
            if process.exitcode in (0, 5):
                break
        return post.row("SIGKILL at every step", students_of(n))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--kills", action="store_true")
    options = parser.parse_args()
    rows = []
    for name, faults in FAULTS.items():
        rows.append(with_faults(options.students, faults, name))
        print(rows[-1], file=sys.stderr)
    if options.kills:
        rows.append(killed(options.students))
    print_table(f"mail, {options.students} students, {WEEK}", HEADS, rows)


if __name__ == "__main__":
    main()
