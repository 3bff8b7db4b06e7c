"""How projects meet newcomers: pull requests, and what is to be told of them.

Comes in: nothing. Goes out: `PATTERNS`. People are told by their part: `lead`, `second` and `third`
speak for the project, `n1`, `n2`, ... are newcomers, `r1` comes again and again, a `[bot]` is one.
"""

from dataclasses import dataclass

from tests.community.script import Pull, Word

BOT = "tidy-example[bot]"
NOISE = (
    Word(0.1, BOT, "NONE"),
    Word(0.2, "lead-helper-example[bot]", "MEMBER", is_review=True),
    Word(1.0, "stranger", "NONE"),
    Word(2.0, "r1", "CONTRIBUTOR", is_review=True),
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Pull requests, then the facts that follow from them by the rules."""

    pulls: tuple[Pull, ...]
    answerers: tuple[tuple[str, int], ...] = ()
    median_reply_hours: float | None = None
    merged_share: float | None = None


def _talks_alone(author: str) -> tuple[Word, ...]:
    """The author, though one of the project's people by now, is no answer to themselves."""
    return (Word(0.5, author, "MEMBER"),)


FTC, NONE, TIMER, AGAIN = "FIRST_TIME_CONTRIBUTOR", "NONE", "FIRST_TIMER", "CONTRIBUTOR"
_BUMPS = tuple(Pull(2 + n * 0.8, BOT, AGAIN, 0.1, "second", "merged") for n in range(48))

PATTERNS = {
    "none": Pattern(()),
    "machines": Pattern(
        (
            Pull(4, BOT, AGAIN, 1, "lead", "merged"),
            Pull(11, "lead", "MEMBER", 2, "second", "merged"),
            Pull(17, "second", "OWNER", 3, "lead", "merged"),
            Pull(35, "third", "COLLABORATOR", 4, "lead", "closed"),
            Pull(48, BOT, NONE, 1, "lead", "closed"),
        )
    ),
    "quick": Pattern(
        (
            Pull(5, "n1", FTC, 2, "lead", "merged"),
            Pull(12, "n2", NONE, 4, "lead", "merged", is_review=True),
            Pull(20, "n3", FTC, 6, "second", "merged"),
            Pull(33, "n4", TIMER, 8, "lead", "closed"),
            Pull(50, "n5", FTC, 3, "lead", "merged", is_review=True),
        ),
        answerers=(("lead", 4), ("second", 1)),
        median_reply_hours=4,
        merged_share=0.8,
    ),
    "slow": Pattern(
        (
            Pull(10, "n1", FTC, 96, "second"),
            Pull(30, "n2", NONE, 240, "second", "merged"),
            Pull(61, "n3", FTC, 300, "lead", "closed"),
            Pull(90, "n4", FTC),
        ),
        answerers=(("second", 2), ("lead", 1)),
        median_reply_hours=270,
        merged_share=1 / 3,
    ),
    "silent": Pattern(
        (
            Pull(20, "n1"),
            Pull(40, "n2", NONE, end="closed"),
            Pull(70, "n3"),
            Pull(100, "n4", TIMER),
        ),
        merged_share=0.0,
    ),
    "noisy": Pattern(
        (
            Pull(8, "n1", FTC, 30, "lead", words=(*NOISE, *_talks_alone("n1"))),
            Pull(16, "n2", NONE, 50, "lead", "merged", words=NOISE),
            Pull(25, "n3", FTC, 20, "second", "merged", is_review=True, words=NOISE),
        ),
        answerers=(("lead", 2), ("second", 1)),
        median_reply_hours=30,
    ),
    "long ago": Pattern(
        (
            Pull(30, "n1", FTC, 5, "lead", "merged"),
            Pull(60, "n2", FTC, 7, "lead", "merged"),
            Pull(190, "n3", FTC, 1, "second", "merged"),
            Pull(200, "n4", FTC, 1, "second", "merged"),
            Pull(220, "n5", FTC, 1, "second", "merged"),
        ),
        answerers=(("lead", 2),),
    ),
    "fresh": Pattern(
        (
            Pull(1, "n1"),
            Pull(2.7, "n2"),
            Pull(6, "n3", FTC, 5, "lead"),
            Pull(15, "n4", FTC, 10, "lead", "merged", is_review=True),
            Pull(22, "n5", NONE, 20, "second", "merged"),
            Pull(40, "n6", NONE, end="closed"),
        ),
        answerers=(("lead", 2), ("second", 1)),
        median_reply_hours=15,
        merged_share=2 / 3,
    ),
    "regulars": Pattern(
        (
            Pull(9, "n1", AGAIN, 3, "lead", "merged"),
            Pull(11, "r1", AGAIN, 1, "second", "merged"),
            Pull(14.5, "r1", AGAIN, 1, "second", "merged"),
            Pull(30, "n2", NONE, 9, "lead", "merged"),
            Pull(45, "n3", FTC, 12, "second", "closed"),
        ),
        answerers=(("lead", 2), ("second", 1)),
        median_reply_hours=9,
        merged_share=2 / 3,
    ),
    "crowded": Pattern(
        (
            *_BUMPS,
            Pull(41, "n1", FTC, 4, "lead", "merged"),
            Pull(42, "n2", FTC, 6, "lead", "merged"),
            Pull(43, "n3", FTC, 1, "second", "merged"),
            Pull(44, "n4", FTC, 1, "second", "closed"),
        ),
        answerers=(("lead", 2),),
    ),
    "many": Pattern(
        (
            Pull(4, "n1", FTC, 10, "lead", "merged"),
            Pull(8, "n2", FTC, 20, "lead", "merged"),
            Pull(13, "n3", NONE, 30, "second", "merged"),
            Pull(18, "n4", FTC, 40, "lead", "merged"),
            Pull(24, "n5", NONE, 50, "second", "closed"),
            Pull(30, "n6"),
            Pull(37, "n7", FTC, 1, "third", "merged"),
            Pull(44, "n8", FTC, 1, "third", "merged"),
            Pull(52, "n9", FTC, 1, "third", "merged"),
        ),
        answerers=(("lead", 3), ("second", 2)),
        median_reply_hours=35,
        merged_share=7 / 9,
    ),
    "patchy": Pattern(
        (
            Pull(10, "n1", FTC, 12, "lead", "merged"),
            Pull(17, "n2", end="closed"),
            Pull(28, "n3"),
            Pull(39, "n4", NONE, 24, "lead", "merged"),
            Pull(55, "n5", end="closed"),
        ),
        answerers=(("lead", 2),),
        merged_share=0.4,
    ),
    "wordless": Pattern(
        (
            Pull(12, "n1", FTC, end="merged", words=NOISE),
            Pull(21, "n2", FTC, end="merged", words=NOISE),
            Pull(31, "n3", NONE, end="closed", words=_talks_alone("n3")),
        ),
        merged_share=2 / 3,
    ),
    "ghosts": Pattern(
        (
            Pull(6, None, FTC, 1, "second", "merged"),
            Pull(7.5, "n1", FTC, 48, "lead", "merged"),
            Pull(19, None, NONE, 1, "second", "merged"),
            Pull(26, "n2", NONE, 72, "lead"),
            Pull(47, "n3", FTC, 24, "lead", "closed"),
        ),
        answerers=(("lead", 3),),
        median_reply_hours=48,
        merged_share=1 / 3,
    ),
    "owner": Pattern(
        (
            Pull(13, "n1", FTC, 0.5, "lead", "merged", role="OWNER"),
            Pull(27, "n2", FTC, 1.5, "second", "merged", role="COLLABORATOR"),
            Pull(38, "n3", TIMER, 2.5, "lead", "merged", is_review=True, role="OWNER"),
            Pull(64, "n4", NONE, 3.5, "lead", "closed", role="OWNER"),
        ),
        answerers=(("lead", 3), ("second", 1)),
        median_reply_hours=2,
        merged_share=0.75,
    ),
}
