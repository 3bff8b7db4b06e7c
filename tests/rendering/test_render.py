import re
from dataclasses import replace

import pytest

from bot.community.places import Contact
from bot.digest import (
    DigestReason,
    MentorNote,
    Peer,
)
from bot.rendering.imprint import read_picks
from bot.rendering.marker import parse_marker
from bot.rendering.payload import render_json
from bot.rendering.render import (
    HTML_LIMIT_BYTES,
    MARKDOWN_LIMIT,
    render_html,
    render_markdown,
    render_message,
    render_text,
    render_title,
)
from bot.sayings import as_written
from bot.terms import ChannelName, Claiming, Locale
from tests.builders import build_digest, build_letter, build_pick
from tests.rendering.letters import FULL, QUIET
from tests.rendering.page import BACK_LINK, Page, live_parts, one_line

FACTS = (
    *("Hello Ada", "Campus Open Source Club", "week 47 of 2026 (16 to 22 November)"),
    *("1,204 issues were looked at", "as of Sunday 22 November at 01:23 (Puerto Rico time)"),
    *("786 were dropped: 420 from issue farms, 311 already taken and 55 not a task",),
    *("1. Explain the magnitude scale in the tutorial", "2. Name the quays"),
    *(
        "lumen-lab/starcharts: Star charts for small telescopes.",
        "Python, 1,200 stars, MIT licence",
    ),
    *("Astronomy is a topic of the project and in the title; written in Python, which you know",),
    *(
        "nobody assigned, no pull request, no claim in the comments",
        "no claim in the comments, at 01:25 on Sunday 22 November.",
    ),
    *("Not checked yet: this is a preview.", "It looks like an evening of documentation"),
    *(
        "First replies to the last 6 newcomers: 4 by mira-example.",
        "a first reply within 6 hours",
    ),
    *("latest pull requests, 40% were merged", "discussions and chat"),
    *("on which page should it go", "Its code of conduct says how"),
    *("ask in a comment before you start", "when you have decided, write"),
    *(
        "contributing guide of lumen-lab/starcharts",
        "“Say in the pull request which tool you used.”",
    ),
    *("How is a chart flipped?", "bo-example works in tidepool/harbor", "Hack night"),
    *(
        "Friday 27 November, 18:00 (Puerto Rico time)",
        "tidepool/harbor#3: merged. Congratulations!",
    ),
    *("Two projects were slow this week", "config/students/ada-example.yaml"),
    *("is not a probability", "41 points of GitHub's allowance"),
)


def visible(letter):
    """What a reader sees of each format, each as one line."""
    return {
        "markdown": Page.of_markdown(render_markdown(letter)).visible,
        "html": Page(render_html(letter)).visible,
        "text": one_line(render_text(letter)),
    }


@pytest.mark.parametrize("fact", FACTS)
def test_every_format_tells_every_fact(fact):
    for name, seen in visible(FULL).items():
        needle = fact.replace("Hello Ada", "Ada") if name == "html" else fact
        assert needle in seen, name


@pytest.mark.parametrize("format_name", ["markdown", "html", "text"])
def test_spares_are_never_shown(format_name):
    assert "spare" not in visible(FULL)[format_name]
    assert "never/shown" not in visible(FULL)[format_name]


def test_every_address_is_in_the_text():
    text = render_text(FULL)
    for url in set(Page(render_html(FULL)).links) - {"https://github.com/mira-example"}:
        assert re.search(rf"^ *{re.escape(url)}$", text, re.M), url


def test_no_line_of_the_text_is_over_78_columns_but_addresses():
    long = replace(FULL, club="A club of a very long name " * 5)
    lines = render_text(long).splitlines()
    assert [
        line for line in lines if len(line) > 78 and not line.strip().startswith("https:")
    ] == []


def test_the_student_is_mentioned_once_where_the_letter_says_so_and_nobody_else_is():
    page = Page.of_markdown(render_markdown(replace(FULL, mentions=True)))
    assert live_parts(page.outside) == [("mention", "Hello Ada (@ada-example),")]


