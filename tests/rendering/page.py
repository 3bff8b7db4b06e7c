"""What GitHub would make of a Markdown post, and what a mail reader sees of HTML.

GitHub looks for mentions and references in the rendered text, but not in links and code
(docs.github.com, autolinked references); `Page.outside` is the text that it looks at.
"""

import re
from html.parser import HTMLParser

import cmarkgfm
from hypothesis import strategies as st

#: Text that GitHub would turn into something, each with its name for a failing test.
LIVE = {
    "mention": re.compile(r"(?<!\w)@[a-z0-9]", re.I),
    "reference": re.compile(r"#\d"),
    "old reference": re.compile(r"GH-\d", re.I),
    "repository reference": re.compile(r"[\w.-]+/[\w.-]+#\d"),
    "commit": re.compile(r"(?<!\w)[0-9a-f]{7,40}(?!\w)", re.I),
    "address": re.compile(r"https?://|\bwww\.\w", re.I),
}
BACK_LINK = re.compile(r"(?<!redirect\.)github\.com/[^\s)]+/(?:issues|pull|discussions)/\d+")

#: What strangers may put into a title, a name or a description.
FRAGMENTS = (
    *("@octo-example", "@org/team", "x@y.example", "user@deadbeef1", "#12", "GH-3", "gh-4"),
    *("owner/name#5", "0123456789abcdef0123456789abcdef01234567", "deadbee", "mailto:a@b.example"),
    *("https://github.com/o/r/issues/1", "github.com/o/r/pull/2", "http://x.example/a_b"),
    *("www.x.example", "ftp://x.example", "<https://x.example>", "[a](https://x.example)", "[ ]"),
    *("![a](https://x.example/b.png)", "[a][1]", "[1]: https://x.example", "[^1]", "[x](y 'z')"),
    *("<script>alert(1)</script>", "<img src=x onerror=y>", "<!--", "-->", "&lt;b&gt;", "&#64;me"),
    *(
        "&commat;me",
        "**b**",
        "__b__",
        "~~s~~",
        "`c`",
        "```",
        "$x$",
        "\\",
        "\\@me",
        "|a|b|",
        ":tada:",
    ),
    *("# h", "- l", "+ l", "* l", "1. n", "2) n", "===", "---", "> q", "- [ ] task", "> [!NOTE]"),
    *(
        "\r\n",
        "\n\n",
        "\t",
        "\u2028",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200b",
        "\u00ad",
        "\x00",
        "\x1b[31m",
    ),
    *(
        "\u200d",
        "👩‍💻",
        "❤️‍🔥",
        "🇵🇷",
        "👍🏽",
        "é",
        "e\u0301",
        "ก็",
        "سلام",
        "漢字",
        "ＡＢ",
        "::error ::x",
    ),
)
hostile_text = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6), st.just(" ")), max_size=14
).map("".join)


class Page(HTMLParser):
    """A rendered page: its text in and outside of links and code, its tags and its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.texts: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()

    @classmethod
    def of_markdown(cls, source: str) -> "Page":
        return cls(cmarkgfm.github_flavored_markdown_to_html(source))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in {"br", "hr", "meta", "img", "input", "link"}:
            self.open.append(tag)
        self.links += [value for key, value in attrs if key == "href"]

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if "style" not in self.open and "title" not in self.open:
            self.texts.append((data, "a" in self.open or "code" in self.open))

    @property
    def outside(self) -> list[str]:
        """The text nodes that GitHub's filters read."""
        return [text for text, is_shielded in self.texts if not is_shielded]

    @property
    def visible(self) -> str:
        """All text as one line, without the breaks that nobody sees."""
        return one_line("".join(text for text, _ in self.texts))


def one_line(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def live_parts(texts: list[str]) -> list[tuple[str, str]]:
    """Everything in these text nodes that GitHub would make live."""
    return [(name, text) for text in texts for name, live in LIVE.items() if live.search(text)]
