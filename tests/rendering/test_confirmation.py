"""The mail that asks: who, why, the code, two ways to give it, and what is agreed to."""

import re

import pytest
from hypothesis import given, settings

from bot.rendering.confirmation import Invitation, consent_text, render_confirmation
from bot.terms import Locale
from tests.rendering.page import Page, hostile_text, one_line

CODE = "K7QX2-9TBMN"


def invitation(**changes) -> Invitation:
    facts = {
        "login": "ada-example",
        "greeting": "Ada",
        "club": "Campus Open Source Club",
        "code": CODE,
        "repository": "campus-club/digests",
    }
    return Invitation(**(facts | changes))


def test_both_bodies_say_all_that_a_reader_must_know():
    letter = render_confirmation(invitation())
    for body in (one_line(letter.text), Page(letter.html).visible):
        assert "Campus Open Source Club" in body
        assert "GitHub login ada-example" in body
        assert f'confirmed: "{CODE}"' in body
        assert "config/students/ada-example.yaml" in body
        assert "Was it not you? Then do nothing" in body
        assert "the only one that comes without your consent" in body
        assert consent_text("Campus Open Source Club", Locale.EN) in body
    assert letter.title == "Campus Open Source Club: may we write to you here?"


def test_both_bodies_link_the_file_and_the_form_with_the_code_filled_in():
    letter = render_confirmation(invitation())
    links = [
        "https://github.com/campus-club/digests/blob/HEAD/config/students/ada-example.yaml",
        f"https://github.com/campus-club/digests/issues/new?template=confirm.yml&code={CODE}",
    ]
    assert Page(letter.html).links == links
    assert [line.strip() for line in letter.text.splitlines() if "https" in line] == links


def test_without_a_repository_the_mail_offers_the_file_alone():
    letter = render_confirmation(invitation(repository=None))
    assert Page(letter.html).links == []
    assert "https" not in letter.text
    assert "in one of these ways" not in one_line(letter.text)
    assert "config/students/ada-example.yaml" in one_line(letter.text)


def test_the_consent_says_what_how_often_who_reads_how_to_withdraw_and_how_long():
    text = consent_text("The Club", Locale.EN)
    for said in (
        "The Club",
        "digest",
        "once a week",
        "encrypted",
        "reads what I answer",
        "withdraw",
        "forgotten after twelve months",
    ):
        assert said in text


def test_the_mail_is_accessible_and_asks_nothing_of_the_network():
    html = render_confirmation(invitation()).html
    page = Page(html)
    assert html.startswith('<!DOCTYPE html><html lang="en" dir="ltr">')
    assert "<title>May we write to you, Ada?</title>" in html
    assert page.tags.count("h1") == 1
    assert html.count("<table") == html.count('role="presentation"')
    assert "@media (prefers-color-scheme: dark)" in html
    assert not {"img", "link", "script", "iframe", "object", "form"} & set(page.tags)
    assert not re.search(r"url\(|@import|src=", html)


def test_only_addresses_are_longer_than_a_line_of_mail():
    text = render_confirmation(invitation()).text
    assert max(len(line) for line in text.splitlines() if "https" not in line) <= 78
    assert "\n\n\n" not in text


@settings(deadline=None, max_examples=40)
@given(hostile_text, hostile_text)
def test_no_name_adds_a_line_a_link_or_a_tag(greeting, club):
    plain, odd = (
        render_confirmation(invitation(greeting=one, club=two))
        for one, two in (("Ada", "The Club"), (greeting, club))
    )
    assert Page(odd.html).tags == Page(plain.html).tags
    assert Page(odd.html).links == Page(plain.html).links
    assert "\n" not in odd.title
    assert "\r" not in odd.title + odd.text


@pytest.mark.parametrize("part", ["text", "title", "html"])
def test_a_shown_mail_or_invitation_keeps_its_code(part):
    letter = render_confirmation(invitation())
    assert CODE not in f"{letter!r} {invitation()!r}"
    assert (CODE in getattr(letter, part)) == (part != "title")
