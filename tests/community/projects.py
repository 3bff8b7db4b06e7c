"""The sixty projects: which pieces each is made of, and the script that follows.

Comes in: the pieces of `pulls` and `texts`. Goes out: `SCRIPT`. People's parts get the project's
name here, so that nobody speaks for two projects.
"""

from dataclasses import replace

from tests.community.pulls import PATTERNS, Pattern
from tests.community.script import ProjectScript, Pull, Talk, Word
from tests.community.table import ROWS, Row
from tests.community.texts import CONDUCTS, FORUMS, FRONTS, GUIDES


def _login(part: str, slug: str) -> str:
    """A part in a project's name: `lead` of tidebook is lead-tidebook-example; bots stay."""
    return part if not part or part.endswith("[bot]") else f"{part}-{slug}-example"


def _named_pull(pull: Pull, slug: str) -> Pull:
    words = tuple(
        Word(word.after_hours, _login(word.login, slug), word.association, word.is_review)
        for word in pull.words
    )
    author = None if pull.author is None else _login(pull.author, slug)
    return replace(pull, author=author, replier=_login(pull.replier, slug), words=words)


def _named_talk(talk: Talk, slug: str) -> Talk:
    return replace(
        talk,
        title=talk.title.replace("{slug}", slug),
        author=_login(talk.author, slug),
        comment_by=_login(talk.comment_by, slug),
    )


def _fill(text: str, row: Row) -> str:
    return text.replace("{slug}", row.slug).replace("{repo}", row.repository)


def _files(row: Row) -> tuple[tuple[str, str], ...]:
    guide = GUIDES[row.guide]
    path, code = CONDUCTS[row.conduct]
    pairs = (("README.md", FRONTS[row.front].text), (guide.path, guide.text), (path, code))
    return tuple((at, _fill(text, row)) for at, text in (*pairs, *guide.beside) if at)


def _put(row: Row) -> ProjectScript:
    """What is put into the world."""
    slug, talks = row.slug, FORUMS[row.forum]
    return ProjectScript(
        repository=row.repository,
        language=row.language,
        topics=row.topics,
        stars=row.stars,
        people=tuple(_login(part, slug) for part in ("lead", "second", "third")),
        pulls=tuple(_named_pull(pull, slug) for pull in PATTERNS[row.pulls].pulls),
        files=_files(row),
        has_discussions=talks is not None,
        talks=tuple(_named_talk(talk, slug) for talk in talks or ()),
    )


def _answerers(pattern: Pattern, slug: str) -> tuple[tuple[str, int], ...]:
    return tuple((_login(part, slug), n) for part, n in pattern.answerers)


def _questions(script: ProjectScript) -> tuple[tuple[str, str], ...]:
    """The open questions without an answer, the newest first."""
    return tuple(
        (row.title, f"https://github.com/{script.repository}/discussions/{number}")
        for number, _, row in reversed(list(script.openings()))
        if isinstance(row, Talk)
        and row.category == "Q&A"
        and not (row.is_answered or row.is_closed)
    )


def _tell(row: Row) -> ProjectScript:
    """A project with what must be told of it."""
    script = _put(row)
    pattern, guide, front = PATTERNS[row.pulls], GUIDES[row.guide], FRONTS[row.front]
    conduct = CONDUCTS[row.conduct][0]
    linked = tuple((kind, _fill(place, row)) for kind, place in front.places)
    own = (("discussions", f"{row.url}/discussions"),) if script.has_discussions else ()
    return replace(
        script,
        answerers=_answerers(pattern, row.slug),
        median_reply_hours=pattern.median_reply_hours,
        merged_share=pattern.merged_share,
        places=own + linked,
        claiming=guide.claiming,
        command=guide.command,
        ai_policy=guide.ai_policy,
        guide=f"{row.url}/blob/main/{guide.path}" if guide.path else None,
        conduct=f"{row.url}/blob/main/{conduct}" if conduct else None,
        questions=_questions(script),
    )


SCRIPT: tuple[ProjectScript, ...] = tuple(map(_tell, ROWS))
