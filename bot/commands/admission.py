"""Admission: may this pull request change what it changes in the configuration?

Comes in: the event of the pull request, the checkout, the settings. Goes out: problems, each at a
file. Who mentors is read from the base branch. Reviews are asked for only where they decide.
"""

from collections.abc import Iterable
from pathlib import Path

from bot.adapters.event_file import PullRequestEvent, read_event
from bot.adapters.git_checkout import GitCheckout
from bot.adapters.github_client import reader
from bot.adapters.github_pulls import GitHubPulls, PullReview
from bot.enrolment.rights import Asking, Voice, find_trespasses
from bot.errors import ConfigurationError, GitHubError
from bot.settings import Settings
from bot.subscriptions.club import Club
from bot.subscriptions.files import read_configuration
from bot.subscriptions.parsing import Problem, parse_text

#: The states of a review that say yes or no; a comment leaves an earlier verdict as it is.
_VERDICTS = frozenset({"APPROVED", "CHANGES_REQUESTED", "DISMISSED"})


def check_pull_request(config: Path, settings: Settings) -> int:
    """How many files it changes, all of them rightly; ConfigurationError with every problem.

    What is wrong in the files themselves is told with it.
    """
    event = read_event(settings.event, PullRequestEvent)
    pull, checkout = event.pull_request, GitCheckout(config)
    folder = checkout.prefix()
    paths = checkout.changed(pull.base.sha, pull.head.sha)
    base = _club_at(checkout, pull.base.sha, folder)
    author = Voice(pull.user.login, pull.author_association) if pull.user else None
    problems = find_trespasses(paths, Asking(author), base, folder)
    advice = "Mend the lines that are named; an approving review counts when the check runs again."
    if problems and settings.github_token is not None:
        try:
            client = reader(settings.github_token, settings.api_url)
            reviews = GitHubPulls(client, event.repository.full_name).reviews(pull.number)
        except GitHubError as error:
            advice += f" Reviews could not be read: {error.message}"
        else:
            asking = Asking(author, _approvals(reviews, pull.head.sha))
            problems = find_trespasses(paths, asking, base, folder)
    _tell_all(problems, config, advice)
    return len(paths)


def _tell_all(problems: Iterable[Problem], config: Path, advice: str) -> None:
    """ConfigurationError with these and with what is wrong in the files, if anything is."""
    told = [str(problem) for problem in problems]
    try:
        read_configuration(config)
    except ConfigurationError as error:
        told += error.problems
    if told:
        number = "1 problem" if len(told) == 1 else f"{len(told)} problems"
        raise ConfigurationError(f"The pull request has {number}.", advice, tuple(told))


def _club_at(checkout: GitCheckout, commit: str, folder: str) -> Club | None:
    """The club as a commit has it; None where nobody can read it."""
    path = f"{folder}/club.yaml".lstrip("/")
    data = checkout.file_at(commit, path)
    if data is None:
        return None
    return parse_text(Path(path), data.decode("utf-8-sig", errors="replace"), Club).value


def _approvals(reviews: Iterable[PullReview], head: str) -> tuple[Voice, ...]:
    """Whose last verdict is an approval of the newest commit."""
    last = {
        one.user.login.casefold(): one
        for one in reviews
        if one.user is not None and one.state in _VERDICTS
    }
    return tuple(
        Voice(one.user.login, one.author_association)
        for one in last.values()
        if one.user is not None and one.state == "APPROVED" and one.commit_id == head
    )
