import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median

import pytest
import requests
from github import Github, GithubException
from urllib3 import HTTPConnectionPool

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import DIGESTS, NOW, PROJECT, Connect


def get(sandbox: Sandbox, path: str, token: str | None = None, **headers: str):
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return requests.get(sandbox.url + path, headers=headers, timeout=10)


def test_answers_carry_githubs_headers(sandbox: Sandbox):
    answer = get(sandbox, f"/repos/{PROJECT}", "ada")

    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["x-ratelimit-limit"] == "5000"
    assert answer.headers["x-ratelimit-remaining"] == "4999"
    assert answer.headers["x-ratelimit-used"] == "1"
    assert answer.headers["x-ratelimit-resource"] == "core"
    assert int(answer.headers["x-ratelimit-reset"]) == NOW.timestamp() + 3600
    assert "Authorization" in answer.headers["vary"]
    assert answer.headers["x-github-request-id"]
    assert answer.headers["date"] == "Sun, 22 Nov 2026 05:23:00 GMT"


def test_the_end_of_a_token_is_told_in_a_header(sandbox: Sandbox):
    sandbox.tokens.add("short", "ada-example", expires_at=NOW + timedelta(days=9), scopes="repo")

    answer = get(sandbox, "/user", "short")

    ends = answer.headers["github-authentication-token-expiration"]
    assert ends == "2026-12-01 05:23:00 UTC"
    assert answer.headers["x-oauth-scopes"] == "repo"
    assert "github-authentication-token-expiration" not in get(sandbox, "/user", "ada").headers


def test_what_did_not_change_is_304_and_free(sandbox: Sandbox, world: World):
    first = get(sandbox, f"/repos/{PROJECT}/issues", "ada")
    headers = {"If-None-Match": first.headers["etag"]}

    same = get(sandbox, f"/repos/{PROJECT}/issues", "ada", **headers)
    world.open_issue(world.repository(PROJECT), "ben-example", "More", None)
    changed = get(sandbox, f"/repos/{PROJECT}/issues", "ada", **headers)

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["x-ratelimit-used"] == "1"
    assert changed.status_code == 200
    assert changed.headers["x-ratelimit-used"] == "2"


def test_an_etag_belongs_to_its_token(sandbox: Sandbox):
    etag = get(sandbox, f"/repos/{PROJECT}", "ada").headers["etag"]

    assert get(sandbox, f"/repos/{PROJECT}", "grace", **{"If-None-Match": etag}).status_code == 200


def test_pages_are_linked(sandbox: Sandbox, world: World):
    for number in range(4):
        world.open_issue(world.repository(PROJECT), "ben-example", f"More {number}", None)

    middle = get(sandbox, f"/repos/{PROJECT}/issues?per_page=2&page=2&state=all")

    assert [issue["number"] for issue in middle.json()] == [3, 2]
    pages = {name: link["url"].partition("page=2&")[2] for name, link in middle.links.items()}
    assert pages == {
        "prev": "page=1&state=all",
        "next": "page=3&state=all",
        "last": "page=3&state=all",
        "first": "page=1&state=all",
    }
    assert middle.links["next"]["url"].startswith(sandbox.url)


def test_the_addresses_of_an_enterprise_server_work_too(sandbox: Sandbox):
    client = Github(base_url=f"{sandbox.url}/api/v3", lazy=True)

    issue = client.get_repo(PROJECT).get_issue(1)

    assert issue.title == "Draw the legend"
    assert issue.url == f"{sandbox.url}/api/v3/repos/{PROJECT}/issues/1"


def test_requests_are_written_down_in_their_order(sandbox: Sandbox, connect: Connect):
    connect().get_repo(DIGESTS).create_issue("Digest")
    connect("ada").get_repo(PROJECT).get_issue(1).complete()

    assert [(r.method, r.path, r.kind, r.status, r.login) for r in sandbox.requests] == [
        ("POST", f"/repos/{DIGESTS}/issues", "rest", 201, "grace-example"),
        ("GET", f"/repos/{PROJECT}/issues/1", "rest", 200, "ada-example"),
    ]
    assert sandbox.requests[0].at == NOW


def test_small_answers_come_without_delay(sandbox: Sandbox):
    session = requests.Session()
    took = []
    for _ in range(40):
        begun = time.perf_counter()
        session.get(f"{sandbox.url}/repos/{PROJECT}/issues/1", timeout=10)
        took.append(time.perf_counter() - begun)

    assert median(took) < 0.02  # Nagle's algorithm with delayed ACK would take 0.04


def test_one_connection_serves_many_requests(sandbox: Sandbox):
    with HTTPConnectionPool("127.0.0.1", int(sandbox.url.rpartition(":")[2])) as pool:
        for path in ("/rate_limit", f"/repos/{PROJECT}", "/no/such"):
            pool.request("GET", path)

        assert (pool.num_connections, pool.num_requests) == (1, 3)


def test_requests_at_once_lose_no_write(sandbox: Sandbox, world: World):
    headers = {"Authorization": "Bearer grace"}

    def post(number: int) -> int:
        url = f"{sandbox.url}/repos/{DIGESTS}/issues"
        answer = requests.post(url, json={"title": f"n{number}"}, headers=headers, timeout=10)
        return answer.json()["number"]

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(post, range(40)))

    assert sorted(numbers) == list(range(1, 41))
    assert len(world.issues[DIGESTS]) == 40


def test_a_stopped_sandbox_hangs_up(sandbox: Sandbox):
    session = requests.Session()
    session.get(f"{sandbox.url}/rate_limit", timeout=10)

    sandbox.stop()

    with pytest.raises(requests.ConnectionError):
        session.get(f"{sandbox.url}/rate_limit", timeout=10)


def test_it_listens_on_loopback_only(sandbox: Sandbox):
    port = int(sandbox.url.rpartition(":")[2])

    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        assert connection.getpeername()[0] == "127.0.0.1"
    assert sandbox._server.server_address[0] == "127.0.0.1"


def test_a_path_that_is_not_served_is_refused_loudly(connect: Connect):
    with pytest.raises(GithubException, match="does not serve GET /emojis") as refusal:
        connect().get_emojis()

    assert refusal.value.status == 501


def test_a_body_that_is_no_json_is_a_bad_request(sandbox: Sandbox):
    headers = {"Authorization": "Bearer grace"}
    url = f"{sandbox.url}/repos/{DIGESTS}/issues"

    for body in ("{", "[1]"):
        assert requests.post(url, data=body, headers=headers, timeout=10).status_code == 400


def test_accounts_and_repositories_tell_their_facts(connect: Connect):
    repository = connect("ada").get_repo(PROJECT)

    assert (repository.stargazers_count, repository.language) == (120, "Python")
    assert repository.license.spdx_id == "MIT"
    assert repository.permissions.push is False
    assert connect("ada").get_user().login == "ada-example"
    assert connect().get_user("campus-club").type == "Organization"


def test_collaborators_and_their_permissions_are_told_to_insiders(connect: Connect):
    repository = connect().get_repo(DIGESTS)

    assert repository.has_in_collaborators("grace-example")
    assert not repository.has_in_collaborators("ada-example")
    assert repository.get_collaborator_permission("grace-example") == "write"
    assert repository.get_collaborator_permission("campus-club") == "admin"
    assert repository.get_collaborator_permission("ada-example") == "none"
    with pytest.raises(GithubException) as refusal:
        connect("ada").get_repo(PROJECT).get_collaborator_permission("ada-example")
    assert refusal.value.status == 403
