"""Who holds a claim, by what was said, by whom, and when."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import text

from bot.screening.claims import live_claim
from bot.screening.speech import MAX_CLAUSE, MAX_END, MAX_START, clauses, sentences
from tests.benchmarks.claims import read_cases
from tests.builders_core import NOW, build_comment, days_ago

SAID = {
    name: lines.strip().splitlines()
    for name, lines in tomllib.loads(
        (Path(__file__).parent / "said.toml").read_text("utf-8")
    ).items()
}

#: Claims in words so far from the usual ones that they are not heard.
FAR_FETCHED = {
    "bea-example: I have some spare time this week, I'd like to use it on this.",
    "bea-example: quisiera agregar esta a mi lista",
}

ME, OTHER, MAINTAINER = "bea-example", "cleo-example", "mira-example"


def said(body, days=1.0, author=ME):
    return build_comment(body, author=author, created_at=days_ago(days))


def ruled(body, days=1.0, association="MEMBER"):
    """A word of somebody who speaks for the project."""
    return build_comment(
        body, author=MAINTAINER, association=association, created_at=days_ago(days)
    )


def holder(*comments):
    return live_claim(comments, NOW)


@pytest.mark.parametrize("body", SAID["claims"])
def test_a_claim_is_heard(body):
    assert holder(said(body)) is not None


@pytest.mark.parametrize("body", SAID["no_claims"])
def test_an_ordinary_sentence_is_no_claim(body):
    assert holder(said(body)) is None


@pytest.mark.parametrize("body", SAID["no_claims"])
def test_an_ordinary_sentence_of_a_maintainer_is_no_claim(body):
    assert holder(ruled(body)) is None


@pytest.mark.parametrize("body", SAID["releases"])
def test_a_claim_ends_when_its_author_lets_go(body):
    assert holder(said("I'll take this", 5), said(body)) is None


@pytest.mark.parametrize("body", SAID["no_releases"])
def test_a_claim_survives_its_authors_troubles(body):
    assert holder(said("I'll take this", 5), said(body)) == ME


@pytest.mark.parametrize("body", SAID["refusals"])
def test_a_claim_ends_when_a_maintainer_refuses_it(body):
    assert holder(said("I'll take this", 5), ruled(body)) is None


@pytest.mark.parametrize("body", SAID["refusals"])
def test_only_maintainers_refuse(body):
    assert holder(said("I'll take this", 5), said(body, author=OTHER)) == ME


@pytest.mark.parametrize("body", SAID["freed"])
def test_a_claim_ends_when_a_maintainer_frees_the_issue(body):
    assert holder(said("I'll take this", 5), ruled(body)) is None


@pytest.mark.parametrize("body", SAID["grants"])
def test_who_asked_and_was_told_to_go_ahead_is_on_it(body):
    assert holder(said("Is this still available?", 5), ruled(body)) == ME


@pytest.mark.parametrize("body", SAID["grants"])
def test_a_claim_survives_the_word_to_go_ahead(body):
    assert holder(said("Can I work on this?", 15), ruled(body, 10)) == ME


@pytest.mark.parametrize("body", SAID["no_grants"])
def test_an_invitation_to_all_puts_nobody_on_it(body):
    assert holder(ruled(body)) is None


def test_go_ahead_puts_somebody_on_it_even_where_the_question_is_out_of_sight():
    assert holder(ruled("Sure, go ahead!")) == "somebody"


def test_asking_alone_is_no_claim():
    assert holder(said("Is this still open?")) is None


def test_a_stranger_cannot_tell_anybody_to_go_ahead():
    assert holder(said("Is this still open?", 5), said("Go ahead!", author=OTHER)) is None


def test_no_comments_are_no_claim():
    assert holder() is None


def test_a_claim_holds_for_two_weeks():
    assert holder(said("I'll take this", 13.9)) == ME
    assert holder(said("I'll take this", 14)) is None


def test_a_claim_lives_on_while_its_author_is_heard():
    assert holder(said("I'll take this", 40), said("Two tests are left.", 3)) == ME


def test_a_claim_lives_on_while_a_maintainer_speaks_with_its_author():
    assert holder(said("I'll take this", 20), ruled("Which format do you use?", 8)) == ME


def test_a_maintainers_word_does_not_wake_a_claim_that_lapsed():
    assert holder(said("I'll take this", 60), ruled("Still relevant.", 2)) is None


def test_a_strangers_word_keeps_no_claim_alive():
    assert holder(said("I'll take this", 20), said("Nice idea.", 2, OTHER)) is None


def test_a_second_claim_counts_when_the_first_has_lapsed():
    assert holder(said("I'll take this", 40), said("Can I work on this?", 2, OTHER)) == OTHER


def test_who_asked_second_is_next_when_the_first_lets_go():
    claims = said("I'll take this", 9), said("May I take this issue?", 5, OTHER)

    assert holder(*claims) == ME
    assert holder(*claims, said("I can no longer work on this", 2)) == OTHER


def test_the_second_is_refused_and_the_first_stays():
    claims = said("I'll take this", 9), said("May I take this issue?", 5, OTHER)

    assert holder(*claims, ruled("Sorry, please pick another issue.")) == ME
    assert holder(*claims, ruled(f"@{OTHER} sorry, @{ME} is working on this.")) == ME


def test_who_is_named_is_freed_and_the_other_stays():
    claims = said("I'll take this", 9), said("May I take this issue?", 5, OTHER)

    assert holder(*claims, ruled(f"@{ME.title()} is no longer working on this.")) == OTHER


def test_a_maintainer_may_take_over_in_the_same_breath():
    claim = said("I'll take this", 9)

    assert holder(claim, ruled(f"@{ME} is no longer working on this, so I'll fix this.")) == (
        MAINTAINER
    )


def test_who_let_go_may_come_back():
    claims = said("I'll take this", 9), said("I gave up", 5)

    assert holder(*claims, said("I'm working on it again, I'll take this", 1)) == ME


def test_no_need_to_ask_tells_a_claimant_to_go_on():
    claim = said("Can I work on this?", 3)

    assert holder(claim, ruled("No need to ask, just open a PR!")) == ME


@pytest.mark.parametrize("association", ["OWNER", "MEMBER", "COLLABORATOR"])
def test_who_speaks_for_the_project_by_githubs_word(association):
    refusal = ruled("Please pick another issue", association=association)

    assert holder(said("I'll take this", 3), refusal) is None


@pytest.mark.parametrize("association", ["NONE", "CONTRIBUTOR", "FIRST_TIME_CONTRIBUTOR"])
def test_who_does_not_speak_for_the_project(association):
    refusal = ruled("Please pick another issue", association=association)

    assert holder(said("I'll take this", 3), refusal) == ME


def test_an_offer_to_help_claims_unless_a_maintainer_makes_it():
    assert holder(said("I'd be happy to help!")) == ME
    assert holder(ruled("I'd be happy to help!")) is None


@pytest.mark.parametrize(
    "body",
    [
        "> I'd like to work on this\n\nWhat became of that?",
        "Write this:\n```\n/assign\n```",
        "Comment `/assign` here.",
        "~~I'll take this~~",
        "Hello!\n<!-- I'll take this -->",
        "- [ ] I would like to work on this",
        "~~~\nI'm working on it\n~~~",
    ],
)
def test_what_is_quoted_struck_out_or_code_is_no_claim(body):
    assert holder(said(body)) is None


def test_what_follows_a_quotation_is_heard():
    assert holder(said("> Is this free?\n\nI'll take this")) == ME


def test_what_bots_say_is_no_claim():
    assert holder(said("I'm working on it", author="tidebot[bot]")) is None


def test_what_is_hidden_is_no_claim():
    assert holder(build_comment("I'll take this", is_hidden=True)) is None


def test_who_deleted_their_account_is_somebody():
    assert holder(build_comment("I'll take this", author=None)) == "somebody"


def test_who_is_named_as_being_on_it_holds_the_claim():
    assert holder(ruled("@dora-example is working on this")) == "dora-example"


def test_a_very_long_comment_is_read_in_no_time():
    assert holder(said("can i can i i'd like to " * 3_000)) is None
    assert holder(said("a" * 65_536)) is None
    assert holder(said("the " * 16_000)) is None
    assert holder(said("i am and want to " * 3_800)) is None


@pytest.mark.parametrize("name", ["blind", "second", "third", "fourth", "fifth"])
def test_comments_are_heard_as_people_mean_them(name):
    wrong = {str(case) for case in read_cases(name) if not case.is_right()}

    assert wrong <= FAR_FETCHED


@pytest.mark.parametrize("name", ["threads", "threads_second"])
def test_a_thread_tells_who_holds_the_issue(name):
    wrong = [str(case) for case in read_cases(name) if not case.is_right()]

    assert wrong == []


@pytest.mark.parametrize("body", SAID["no_refusals"])
def test_a_claim_survives_a_maintainers_advice(body):
    assert holder(said("I'll take this", 5), ruled(body)) == ME


def test_an_empty_comment_is_no_sign_of_life():
    claim = said("I'll take this", 20)

    assert holder(claim, said("", 3)) is None
    assert holder(claim, said("> I'll take this", 3)) is None


def test_a_link_to_ones_pull_request_is_a_sign_of_life():
    link = "https://github.com/lumen-lab/starcharts/pull/400"

    assert holder(said("I'll take this", 20), said(link, 3)) == ME


@pytest.mark.parametrize("bot", ["keeper[bot]", "helperbot"])
def test_a_bot_that_unassigned_somebody_frees_the_issue(bot):
    claim = said("/assign", 12)

    assert holder(claim, said(f"@{ME} has been unassigned due to inactivity.", 2, bot)) is None
    assert holder(claim, said(f"@{ME} you will be unassigned in 3 days.", 2, bot)) == ME


def test_a_bot_keeps_no_claim_alive():
    assert holder(said("/assign", 20), said("Any news, @bea-example?", 3, "keeper[bot]")) is None


def test_a_stranger_unassigns_nobody():
    claim = said("I'll take this", 5)

    assert holder(claim, said("Unassigned due to inactivity.", 2, OTHER)) == ME


def test_who_is_asked_by_a_maintainer_and_says_yes_is_on_it():
    question = ruled(f"@{ME} would you like to take this?", 4)

    assert holder(question, said("Yes, sure!", 3)) == ME
    assert holder(question, said("Yes, sure!", 3, OTHER)) is None
    assert holder(question, said("No, sorry.", 3)) is None


def test_a_login_is_known_in_any_case():
    ask = said("Is this free?", 4)

    assert holder(ask, ruled("@BEA-Example it's all yours", 3)) == ME


def test_of_a_very_long_comment_the_start_and_the_end_are_read():
    lines = "All is well.\n" * 5_000

    assert holder(said(f"I'll take this.\n{lines}")) == ME
    assert holder(said(f"{lines}I'll take this.")) == ME
    assert holder(said(f"{lines}I'll take this.\n{lines}")) is None


def test_what_is_read_of_a_comment_is_bounded():
    read = sum(map(len, sentences("i would like to " * 4_000)))

    assert 0 < read <= MAX_START + MAX_END + 1


@given(text(max_size=2_000))
def test_whatever_a_comment_holds_its_clauses_are_short(body):
    parts = [part for sentence in sentences(body) for part in clauses(sentence)]

    assert all(0 < len(part) <= MAX_CLAUSE for part in parts)


@pytest.mark.parametrize("opener", ["“", "«", '"', "`", "~~", "```", "<!--", "(", "@", "é"])
def test_marks_that_never_close_are_read_in_no_time(opener):
    assert holder(said(opener * (65_536 // len(opener)))) is None
