"""What GraphQL shows of discussions."""

import pytest

from tests.sandbox.graphql.documents import REPOSITORY

HOME = "tidepool-labs/kelp"
NUMBERS = "discussions(%s) { totalCount nodes { number } }"
QA, IDEAS = "DIC_1001_q-a", "DIC_1001_ideas"
LATEST = "orderBy: {field: CREATED_AT, direction: DESC}"


@pytest.fixture
def discussion_shows(forum, show):
    def shows(number: int, fields: str) -> dict:
        query = REPOSITORY % f"discussion(number: {number}) {{ {fields} }}"
        return show(query)["repository"]["discussion"]

    return shows


def test_an_answered_discussion_shows_who_answered_and_who_chose(forum, discussion_shows):
    said = forum.discussion(HOME, 2).answer
    shown = discussion_shows(
        2,
        """id number title body author { login } authorAssociation createdAt updatedAt url locked
        closed closedAt stateReason isAnswered answerChosenAt answerChosenBy { login } upvoteCount
        category { name slug isAnswerable } repository { nameWithOwner }
        answer { id url isAnswer author { __typename login } authorAssociation upvoteCount }""",
    )
    assert shown == {
        "id": forum.discussion(HOME, 2).node_id,
        "number": 2,
        "title": "How deep?",
        "body": "Tell me, @ada-example",
        "author": {"login": "zoe-example"},
        "authorAssociation": "NONE",
        "createdAt": "2026-11-22T13:00:00Z",
        "updatedAt": "2026-11-22T16:00:00Z",
        "url": "https://github.com/tidepool-labs/kelp/discussions/2",
        "locked": False,
        "closed": False,
        "closedAt": None,
        "stateReason": None,
        "isAnswered": True,
        "answerChosenAt": "2026-11-22T16:00:00Z",
        "answerChosenBy": {"login": "zoe-example"},
        "upvoteCount": 1,
        "category": {"name": "Q&A", "slug": "q-a", "isAnswerable": True},
        "repository": {"nameWithOwner": HOME},
        "answer": {
            "id": said.node_id,
            "url": f"https://github.com/tidepool-labs/kelp/discussions/2#discussioncomment-{said.id}",
            "isAnswer": True,
            "author": {"__typename": "User", "login": "mo-example"},
            "authorAssociation": "MEMBER",
            "upvoteCount": 1,
        },
    }


def test_replies_hang_below_their_comment(discussion_shows):
    shown = discussion_shows(
        2,
        """comments(first: 5) { totalCount nodes { body replyTo { body } replies(first: 5) {
          totalCount nodes { body isAnswer replyTo { body } discussion { number } } } } }""",
    )
    reply = {
        "body": "Thanks",
        "isAnswer": False,
        "replyTo": {"body": "Nine fathoms"},
        "discussion": {"number": 2},
    }
    assert shown["comments"] == {
        "totalCount": 1,
        "nodes": [
            {
                "body": "Nine fathoms",
                "replyTo": None,
                "replies": {"totalCount": 1, "nodes": [reply]},
            }
        ],
    }


@pytest.mark.parametrize(
    ("number", "told"), [(2, True), (3, False), (4, None), (5, False)], ids=str
)
def test_only_a_question_is_answered_or_not(discussion_shows, number, told):
    assert discussion_shows(number, "isAnswered")["isAnswered"] is told


def test_a_closed_discussion_says_why_and_when(discussion_shows):
    assert discussion_shows(5, "closed closedAt stateReason") == {
        "closed": True,
        "closedAt": "2026-11-22T16:00:00Z",
        "stateReason": "OUTDATED",
    }


@pytest.mark.parametrize(
    ("arguments", "numbers", "n_total"),
    [
        ("first: 9", [5, 2, 4, 3], 4),
        (f"first: 9, {LATEST}", [5, 4, 3, 2], 4),
        ("first: 9, orderBy: {field: CREATED_AT, direction: ASC}", [2, 3, 4, 5], 4),
        (f"first: 9, answered: false, {LATEST}", [5, 3], 2),
        ("first: 9, answered: true", [2], 1),
        (f"first: 9, answered: false, states: [OPEN], {LATEST}", [3], 1),
        ("first: 9, states: CLOSED", [5], 1),
        (f'first: 2, categoryId: "{QA}", {LATEST}', [5, 3], 3),
        (f'first: 9, categoryId: "{IDEAS}"', [4], 1),
        ("first: 1", [5], 4),
    ],
)
def test_discussions_are_filtered_and_ordered(forum, show, arguments, numbers, n_total):
    shown = show(REPOSITORY % NUMBERS % arguments)["repository"]["discussions"]

    assert [one["number"] for one in shown["nodes"]] == numbers
    assert shown["totalCount"] == n_total