def test_nobody_is_mentioned_otherwise():
    source = render_markdown(FULL)
    assert live_parts(Page.of_markdown(source).outside) == []
    assert "@" not in source


@pytest.mark.parametrize("form", ["stop", "pause", "feedback"])
def test_every_format_leads_to_the_forms_of_the_clubs_repository(form):
    address = f"https://github.com/campus-club/digests/issues/new?template={form}.yml"
    assert f"]({address})" in render_markdown(FULL)
    assert f'href="{address}"' in render_html(FULL)
    assert f"\n{address}\n" in render_text(FULL)


def test_a_mail_is_stopped_in_one_step_before_its_first_pick():
    stop = "issues/new?template=stop.yml"
    for letter in (FULL, QUIET):
        html, text = render_html(letter), render_text(letter)
        assert html.index(stop) < html.index('class="cell card"')
        assert 0 < text.index(stop) < 800


def test_only_a_mail_says_that_an_answer_reaches_a_person():
    mail = replace(FULL, channel=ChannelName.EMAIL)
    for name, seen in visible(mail).items():
        assert "An answer to this mail reaches a person of the club" in seen, name
    for name, seen in visible(FULL).items():
        assert "An answer to this mail" not in seen, name


def test_a_post_in_another_language_than_githubs_page_says_which():
    assert '<div lang="es">' in render_markdown(replace(FULL, locale=Locale.ES))
    assert "<div" not in render_markdown(FULL)


def test_two_clubmates_are_asked_once_to_pair_up():
    peers = (Peer("bo-example", "tidepool/harbor"), Peer("cy-example", "lumen-lab/starcharts"))
    letter = build_letter(digest=build_digest(peers=peers))
    for seen in visible(letter).values():
        assert "bo-example works in tidepool/harbor." in seen
        assert seen.count("pair up") == 1


def test_two_chats_of_a_project_are_told_apart():
    chats = ("https://chat.example.org/a", "https://rooms.example.org/a")
    places = tuple(Contact("chat", url) for url in chats)
    letter = build_letter(digest=build_digest(picks=(build_pick(channels=places),)))
    for seen in visible(letter).values():
        assert "chat (chat.example.org) and chat (rooms.example.org)" in seen


def test_a_post_links_no_issue_without_the_redirect():
    source = render_markdown(FULL)
    assert "https://redirect.github.com/lumen-lab/starcharts/issues/12" in source
    assert "https://redirect.github.com/lumen-lab/starcharts/discussions/40" in source
    assert not BACK_LINK.search(source)


def test_a_quiet_week_says_so_and_why_and_what_to_widen():
    for seen in visible(QUIET).values():
        assert "All 12 issues in Rust were taken." in seen
        assert "add a language you would like to learn" in seen
        assert seen.count("Rust") == 1
        assert "score" not in seen


@pytest.mark.parametrize("letter", [FULL, QUIET], ids=["full", "quiet"])
def test_a_mentors_word_stands_on_top_of_every_format(letter):
    notes = (MentorNote("grace-example", "Ask me"), MentorNote("mo-example", "Well done!"))
    noted = replace(letter, digest=replace(letter.digest, mentor_notes=notes))
    for name, seen in visible(noted).items():
        said = "A word from grace-example: Ask me. A word from mo-example: Well done!"
        assert said in seen, name
        assert seen.index(said) < seen.index("your digest from"), name


def test_without_a_mentors_word_nothing_is_said_of_one():
    for seen in visible(FULL).values():
        assert "A word from" not in seen


def test_a_harvest_cut_short_is_said():
    cut = build_letter(digest=build_digest(complete=False))
    for seen in visible(cut).values():
        assert "The search was cut short this week" in seen
    for seen in visible(FULL).values():
        assert "cut short" not in seen


