import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.rendering.render import HTML_LIMIT_BYTES, render_html
from tests.builders import build_letter
from tests.rendering.letters import FULL, LONG, QUIET
from tests.rendering.page import Page

LETTERS = [FULL, QUIET, LONG]


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


@pytest.mark.parametrize("letter", LETTERS)
def test_a_mail_is_small_enough_to_be_shown_whole(letter):
    html = render_html(letter)
    assert len(html.encode()) <= HTML_LIMIT_BYTES <= 80_000
    (style,) = LexborHTMLParser(html).css("style")
    assert 0 < len(style.text().encode()) < 1024


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_of_the_mail_contrasts_with_its_ground(letter, scheme):
    tree = LexborHTMLParser(render_html(letter))
    looks = dark_looks(tree) if scheme == "dark" else {}
    pairs = {
        (seen_style(node, "color", looks), seen_style(node, "background-color", looks))
        for node in tree.body.traverse(include_text=True)
        if node.tag == "-text" and node.text_content.strip()
    }
    assert len(pairs) > 4
    assert {pair: ratio for pair in pairs if (ratio := contrast(*pair)) < 4.5} == {}


def test_dark_mode_changes_every_colour():
    tree = LexborHTMLParser(render_html(FULL))
    looks = dark_looks(tree)
    for node in tree.css("[style]"):
        for part in ("color", "background-color"):
            if part in own_style(node):
                assert part in dark_style(node, looks), (node.tag, node.attributes["class"])


@pytest.mark.parametrize("letter", LETTERS)
def test_what_outlook_draws_on_cells_only_stands_on_cells(letter):
    """caniemail calls these supported in part by Outlook for Windows; this is the other part."""
    for node in LexborHTMLParser(render_html(letter)).css("body [style]"):
        style = own_style(node)
        on_cell = node.tag == "td"
        assert on_cell or style.get("padding", "0") == "0"
        assert on_cell or not {name for name in style if name.startswith("border")}
        assert on_cell or node.tag == "table" or "background-color" not in style
        assert not style.keys() & {"width", "height", "background", "display", "float", "position"}
        assert style.get("font-weight", "700") == "700"
        assert "-" not in style.get("margin", "")


@pytest.mark.parametrize("letter", LETTERS)
def test_no_text_is_smaller_than_14_pixels(letter):
    tree = LexborHTMLParser(render_html(letter))
    sizes = re.findall(r"font-size:\s*([^;\"]+)", tree.html)
    assert min(int(size.removesuffix("px")) for size in sizes) == 14
    for node in tree.body.traverse(include_text=True):
        if node.tag == "-text" and node.text_content.strip():
            assert seen_style(node, "font-size", {})


def own_style(node):
    """What stands in a tag's `style`, by name."""
    parts = (node.attributes.get("style") or "").split(";")
    return dict(re.split(r"\s*:\s*", part.strip(), maxsplit=1) for part in parts if part.strip())


def dark_looks(tree):
    """What the style part says for dark mode, by selector."""
    rules = re.findall(r"([^{}]+?)\s*\{([^{}]+)\}", tree.css_first("style").text().split("{", 1)[1])
    looks = {}
    for selectors, declarations in rules:
        for selector in selectors.split(","):
            pairs = re.findall(r"([\w-]+):\s*([^;!]+?)\s*!important", declarations)
            looks.setdefault(selector.strip(), {}).update(pairs)
    return looks


def dark_style(node, looks):
    """What dark mode says of a tag: of its name, then of its classes in their order of rules."""
    names = {node.tag, *(f".{name}" for name in (node.attributes.get("class") or "").split())}
    said = {}
    for selector, style in looks.items():
        if selector in names:
            said.update(style)
    return said


def seen_style(node, name, looks):
    """The nearest word on `name` around a text."""
    while (node := node.parent) is not None:
        said = own_style(node) | dark_style(node, looks)
        if name in said:
            return said[name]
    raise AssertionError(f"nothing says the {name} here")


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