def test_pages_of_discussions_go_on_behind_a_cursor(forum, show):
    query = f"discussions(first: 2, {LATEST}%s) {{ pageInfo {{ endCursor hasNextPage }}"
    query += " nodes { number } }"
    first = show(REPOSITORY % (query % ""))["repository"]["discussions"]
    after = f', after: "{first["pageInfo"]["endCursor"]}"'
    forum.open_discussion(forum.repository(HOME), "ada-example", "Newer")
    rest = show(REPOSITORY % (query % after))["repository"]["discussions"]

    assert [one["number"] for one in (*first["nodes"], *rest["nodes"])] == [5, 4, 3, 2]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


def test_where_they_are_switched_off_there_are_none(forum, show):
    forum.repository(HOME).has_discussions = False
    shown = show(REPOSITORY % f"hasDiscussionsEnabled {NUMBERS % 'first: 9'}")["repository"]

    assert shown == {"hasDiscussionsEnabled": False, "discussions": {"totalCount": 0, "nodes": []}}


def test_a_repository_tells_its_categories(show):
    shown = show(REPOSITORY % "discussionCategories(first: 9) { nodes { id name isAnswerable } }")
    nodes = shown["repository"]["discussionCategories"]["nodes"]

    assert {"id": QA, "name": "Q&A", "isAnswerable": True} in nodes
    assert [one["name"] for one in nodes if one["isAnswerable"]] == ["Q&A"]


def test_a_discussion_that_is_not_there_is_not_found(forum, ask):
    (error,) = ask(REPOSITORY % "discussion(number: 1) { id }")["errors"]

    assert (error["type"], error["path"]) == ("NOT_FOUND", ["repository", "discussion"])


def test_discussions_and_their_comments_are_found_by_their_ids(forum, show):
    asked = forum.discussion(HOME, 2)
    query = """query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Comment {
      author { login } body } ... on Votable { upvoteCount } } }"""
    forum.upvote(asked, "ada-example")

    shown = show(query, ids=[asked.node_id, asked.answer.node_id])["nodes"]

    assert [(one["__typename"], one["author"]["login"], one["upvoteCount"]) for one in shown] == [
        ("Discussion", "zoe-example", 2),
        ("DiscussionComment", "mo-example", 1),
    ]


def test_a_private_repositorys_discussions_are_not_found_by_strangers(forum, ask):
    forum.repository(HOME).private = True
    asked = forum.discussion(HOME, 2)
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    ids = [asked.node_id, asked.answer.node_id]

    assert ask(query, "zoe-example", ids=ids)["data"]["nodes"] == [None, None]
    assert ask(query, "mo-example", ids=ids)["data"]["nodes"] == [{"id": one} for one in ids]


ANSWERS = """query($login: String!, $only: Boolean!) { user(login: $login) {
  repositoryDiscussionComments(onlyAnswers: $only, first: 5) { totalCount nodes {
    body isAnswer discussion { number repository { nameWithOwner } } } }
  repositoryDiscussions(first: 5, answered: false) { nodes { number } } } }"""


@pytest.mark.parametrize(
    ("login", "only", "said"),
    [
        ("mo-example", True, ["Nine fathoms"]),
        ("mo-example", False, ["Nine fathoms", "Not very"]),
        ("zoe-example", True, []),
        ("zoe-example", False, ["Thanks"]),
    ],
)
def test_a_person_shows_what_they_said_and_what_was_the_answer(forum, show, login, only, said):
    forum.advance(hours=1)
    forum.discuss(forum.discussion(HOME, 3), "mo-example", "Not very")

    shown = show(ANSWERS, login=login, only=only)["user"]["repositoryDiscussionComments"]

    assert [one["body"] for one in shown["nodes"]] == said
    assert shown["totalCount"] == len(said)


def test_a_person_shows_what_they_asked(forum, show):
    shown = show(ANSWERS, login="zoe-example", only=True)["user"]["repositoryDiscussions"]

    assert [one["number"] for one in shown["nodes"]] == [5, 3]


def test_answers_in_private_repositories_do_not_show(forum, ask):
    forum.repository(HOME).private = True
    shown = ask(ANSWERS, "ben-example", login="mo-example", only=True)["data"]["user"]

    assert shown["repositoryDiscussionComments"]["totalCount"] == 0


SEARCH = """query($q: String!) { search(query: $q, type: DISCUSSION, first: 1) {
  discussionCount issueCount pageInfo { hasNextPage }
  nodes { __typename ... on Discussion { number } } } }"""


def test_discussions_are_searched_by_their_type(forum, show):
    assert show(SEARCH, q=f"repo:{HOME} is:unanswered")["search"] == {
        "discussionCount": 2,
        "issueCount": 0,
        "pageInfo": {"hasNextPage": True},
        "nodes": [{"__typename": "Discussion", "number": 5}],
    }


def test_discussions_cost_as_connections_do(forum, ask):
    query = "{ rateLimit { cost } %s }"
    homes = " ".join(
        f"r{n}: " + 'repository(owner: "tidepool-labs", name: "kelp") { discussions(first: 100) {'
        " nodes { comments(first: 10) { nodes { body } } } } }"
        for n in range(2)
    )

    assert ask(query % homes)["data"]["rateLimit"]["cost"] == 2
