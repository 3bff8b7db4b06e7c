"""Mail: are the two secrets there, and do the keys belong together?

Comes in: what the environment and the repository's list of secrets say. Goes out: findings.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.doctor.finding import Finding, Part, Seen, Severity, fine, unseen

SECRETS = ("FOOTHOLD_SMTP", "FOOTHOLD_KEY")


@dataclass(frozen=True, slots=True)
class MailSeen:
    """What the club mails with."""

    n_readers: int
    #: Variables that are set here.
    here: frozenset[str]
    #: Names of the secrets that the repository's workflows are given.
    stored: Seen[frozenset[str]]
    #: What is wrong with what is set here: a sentence and an advice; None where nothing is.
    wrong: tuple[str, str] | None = None


def judge_mail(seen: MailSeen) -> Iterator[Finding]:
    """The findings, if somebody reads digests by mail."""
    if not seen.n_readers:
        return
    if seen.wrong is not None:
        why = "Nothing can be mailed with it."
        yield Finding(Part.MAIL, Severity.FAULT, seen.wrong[0], why, seen.wrong[1])
    elif seen.here == set(SECRETS):
        yield fine(Part.MAIL, "Server and key are set here, and belong to the club.")
    stored = seen.stored.value
    if stored is None:
        if seen.here != set(SECRETS):
            yield unseen(Part.MAIL, f"for the secrets {' and '.join(SECRETS)}", seen.stored.blind)
        return
    missing = [name for name in SECRETS if name not in stored]
    if not missing:
        yield fine(Part.MAIL, f"The secrets {' and '.join(SECRETS)} are there.")
    elif stored or seen.here != set(SECRETS):
        yield Finding(
            Part.MAIL,
            Severity.FAULT,
            f"Among the workflows' secrets there is no {' and no '.join(missing)}.",
            "Digests by mail are not sent.",
            "Settings, Secrets and variables, Actions (README, Send by e-mail).",
        )
