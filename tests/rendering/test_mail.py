import re

import pytest

from bot.rendering.environment import environment
from bot.rendering.render import (
    render_html,
)
from tests.builders import build_letter
from tests.rendering.page import Page


def test_the_mail_is_accessible_and_asks_nothing_of_the_network():
    html = render_html(build_letter())
    page = Page(html)
    assert html.startswith('<!DOCTYPE html><html lang="en" dir="ltr">')
    assert 0 < html.index('<meta charset="utf-8">') < 1024
    assert "<title>One issue for you, Ada</title>" in html
    assert page.tags.count("h1") == 1
    assert html.count("<table") == html.count('role="presentation"')
    assert "@media (prefers-color-scheme: dark)" in html
    assert not {"img", "link", "script", "iframe", "object"} & set(page.tags)
    assert not re.search(r"url\(|@import|src=", html)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_of_the_mail_contrasts_with_its_ground(scheme):
    style = environment("html").get_template("parts/style.j2").render()
    light, dark = style.split("@media")
    rules = light if scheme == "light" else dark
    grounds = re.findall(r"background-color: (#\w{6})", rules)
    inks = re.findall(r"(?<!-)color: (#\w{6})", rules)
    assert len(grounds) == 2
    assert len(inks) == 4
    assert min(contrast(ink, ground) for ink in inks for ground in grounds) >= 4.5


def contrast(one, other):
    """The contrast ratio of WCAG 2.2, 1.4.3."""
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