@pytest.mark.parametrize(
    ("dropped", "told"),
    [
        ({"taken": 1}, "One was dropped: already taken."),
        ({"seen": 22, "farm": 0}, "22 were dropped: all in an earlier digest."),
        ({"seen": 2, "own": 1}, "3 were dropped: 2 in an earlier digest and 1 your own."),
    ],
)
def test_a_cause_that_stands_alone_is_told_without_its_number(dropped, told):
    for seen in visible(build_letter(digest=build_digest(dropped=dropped))).values():
        assert told in seen


def test_a_pick_of_which_little_is_known_says_no_more():
    unknown = ("description", "language", "licence", "welcome", "ai_policy", "guide", "conduct")
    nothing = dict.fromkeys(unknown)
    bare = build_pick(**nothing, people=(), channels=(), claiming=Claiming.UNKNOWN, stars=1)
    for seen in visible(build_letter(digest=build_digest(picks=(bare,)))).values():
        assert "lumen-lab/starcharts. 1 star, no licence known." in seen
        assert "No rule for claiming is known here" in seen
        assert "Who would you meet" not in seen
        assert "None" not in seen


def test_a_description_of_which_nothing_is_seen_leaves_no_punctuation_behind():
    blank = build_pick(description="\u200b \n", ai_policy="\u2060")
    for seen in visible(build_letter(digest=build_digest(picks=(blank,)))).values():
        assert "lumen-lab/starcharts. Python, 1,200 stars" in seen
        assert "the project says" not in seen


def test_an_issue_that_was_taken_is_not_called_free():
    taken = build_letter(digest=build_digest(picks=(build_pick(free=False),)))
    for seen in visible(taken).values():
        assert "No longer" in seen
        assert "nobody was assigned" not in seen


def test_without_a_known_repository_the_file_is_named_and_not_linked():
    letter = build_letter(club_repository=None)
    for seen in visible(letter).values():
        assert "config/students/ada-example.yaml" in seen
    everything = render_markdown(letter) + render_html(letter) + render_text(letter)
    assert "blob/HEAD/config" not in everything
    assert "issues/new" not in everything
    assert "in one step" not in everything.lower()


def test_the_title_names_student_number_week_and_club():
    assert (
        render_title(FULL) == "Ada, 2 issues for you in week 47 of 2026 (Campus Open Source Club)"
    )
    assert render_title(QUIET) == "Ada, a quiet week 47 of 2026 (Campus Open Source Club)"


def test_a_long_post_loses_whole_picks_and_says_so():
    chatter = tuple(
        DigestReason("interest", 0.1, as_written("word " * 78), shown=True) for _ in range(20)
    )
    picks = tuple(build_pick(number=n, title=f"Task {n}", reasons=chatter) for n in range(1, 11))
    letter = build_letter(digest=build_digest(picks=picks))
    source, html = render_markdown(letter), render_html(letter)
    assert 50_000 < len(source) < MARKDOWN_LIMIT
    assert 70_000 < len(html.encode()) <= HTML_LIMIT_BYTES
    shown = source.count("\n## ") - 1
    assert 1 < shown < 10
    assert f"{10 - shown} more picks did not fit into this digest." in source
    assert source.rpartition("\n<!--")[0].rstrip().endswith("search this week.")
    assert len(read_picks(source)) == 10


def test_a_flood_around_the_picks_is_left_out_when_nothing_else_helps():
    flood = tuple(
        DigestReason("interest", 0.1, as_written("<" * 400), shown=True) for _ in range(40)
    )
    letter = build_letter(
        digest=build_digest(picks=(build_pick(reasons=flood),), notes=(as_written("n"),))
    )
    assert "Good to know" not in render_markdown(letter)


def test_a_message_carries_every_form_of_one_digest():
    message = render_message(FULL)
    assert (message.week, message.login, message.title) == (
        "2026-W47",
        "ada-example",
        render_title(FULL),
    )
    assert message.markdown == render_markdown(FULL)
    assert message.html == render_html(FULL)
    assert message.text == render_text(FULL)
    assert message.json == render_json(FULL)
    marker = parse_marker(message.markdown)
    assert marker is not None
    assert (marker.week, marker.login) == ("2026-W47", "ada-example")
