"""What GraphQL shows of a repository's files, its guide and its code of conduct."""

import pytest

from bot.sandbox.graphql.files import MAX_TEXT_BYTES
from tests.sandbox.graphql.documents import REPOSITORY

BLOB = """object(expression: "%s") { __typename oid
  ... on Blob { text byteSize isBinary isTruncated } ... on Tree { entries { name path type } } }"""
GUIDE = "contributingGuidelines { body url resourcePath }"
CONDUCT = "codeOfConduct { key name url body }"
ROOT = "https://github.com/tidepool-labs/kelp/blob/main"


@pytest.fixture
def home(world):
    home = world.repository("tidepool-labs/kelp")
    home.contributing = home.code_of_conduct = None
    return home


@pytest.fixture
def look(show):
    return lambda expression: show(REPOSITORY % BLOB % expression)["repository"]["object"]


@pytest.mark.parametrize("revision", ["HEAD", "main", "refs/heads/main"])
def test_a_file_is_a_blob_at_its_path(home, look, revision):
    home.files = {"docs/tides.md": "Flood – ebb\n"}

    found = look(f"{revision}:docs/tides.md")

    assert found.pop("oid") == look("HEAD:docs/tides.md")["oid"]
    assert found == {
        "__typename": "Blob",
        "text": "Flood – ebb\n",
        "byteSize": 14,
        "isBinary": False,
        "isTruncated": False,
    }


@pytest.mark.parametrize(
    "expression",
    ["HEAD:readme.md", "HEAD:docs/README.md", "old:README.md", "README.md", "HEAD:README.md/"],
)
def test_what_git_would_not_find_is_null(home, look, expression):
    home.files = {"README.md": "Kelp"}

    assert look(expression) is None


def test_a_repository_without_a_push_has_no_objects(home, look):
    home.files, home.pushed_at = {"README.md": "Kelp"}, None

    assert look("HEAD:README.md") is None


def test_a_long_text_is_cut_and_says_so(home, look):
    home.files = {"README.md": "é" * MAX_TEXT_BYTES, "just.md": "e" * MAX_TEXT_BYTES}

    long, just = look("HEAD:README.md"), look("HEAD:just.md")

    assert (len(long["text"].encode()), long["byteSize"]) == (MAX_TEXT_BYTES, 2 * MAX_TEXT_BYTES)
    assert (long["isTruncated"], just["isTruncated"]) == (True, False)


def test_a_binary_file_has_no_text(home, look):
    home.files = {"logo.png": "\0PNG"}

    found = look("HEAD:logo.png")

    assert (found["text"], found["isBinary"], found["byteSize"]) == (None, True, 4)


@pytest.mark.parametrize(
    ("expression", "entries"),
    [
        ("HEAD:", [("README.md", "README.md", "blob"), ("docs", "docs", "tree")]),
        ("HEAD:docs", [("a", "docs/a", "tree"), ("b.md", "docs/b.md", "blob")]),
        ("HEAD:docs/", [("a", "docs/a", "tree"), ("b.md", "docs/b.md", "blob")]),
    ],
)
def test_a_folder_is_a_tree(home, look, expression, entries):
    home.files = {"docs/b.md": "", "docs/a/c.md": "", "README.md": ""}

    found = look(expression)

    assert found["__typename"] == "Tree"
    assert [(one["name"], one["path"], one["type"]) for one in found["entries"]] == entries


def test_the_branch_itself_is_a_commit_that_its_id_finds(home, show):
    query = "defaultBranchRef { target { oid } } object(%s) { __typename oid }"
    head = show(REPOSITORY % query % 'expression: "HEAD"')["repository"]
    oid = head["defaultBranchRef"]["target"]["oid"]

    assert head["object"] == {"__typename": "Commit", "oid": oid}
    assert show(REPOSITORY % query % f'oid: "{oid}"')["repository"]["object"] == head["object"]
    assert show(REPOSITORY % query % f'oid: "{oid[1:]}1"')["repository"]["object"] is None


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        (["CONTRIBUTING.md"], "CONTRIBUTING.md"),
        (["docs/contributing.rst", "CONTRIBUTING"], "CONTRIBUTING"),
        (["docs/Contributing.md", "src/CONTRIBUTING.md"], "docs/Contributing.md"),
        (["CONTRIBUTING.md", ".github/CONTRIBUTING.md"], ".github/CONTRIBUTING.md"),
        (["docs/help/CONTRIBUTING.md", "CONTRIBUTING_DE.md"], None),
    ],
)
def test_the_guide_is_shown_from_where_it_lies(home, show, paths, shown):
    home.files = {path: f"Guide of {path}" for path in paths}

    guide = show(REPOSITORY % GUIDE)["repository"]["contributingGuidelines"]

    url = f"{ROOT}/{shown}"
    told = {
        "body": f"Guide of {shown}",
        "url": url,
        "resourcePath": url[len("https://github.com") :],
    }
    assert guide == (told if shown else None)


def test_a_guide_of_which_the_text_is_known_lies_in_the_root(home, show, look):
    home.contributing, home.files = "Ask first.", {"docs/CONTRIBUTING.md": "Old"}

    guide = show(REPOSITORY % GUIDE)["repository"]["contributingGuidelines"]

    assert (guide["body"], guide["url"]) == ("Ask first.", f"{ROOT}/CONTRIBUTING.md")
    assert look("HEAD:CONTRIBUTING.md")["text"] == "Ask first."


@pytest.mark.parametrize(
    ("path", "text", "key"),
    [
        ("CODE_OF_CONDUCT.md", "# Contributor Covenant Code of Conduct", "contributor_covenant"),
        (".github/code_of_conduct.md", "Citizen Code of Conduct", "citizen_code_of_conduct"),
        ("docs/CODE_OF_CONDUCT.md", "Be kind.", "other"),
    ],
)
def test_a_code_of_conduct_is_known_by_its_words(home, show, path, text, key):
    home.files = {path: text}

    code = show(REPOSITORY % CONDUCT)["repository"]["codeOfConduct"]

    name = key.replace("_", " ").title()
    assert code == {"key": key, "name": name, "url": f"{ROOT}/{path}", "body": text}


def test_without_a_code_there_is_none(home, show):
    assert show(REPOSITORY % CONDUCT)["repository"]["codeOfConduct"] is None


def test_a_repository_is_found_by_its_readme(home, show):
    home.files = {"README.md": "Measures the moonrise"}
    query = """query($q: String!) {
      search(query: $q, type: REPOSITORY, first: 1) { repositoryCount } }"""

    counts = [
        show(query, q=q)["search"]["repositoryCount"] for q in ("moonrise in:readme", "moonrise")
    ]

    assert counts == [1, 0]
