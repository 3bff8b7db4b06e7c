"""REST of pull requests: list, open, read, change, and their reviews.

Comes in: a `Call` with the repository and the pull request that its path names. Goes out: answers.
Only branches of the repository itself are served, no forks.
https://docs.github.com/en/rest/pulls/pulls and https://docs.github.com/en/rest/pulls/reviews
"""

from bot.sandbox.messages import Answer, Json, Refused, not_found, refused
from bot.sandbox.payloads import WEB, timestamp
from bot.sandbox.rest_calls import Call, Route, invalid, limited, page_of, text_field
from bot.sandbox.rest_issues import MAX_BODY, MAX_TITLE
from bot.sandbox.things import Issue, PullRequest, Repository, Review

KIND = "PullRequest"
LIST_PARAMETERS = {"state", "head", "base", "sort", "direction", "per_page", "page"}


def list_pulls(call: Call, repository: Repository) -> Answer:
    """Newest first unless asked otherwise; `head` counts only as `owner:branch`."""
    query = call.request.query
    unknown = set(query) - LIST_PARAMETERS
    if unknown or query.get("sort", "created") != "created":
        raise refused(501, "The sandbox does not serve this list of pull requests")
    stock = call.world.pull_requests.get(repository.name_with_owner.lower(), {}).values()
    state, head = query.get("state", "open"), query.get("head", "")
    found = [
        pull
        for pull in stock
        if (state == "all" or (pull.state == "OPEN") == (state == "open"))
        and (":" not in head or _label(pull).lower() == head.lower())
        and query.get("base", pull.base) == pull.base
    ]
    found.sort(key=lambda pull: pull.number, reverse=query.get("direction") != "asc")
    return page_of(call, found, lambda pull: show_pull(call, pull))


def open_pull(call: Call, repository: Repository) -> Answer:
    """Open one from a branch of the repository, which takes push access to it."""
    author = call.caller.require_push(repository)
    fields = call.request.fields
    for name in ("title", "head", "base"):
        if name not in fields:
            raise refused(422, f'Invalid request.\n\n"{name}" wasn\'t supplied.')
    title = text_field(call, "title", KIND, most=MAX_TITLE)
    body = limited(fields.get("body") or "", "body", KIND, MAX_BODY)
    if call.caller.is_actions and not repository.premises.can_approve_pull_request_reviews:
        told = "GitHub Actions is not permitted to create or approve pull requests."
        raise refused(403, told)
    head = str(fields["head"]).removeprefix(f"{repository.owner}:")
    base = str(fields["base"])
    for name, branch in (("head", head), ("base", base)):
        if not call.world.has_branch(repository, branch):
            raise invalid(KIND, name, "invalid")
    _require_new(call, repository, head, base)
    facts: Json = {"head": head, "base": base, "draft": fields.get("draft") is True}
    made = call.world.open_pull_request(repository, author, title, body, **facts)
    return Answer(201, show_pull(call, made))


def read_pull(call: Call, _: Repository, subject: Issue | PullRequest) -> Answer:
    return Answer(200, show_pull(call, _pull(subject)))


def edit_pull(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    """Its author may, and who has push access; what was merged is not opened again."""
    pull = _pull(subject)
    actor = call.caller.require_push(repository, author=pull.author)
    fields = call.request.fields
    changes = {name: fields[name] for name in ("title", "body", "base", "state") if name in fields}
    if "title" in changes:
        text_field(call, "title", KIND, most=MAX_TITLE)
    if "body" in changes:
        changes["body"] = limited(changes["body"] or "", "body", KIND, MAX_BODY)
    if "base" in changes and not call.world.has_branch(repository, str(changes["base"])):
        raise invalid(KIND, "base", "invalid")
    state = changes.pop("state", None)
    if state is not None:
        if state not in {"open", "closed"} or (state == "open" and pull.merged_at):
            raise invalid(KIND, "state", "invalid")
        if (pull.state == "OPEN") != (state == "open"):
            changes["state"] = state
    call.world.edit_pull_request(pull, actor, **changes)
    return Answer(200, show_pull(call, pull))


def list_reviews(call: Call, _: Repository, subject: Issue | PullRequest) -> Answer:
    """The oldest first."""
    return page_of(call, _pull(subject).reviews, lambda review: _show_review(call, review))


def show_pull(call: Call, pull: PullRequest) -> Json:
    """As far as clients of ours read it; what is known of an issue is known of it too."""
    shown = call.show.issue(pull)
    repository = pull.repository
    own = f"{call.request.base_url}/repos/{repository.name_with_owner}"
    for name in ("state_reason", "closed_by", "repository_url", "events_url", "pull_request"):
        shown.pop(name, None)
    return shown | {
        "url": f"{own}/pulls/{pull.number}",
        "issue_url": f"{own}/issues/{pull.number}",
        "html_url": f"{WEB}/{repository.name_with_owner}/pull/{pull.number}",
        "draft": pull.draft,
        "merged_at": timestamp(pull.merged_at),
        "head": _branch(call, pull, pull.head, pull.head_commit),
        "base": _branch(call, pull, pull.base, call.world.commit_of(repository, pull.base)),
        "requested_reviewers": [],
        "auto_merge": None,
    }


def _branch(call: Call, pull: PullRequest, name: str, commit: str) -> Json:
    repository = pull.repository
    permissions = {"admin": False, "push": call.caller.has_push(repository), "pull": True}
    return {
        "label": f"{repository.owner}:{name}",
        "ref": name,
        "sha": commit,
        "user": call.show.user(repository.owner),
        "repo": call.show.repository(repository, permissions),
    }


def _show_review(call: Call, review: Review) -> Json:
    return {
        "id": review.id,
        "node_id": review.node_id,
        "user": call.show.user(review.author),
        "body": review.body,
        "state": review.state,
        "html_url": review.url,
        "commit_id": review.commit or None,
        "submitted_at": timestamp(review.submitted_at),
        "author_association": review.association,
    }


def _label(pull: PullRequest) -> str:
    return f"{pull.repository.owner}:{pull.head}"


def _require_new(call: Call, repository: Repository, head: str, base: str) -> None:
    """Two branches with something between them, and no open one for them yet."""
    commits = [call.world.commit_of(repository, branch) for branch in (head, base)]
    if commits[0] == commits[1]:
        raise _custom(f"No commits between {base} and {head}")
    if any(pull.base == base for pull in call.world.open_pulls_of(repository, head)):
        raise _custom(f"A pull request already exists for {repository.owner}:{head}.")


def _custom(message: str) -> Refused:
    error = {"resource": KIND, "code": "custom", "message": message}
    return refused(422, "Validation Failed", [error])


def _pull(subject: Issue | PullRequest) -> PullRequest:
    """A number that is an issue's is no pull request's."""
    if isinstance(subject, PullRequest):
        return subject
    raise not_found()


PULL = "/repos/{repository}/pulls/{number}"
ROUTES: tuple[Route, ...] = (
    ("GET", "/repos/{repository}/pulls", list_pulls),
    ("POST", "/repos/{repository}/pulls", open_pull),
    ("GET", PULL, read_pull),
    ("PATCH", PULL, edit_pull),
    ("GET", f"{PULL}/reviews", list_reviews),
)
