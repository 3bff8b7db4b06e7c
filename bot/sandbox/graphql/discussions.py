"""What GraphQL shows of discussions, and of those that a person wrote or answered.

Comes in: discussions and their comments. Goes out: their fields that are no plain attributes. A
category without answers is neither answered nor unanswered. A discussion's `comments` leave out the
replies, which hang below their comment. What a person wrote comes oldest first: GitHub does not say
in which order it comes.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import SimpleNamespace as View

from graphql import GraphQLResolveInfo

from bot.sandbox.discussions import Discussion, DiscussionComment, slug_of
from bot.sandbox.graphql.connections import Connection, Key, Order
from bot.sandbox.graphql.context import context_of, not_found, person
from bot.sandbox.graphql.schema import resolver
from bot.sandbox.things import Repository, User

Info = GraphQLResolveInfo


@resolver("Repository.discussion")
def discussion(thing: Repository, info: Info, number: int) -> Discussion:
    """Give one discussion."""
    found = context_of(info).world.discussion(thing.name_with_owner, number)
    if found is None:
        raise not_found(f"Could not resolve to a Discussion with the number of {number}.")
    return found


@resolver("Repository.discussions")
def discussions(thing: Repository, info: Info, **page: object) -> Connection:
    """List discussions; none where they are switched off."""
    stock = context_of(info).world.discussions.get(thing.name_with_owner.lower(), {})
    return _in_order(stock.values() if thing.has_discussions else (), page)


@resolver("Repository.discussionCategories")
def categories(thing: Repository, _info: Info, **page: object) -> Connection:
    return Connection([_show_category(thing, name) for name in thing.categories], page)


@resolver("Discussion.category")
def category(thing: Discussion, _info: Info) -> View:
    return _show_category(thing.repository, thing.category)


def _show_category(home: Repository, name: str) -> View:
    return View(
        name=name,
        slug=slug_of(name),
        is_answerable=home.categories.get(name, False),
        repository=home,
        node_id=_category_id(home, name),
    )


def _category_id(home: Repository, name: str) -> str:
    return f"DIC_{home.id}_{slug_of(name)}"


@resolver("Discussion.answerChosenBy")
def answer_chosen_by(thing: Discussion, info: Info) -> User | None:
    return person(info, thing.chooser)


@resolver("Discussion.comments")
def comments(thing: Discussion, _info: Info, **page: object) -> Connection:
    """List what was said to the whole of it, oldest first."""
    return Connection([one for one in thing.comments if one.reply_to is None], page)


@resolver("DiscussionComment.replies")
def replies(thing: DiscussionComment, _info: Info, **page: object) -> Connection:
    below = [one for one in thing.discussion.comments if one.reply_to is thing]
    return Connection(below, page)


@resolver("DiscussionComment.updatedAt")
def updated_at(thing: DiscussionComment, _info: Info) -> datetime:
    return thing.updated_at or thing.created_at


@resolver("User.repositoryDiscussions")
def discussions_of(thing: User, info: Info, **page: object) -> Connection:
    """List what a person asked, as far as the viewer may see it."""
    return _in_order((one for one in _seen(info, page) if _wrote(thing, one)), page)


@resolver("User.repositoryDiscussionComments")
def comments_of(thing: User, info: Info, **page: object) -> Connection:
    """List what a person said in discussions, or only what was chosen as the answer."""
    only_answers = page.get("onlyAnswers")
    found = [
        comment
        for place in _seen(info, page)
        for comment in place.comments
        if _wrote(thing, comment) and (comment.is_answer or not only_answers)
    ]
    return Connection(sorted(found, key=lambda one: (one.created_at, one.id)), page)


def _wrote(user: User, thing: Discussion | DiscussionComment) -> bool:
    return (thing.author or "").lower() == user.login.lower()


def _seen(info: Info, page: Mapping[str, object]) -> list[Discussion]:
    """Give the discussions that the viewer may know of, in a repository if one is named."""
    context, home = context_of(info), page.get("repositoryId")
    return [
        one
        for shelf in context.world.discussions.values()
        for one in shelf.values()
        if context.can_see(one) and home in {None, one.repository.node_id}
    ]


def _in_order(stock: Iterable[Discussion], page: Mapping[str, object]) -> Connection:
    """Keep what was asked for, in the order that was asked for."""
    answered, states, wanted = (page.get(name) for name in ("answered", "states", "categoryId"))
    kept = [
        one
        for one in stock
        if (answered is None or one.is_answered is answered)
        and (not states or (isinstance(states, list) and one.state in states))
        and wanted in {None, _category_id(one.repository, one.category)}
    ]
    order = page["orderBy"]
    assert isinstance(order, dict)
    by_update = order["field"] == "UPDATED_AT"

    def key(one: Discussion) -> Key:
        return (one.updated_at if by_update else one.created_at).timestamp(), one.number

    placed = Order(key, descending=order["direction"] == "DESC")
    return Connection(placed.apply(kept), page, placed)
