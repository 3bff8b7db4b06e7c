"""What GraphQL shows of a repository's files.

Comes in: repositories, and what git would look up in them. Goes out: blobs, trees and the commit of
the one branch; the guide and the code of conduct, from where they lie. Of git's revisions only
`HEAD` and the branch's name are understood; object ids are made up, and only a commit's is found.
A text with a zero byte is binary, as git judges. A text is cut at 512,000 bytes: nobody promises
that, but it was measured (https://github.com/sveltia/sveltia-cms/issues/950).
"""

from hashlib import sha1
from types import SimpleNamespace as View

from graphql import GraphQLResolveInfo

from bot.sandbox.files import BRANCH, CONDUCT, GUIDE, files_of, find_file, list_folder
from bot.sandbox.graphql.schema import resolver
from bot.sandbox.things import Repository

Info = GraphQLResolveInfo
MAX_TEXT_BYTES = 512_000
REVISIONS = frozenset({"HEAD", BRANCH, f"refs/heads/{BRANCH}"})
#: A code's key to the words by which GitHub knows it; all others are "other".
CODES = {
    "contributor_covenant": "contributor covenant",
    "citizen_code_of_conduct": "citizen code of conduct",
}


@resolver("Repository.object")
def git_object(thing: Repository, _info: Info, **wanted: str) -> View | None:
    """Give a blob, a tree or the commit by its revision expression, or the commit by its id."""
    commit, oid = show_commit(thing), wanted.get("oid")
    if commit is None or (oid is not None and oid != commit.oid):
        return None
    if oid is not None:
        return commit
    revision, colon, path = (wanted.get("expression") or "").partition(":")
    if revision not in REVISIONS:
        return None
    return _at_path(thing, path) if colon else commit


@resolver("Repository.defaultBranchRef")
def default_branch(thing: Repository, _info: Info) -> View | None:
    head = show_commit(thing)
    return head and View(name=BRANCH, node_id=f"REF_{thing.id}", target=head)


def show_commit(home: Repository) -> View | None:
    """Show what the branch ends with; a repository without a push has none."""
    if home.pushed_at is None:
        return None
    oid = f"{home.id:040x}"
    head = View(kind="Commit", oid=oid, committed_date=home.pushed_at, node_id=f"C_{oid}")
    head.n_commits, head.home, head.author, head.committer = home.commits, home, None, None
    return head


def _at_path(home: Repository, path: str) -> View | None:
    text = files_of(home).get(path)
    if text is not None:
        return _show_blob(home, path, text)
    names = list_folder(home, path.rstrip("/"))
    if not names and path:
        return None
    within = f"{path.rstrip('/')}/" if path else ""
    entries = [
        View(name=name, path=within + name, type="tree" if is_folder else "blob")
        for name, is_folder in names.items()
    ]
    return View(kind="Tree", entries=entries, **_name_object(home, f"{within}\0tree"))


def _show_blob(home: Repository, path: str, text: str) -> View:
    data = text.encode()
    is_binary = "\0" in text
    shown = data[:MAX_TEXT_BYTES].decode(errors="ignore")
    return View(
        kind="Blob",
        text=None if is_binary else shown,
        byte_size=len(data),
        is_binary=is_binary,
        is_truncated=len(data) > MAX_TEXT_BYTES,
        **_name_object(home, f"{path}\0{text}"),
    )


def _name_object(home: Repository, what: str) -> dict[str, str]:
    oid = sha1(what.encode(), usedforsecurity=False).hexdigest()
    return {"oid": oid, "node_id": f"O_{home.id}_{oid}"}


@resolver("Repository.contributingGuidelines")
def contributing(thing: Repository, _info: Info) -> View | None:
    path = find_file(thing, GUIDE)
    if path is None:
        return None
    url = thing.url_of(path)
    short = url.removeprefix("https://github.com")
    return View(body=files_of(thing)[path], resource_path=short, url=url)


@resolver("Repository.codeOfConduct")
def code_of_conduct(thing: Repository, _info: Info) -> View | None:
    """Give the code: the file where there is one, else what is known of it."""
    path = find_file(thing, CONDUCT)
    body = None if path is None else files_of(thing)[path]
    key = thing.code_of_conduct or (None if body is None else _tell_code(body))
    if key is None:
        return None
    url = thing.url_of(path or "CODE_OF_CONDUCT.md")
    name = key.replace("_", " ").title()
    return View(key=key, name=name, url=url, body=body, node_id=f"CC_{key}")


def _tell_code(text: str) -> str:
    return next((key for key, words in CODES.items() if words in text.lower()), "other")
