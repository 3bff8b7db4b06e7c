"""What GraphQL shows of what people own and starred."""

import pytest

OWNED = """query Q {{
  user(login: "zoe-example") {{ repositories({}) {{ totalCount nodes {{ name }} }} }}
}}"""
STARRED = """query Q {
  user(login: "zoe-example") {
    starredRepositories(first: 10, orderBy: { field: STARRED_AT, direction: DESC }) {
      totalCount
      isOverLimit
      edges { cursor starredAt node { nameWithOwner } }
    }
  }
}"""


@pytest.fixture
def zoe(world):
    world.add_user("zoe-example")
    for name, facts in (("b", {}), ("a", {"fork": True}), ("c", {"private": True})):
        world.advance(hours=1)
        world.add_repository(f"zoe-example/{name}", **facts)
    kelp = world.repository("tidepool-labs/kelp")
    kelp.collaborators = (*kelp.collaborators, "zoe-example")
    return world


def owned(ask, arguments, viewer="ada-example"):
    answer = ask(OWNED.format(arguments), viewer)
    return [node["name"] for node in answer["data"]["user"]["repositories"]["nodes"]]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ("first: 9", ["a", "b", "kelp"]),
        ("first: 9, ownerAffiliations: [OWNER]", ["a", "b"]),
        ("first: 9, ownerAffiliations: [OWNER], isFork: false", ["b"]),
        ("first: 9, privacy: PRIVATE", []),
        ("first: 1, ownerAffiliations: [OWNER]", ["a"]),
        ("first: 9, orderBy: { field: NAME, direction: DESC }", ["kelp", "b", "a"]),
        ("first: 9, isFork: false, orderBy: { field: PUSHED_AT, direction: DESC }", ["b", "kelp"]),
    ],
)
def test_repositories_are_listed_as_it_is_asked(zoe, ask, arguments, names):
    assert owned(ask, arguments) == names


def test_what_is_private_is_seen_by_its_owner_only(zoe, ask):
    assert owned(ask, "first: 9, privacy: PRIVATE", "zoe-example") == ["c"]


def test_stars_are_listed_with_the_moment_the_newest_first(zoe, ask):
    zoe.star(zoe.repository("tidepool-labs/kelp"), "zoe-example")
    zoe.advance(hours=2)
    zoe.star(zoe.repository("zoe-example/b"), "zoe-example")
    zoe.star(zoe.repository("zoe-example/c"), "zoe-example")
    stars = ask(STARRED, "ada-example")["data"]["user"]["starredRepositories"]
    assert (stars["totalCount"], stars["isOverLimit"]) == (2, False)
    assert [(edge["node"]["nameWithOwner"], edge["starredAt"]) for edge in stars["edges"]] == [
        ("zoe-example/b", "2026-11-22T17:00:00Z"),
        ("tidepool-labs/kelp", "2026-11-22T15:00:00Z"),
    ]
