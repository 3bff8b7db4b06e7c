import pytest
from hypothesis import given

from bot.rendering.links import (
    html_link,
    markdown_link,
    mention,
    profile_address,
    quiet_address,
    web_address,
)
from tests.rendering.page import BACK_LINK, Page, hostile_text

ISSUE = "https://redirect.github.com/o/r/issues/1"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://github.com/o/r/issues/1", ISSUE),
        ("https://redirect.github.com/o/r/issues/1", ISSUE),
        ("https://www.github.com/o/r/issues/1", ISSUE),
        ("https://GitHub.com//o/./r/issues/1", ISSUE),
        ("https://github.com:443/o/r/%69ssues/1", ISSUE),
        (
            "https://github.com/o/r/pull/1/files?w=1#d",
            "https://redirect.github.com/o/r/pull/1/files?w=1#d",
        ),
        ("https://github.com/o/r/discussions/1", "https://redirect.github.com/o/r/discussions/1"),
        ("https://github.com/o/r/discussions", "https://github.com/o/r/discussions"),
        ("https://github.com/o/r", "https://github.com/o/r"),
        (
            "https://github.com/o/r/issues/new?template=stop.yml",
            "https://github.com/o/r/issues/new?template=stop.yml",
        ),
        (
            "https://archive.example.org/https://github.com/o/r/issues/1",
            "https://archive.example.org/https://github%2Ecom/o/r/issues/1",
        ),
        ("https://chat.example.org/#/room:a", "https://chat.example.org/#/room:a"),
    ],
)
def test_numbered_pages_of_github_go_by_the_redirect_once(url, address):
    assert quiet_address(url) == address
    assert quiet_address(address) == address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://x.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.example",
        "https://",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://a@github.com/o",
        "https://github.com@x.example/",
        "https://x.example:8443/",
        "https://x.example:port/",
        "https://[::1]/",
        "https://x.example/" + "a" * 500,
    ],
)
def test_only_plain_https_addresses_are_linked(url):
    assert web_address(url) is None
    assert markdown_link("words", url) == "words"
    assert html_link("words", url) == "words"


def test_odd_characters_of_an_address_are_encoded():
    assert (
        web_address('https://x.example/a b)(<">\n[c]\\`$')
        == "https://x.example/a%20b%29%28%3C%22%3E%5Bc%5D%5C%60%24"
    )


@given(hostile_text, hostile_text)
def test_a_hostile_address_leads_where_it_says_or_nowhere(text, tail):
    source = markdown_link(text, "https://x.example/" + tail)
    page = Page.of_markdown(f"see {source}.")
    assert all(link.startswith("https://x.example/") for link in page.links)
    assert len(page.links) <= 1
    assert not BACK_LINK.search(source)


@given(hostile_text)
def test_html_links_keep_hostile_text_as_text(text):
    page = Page(str(html_link(text, "https://x.example/" + text)))
    assert set(page.tags) <= {"a"}


def test_only_a_login_becomes_a_mention_or_a_profile():
    assert mention("ada-example") == "@ada-example"
    assert mention("ada](x)") == "@\u200bada\\](x)"
    assert profile_address("bot[bot]") is None
