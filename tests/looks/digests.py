"""A digest in which everything is said, in each language: as a mail, and as GitHub shows a post.

Goes out: pages by name, `mail-en` and the like. Titles, names and descriptions are a project's own,
so they stay as they are in every language.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import cmarkgfm
from cmarkgfm.cmark import Options

from bot.community.places import Contact
from bot.digest import (
    ClubEvent,
    DigestReason,
    EarlierPick,
    Letter,
    MentorNote,
    Peer,
    Person,
    Pick,
    Question,
    Welcome,
)
from bot.rendering.render import render_html, render_markdown, render_title
from bot.sayings import Saying, as_written
from bot.subscriptions.occasion import EventKind
from bot.terms import ChannelName, Claiming, Effort, Kind, Locale
from tests.builders import REASONS, build_digest, build_letter, build_pick

_MORE = (
    DigestReason("label", 0.3, Saying("labelled", {"label": "good first issue"}), shown=True),
    DigestReason("welcome", 0.4, Saying("newcomers_merged", {"n": 16, "of": 46}), shown=True),
)
_FOUR_PLACES = (
    Contact("discussions", "https://github.com/lumen-lab/starcharts/discussions"),
    Contact("chat", "https://chat.example.org/starcharts"),
    Contact("chat", "https://rooms.example.org/starcharts"),
    Contact("forum", "https://forum.example.org/c/starcharts"),
)
_THREE_PEOPLE = (
    Person("mira-example", 4, 6),
    Person("jonas-example", 1, 6),
    Person("a-login-of-thirty-nine-letters-example", 1, 6),
)
#: Everything that may be known of a pick is known, so none is longer.
FULLEST = build_pick(
    reasons=(*REASONS, *_MORE),
    people=_THREE_PEOPLE,
    channels=_FOUR_PLACES,
    welcome=Welcome(median_reply_hours=71.0, newcomers_merged=0.35),
    claiming=Claiming.ASSIGN_COMMAND,
    command="/assign",
    description="Star charts for small telescopes, from open catalogues, as posters or for the web",
    ai_policy="If you used an AI tool, say so in the pull request, and be ready to explain every "
    "line that you send.",
    kind=Kind.CODE,
)


def _picks() -> tuple[Pick, ...]:
    """Five: the fullest, one with a long title, three of which less is known."""
    return (
        FULLEST,
        build_pick(
            repository="an-organisation-of-thirty-nine-letters/a-repository-with_a_long_name",
            title="A title of as many words as a title may have, for somebody wished to say all of "
            "it at once: https://docs.example.org/en/latest/configuration_of_everything/page.html",
            people=_THREE_PEOPLE,
            effort=Effort.WEEKEND,
            claiming=Claiming.ASK_FIRST,
        ),
        build_pick(
            repository="tidepool/harbor",
            number=7,
            title="Name the quays",
            kind=Kind.TRANSLATION,
            claiming=Claiming.JUST_OPEN,
            ai_policy=None,
            channels=_FOUR_PLACES[:1],
        ),
        build_pick(
            repository="tidepool/lighthouse",
            number=31,
            title="The lamp flickers in Safari",
            kind=Kind.TRIAGE,
            effort=Effort.LONGER,
            claiming=Claiming.UNKNOWN,
            free=None,
            people=(),
            guide=None,
            conduct=None,
        ),
        build_pick(
            repository="lanternworks/plotwren",
            number=333,
            title="The gallery has no example with dates on the x axis",
            kind=Kind.TESTS,
            welcome=None,
            people=(),
            channels=(),
            conduct=None,
        ),
    )


FULL_WEEK = build_letter(
    digest=build_digest(
        picks=_picks(),
        mentor_notes=(MentorNote("grace-example", "Ask me about the second one on Thursday"),),
        questions=(
            Question(
                "lumen-lab/starcharts",
                "How is a chart flipped for the southern hemisphere?",
                "https://github.com/lumen-lab/starcharts/discussions/40",
            ),
        ),
        peers=(Peer("bo-example", "tidepool/harbor"), Peer("cy-example", "lumen-lab/starcharts")),
        events=(
            ClubEvent(
                "Hack night",
                datetime(2026, 11, 27, 22, tzinfo=UTC),
                "https://club.example.org/hack-night",
                ends_at=datetime(2026, 11, 28, 1, tzinfo=UTC),
            ),
            ClubEvent(
                "Open house of the library",
                datetime(2026, 11, 30, 4, tzinfo=UTC),
                None,
                on=date(2026, 11, 30),
            ),
            ClubEvent(
                "Summer programme, applications",
                datetime(2026, 12, 4, 4, tzinfo=UTC),
                "https://club.example.org/summer",
                on=date(2026, 12, 4),
                kind=EventKind.DEADLINE,
            ),
        ),
        earlier=(
            EarlierPick("tidepool/harbor", 3, "merged"),
            EarlierPick("lumen-lab/starcharts", 9, "reviewed"),
            EarlierPick("tidepool/lighthouse", 18, "free-again"),
        ),
        notes=(
            Saying("lost", {"n": 1}),
            as_written("The room of the hack night has changed"),
        ),
    )
)
#: How a post looks on GitHub, as far as sizes and colours go: Primer's, read off a page.
_GITHUB = """
body { margin: 0; background: #ffffff; color: #1f2328; overflow-wrap: break-word;
  font: 14px/1.5 Roboto, Helvetica, Arial, sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 16px; }
.post { border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px; }
h1 { font-size: 26px; line-height: 1.25; font-weight: 400; margin: 0 0 16px; }
h2 { font-size: 21px; line-height: 1.25; font-weight: 700; margin: 24px 0 16px;
  padding-bottom: 6px; border-bottom: 1px solid #d1d9e0b3; }
p, ul, ol { margin: 0 0 16px; }
ul, ol { padding-left: 2em; }
li + li { margin-top: 3.5px; }
hr { height: 4px; border: 0; margin: 24px 0; background: #d1d9e0; }
a { color: #0969da; }
code { font: 85% ui-monospace, Menlo, Consolas, monospace; padding: .2em .4em;
  border-radius: 6px; background: #818b981f; }
@media (prefers-color-scheme: dark) {
  body { background: #0d1117; color: #f0f6fc; }
  .post, h2 { border-color: #3d444d; }
  hr { background: #3d444d; }
  a { color: #4493f8; }
  code { background: #656c7633; }
}
"""


def digest_pages() -> Iterator[tuple[str, str]]:
    """Each kind of page in each language."""
    for locale in Locale:
        letter = replace(FULL_WEEK, locale=locale)
        yield f"mail-{locale}", render_html(replace(letter, channel=ChannelName.EMAIL))
        yield f"issue-{locale}", _on_github(replace(letter, mentions=True))


def _on_github(letter: Letter) -> str:
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    post = cmarkgfm.github_flavored_markdown_to_html(render_markdown(letter), options)
    title = render_title(letter)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_GITHUB}</style>'
        f'<main><h1>{title}</h1><div class="post">{post}</div></main></html>'
    )
