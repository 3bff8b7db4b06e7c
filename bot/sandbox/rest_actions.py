"""REST of Actions: workflows, runs, secrets' names, what Actions may do.

Comes in: a `Call` with the repository that its path names. Goes out: answers. Who may read the
repository reads its workflows and runs; secrets want a collaborator who may push, settings an
admin, and GITHUB_TOKEN can be given neither right.
https://docs.github.com/en/rest/actions, https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
"""

from bot.sandbox.messages import Answer, Json, not_found, refused
from bot.sandbox.payloads import WEB, timestamp
from bot.sandbox.premises import Workflow, WorkflowRun
from bot.sandbox.rest_calls import Call, Route, page_of
from bot.sandbox.things import Repository
from bot.sandbox.tokens import Caller

ACTIONS = "/repos/{repository}/actions"
#: Of a list of runs the sandbox knows these filters.
RUN_FILTERS = frozenset({"status", "event", "per_page", "page"})


def is_admin(caller: Caller, repository: Repository) -> bool:
    """Does the caller's account run the repository, by a token that may write?"""
    login = (caller.login or "").casefold()
    known = {repository.owner.casefold(), *(one.casefold() for one in repository.premises.admins)}
    return caller.has_push(repository) and login in known


def require_admin(call: Call, repository: Repository) -> None:
    """Raises `Refused` where the token may not administer."""
    if call.caller.is_actions:
        raise refused(403, "Resource not accessible by integration")
    if call.caller.token is not None and call.caller.token.access != "write":
        raise refused(403, "Resource not accessible by personal access token")
    if not is_admin(call.caller, repository):
        raise refused(403, "Must have admin rights to Repository.")


def list_workflows(call: Call, repository: Repository) -> Answer:
    found = list(repository.premises.workflows.values())
    return _counted(call, "workflows", found, lambda one: _show_workflow(repository, one))


def list_runs(call: Call, repository: Repository, workflow: str) -> Answer:
    """The newest first; `status` may also be a conclusion."""
    unknown = set(call.request.query) - RUN_FILTERS
    if unknown:
        raise refused(501, f"The sandbox does not serve {', '.join(sorted(unknown))} of runs")
    home = _find(repository, workflow)
    status, event = call.request.query.get("status"), call.request.query.get("event")
    found = [
        run
        for run in reversed(repository.premises.runs)
        if run.workflow is home
        and status in (None, "completed", run.conclusion)
        and event in (None, run.event)
    ]
    return _counted(call, "workflow_runs", found, lambda run: _show_run(call, repository, run))


def list_secrets(call: Call, repository: Repository) -> Answer:
    _require_secrets(call, repository)
    return _counted(call, "secrets", repository.premises.secrets, lambda name: {"name": name})


def list_organization_secrets(call: Call, repository: Repository) -> Answer:
    _require_secrets(call, repository)
    names = repository.premises.organization_secrets
    return _counted(call, "secrets", names, lambda name: {"name": name})


def read_permissions(call: Call, repository: Repository) -> Answer:
    require_admin(call, repository)
    premises = repository.premises
    data: Json = {"enabled": premises.enabled}
    if premises.enabled:
        data["allowed_actions"] = premises.allowed_actions
    return Answer(200, data)


def read_selected(call: Call, repository: Repository) -> Answer:
    require_admin(call, repository)
    if repository.premises.allowed_actions != "selected":
        raise refused(409, "Conflict")
    owned = repository.premises.github_owned_allowed
    data = {"github_owned_allowed": owned, "verified_allowed": False, "patterns_allowed": []}
    return Answer(200, data)


def read_workflow_permissions(call: Call, repository: Repository) -> Answer:
    require_admin(call, repository)
    premises = repository.premises
    return Answer(
        200,
        {
            "default_workflow_permissions": premises.default_workflow_permissions,
            "can_approve_pull_request_reviews": premises.can_approve_pull_request_reviews,
        },
    )


def _require_secrets(call: Call, repository: Repository) -> None:
    if call.caller.is_actions:
        raise refused(403, "Resource not accessible by integration")
    call.caller.require_push(repository)


def _find(repository: Repository, workflow: str) -> Workflow:
    """By its id or by its file's name."""
    for one in repository.premises.workflows.values():
        if workflow in (str(one.id), one.path.rpartition("/")[2]):
            return one
    raise not_found()


def _counted(call: Call, name: str, things: object, show: object) -> Answer:
    """A list as Actions shows it: a page of an object with `total_count`."""
    found = list(things)  # type: ignore[call-overload]
    answer = page_of(call, found, show)  # type: ignore[arg-type]
    answer.data = {"total_count": len(found), name: answer.data}
    return answer


def _show_workflow(repository: Repository, one: Workflow) -> Json:
    web = f"{WEB}/{repository.name_with_owner}"
    return {
        "id": one.id,
        "name": one.name,
        "path": one.path,
        "state": one.state,
        "created_at": timestamp(one.created_at),
        "updated_at": timestamp(one.created_at),
        "html_url": f"{web}/blob/main/{one.path}",
    }


def _show_run(call: Call, repository: Repository, run: WorkflowRun) -> Json:
    web = f"{WEB}/{repository.name_with_owner}"
    return {
        "id": run.id,
        "name": run.workflow.name,
        "path": run.workflow.path,
        "workflow_id": run.workflow.id,
        "event": run.event,
        "status": "completed",
        "conclusion": run.conclusion,
        "head_branch": "main",
        "created_at": timestamp(run.created_at),
        "updated_at": timestamp(run.created_at),
        "run_started_at": timestamp(run.created_at),
        "actor": call.show.user(run.actor),
        "triggering_actor": call.show.user(run.actor),
        "html_url": f"{web}/actions/runs/{run.id}",
    }


ROUTES: tuple[Route, ...] = (
    ("GET", f"{ACTIONS}/workflows", list_workflows),
    ("GET", f"{ACTIONS}/workflows/{{workflow}}/runs", list_runs),
    ("GET", f"{ACTIONS}/secrets", list_secrets),
    ("GET", f"{ACTIONS}/organization-secrets", list_organization_secrets),
    ("GET", f"{ACTIONS}/permissions", read_permissions),
    ("GET", f"{ACTIONS}/permissions/selected-actions", read_selected),
    ("GET", f"{ACTIONS}/permissions/workflow", read_workflow_permissions),
)
