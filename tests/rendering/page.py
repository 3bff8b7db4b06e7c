"""What GitHub would make of a Markdown post, and what a mail reader sees of HTML.

Markdown goes through GitHub's own cmark-gfm, raw HTML let through as GitHub does it before its
sanitizer; HTML is read by lexbor, which builds the tree that a browser builds. GitHub looks for
mentions and references in the rendered text, but not in links and code (docs.github.com,
autolinked references); `Page.outside` is the text that it looks at.
"""

import re

import cmarkgfm
from cmarkgfm.cmark import Options
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

#: Text that GitHub would turn into something, each with its name for a failing test.
LIVE = {
    "mention": re.compile(r"(?<!\w)[@＠][a-z0-9]", re.I),
    "reference": re.compile(r"#\d"),
    "old reference": re.compile(r"GH-\d", re.I),
    "repository reference": re.compile(r"[\w.-]+/[\w.-]+#\d"),
    "commit": re.compile(r"(?<!\w)[0-9a-f]{7,40}(?!\w)", re.I),
    "address": re.compile(r"\w:/|\bwww\.\w", re.I),
    "emoji": re.compile(r":[\w+-]+:"),
}
#: GitHub reads formulas in the source, before the Markdown.
FORMULA = re.compile(r"(?<!\\)(?:\\\\)*\$")
BACK_LINK = re.compile(r"(?<!redirect\.)github\.com/[^\s)]+/(?:issues|pull|discussions)/\d+")
_OPTIONS = (
    Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_GITHUB_PRE_LANG
)
#: Of every page, whether its source has them or not.
_FRAME = frozenset({"-document", "html", "head", "body"})
_UNREAD = frozenset({"script", "style", "title"})

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
    *("GH-12", "o/r#12", "o/r@0123456789abcdef0123456789abcdef01234567", "@ada-example/x", "﹫me"),
    *("&#x40;me", "&#64;user", "＠user", "＃12", "\\#12", "#&#8203;12", "@\u200d@me", "#\u20e312"),
    *("http://x.example", "https:x.example", "//x.example/a", "HTTPS://X.EXAMPLE", "wWw.x.example"),
    *("](javascript:alert(1))", "](https://x.example)", "[a](<javascript:x>)", "[a]: javascript:x"),
    *("a@b.example", "<a@b.example>", "xmpp:a@b.example/c", "mailto:a@b.example?cc=c@d.example"),
    *(
        "</style>",
        "</style><script>x</script>",
        "*/ } a { color: red } /*",
        "/*",
        "<style>p{}</style>",
    ),
    *(
        "</title>",
        "</textarea>",
        "<!doctype html>",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "<svg onload=x>",
    ),
    *(
        "<!--[if mso]><b>x</b><![endif]-->",
        "--!>",
        "<!-- foothold:v1 -->",
        "<plaintext>",
        "<base href=x>",
    ),
    *(
        "'\"><img src=x>",
        "' onmouseover='x",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "${{ secrets.X }}",
        "%0d%0aBcc: x",
    ),
    *(
        "\r\nBcc: a@b.example",
        "=?utf-8?q?Bcc:_x?=",
        "=?utf-8?b?DQpCY2M6IHg=?=",
        "=?utf-8?q?=0D=0ABcc:x?=",
    ),
    *(
        "````",
        "~~~",
        "```mermaid\ngraph TD\n```",
        "$$x$$",
        "$`x`$",
        "\\(x\\)",
        "|a|\n|-|\n|b|",
        "| - |",
    ),
    *(
        "> [!WARNING]\n> x",
        "[^1]: note",
        "Title\n===",
        "Title\n---",
        "* * *",
        "_ _ _",
        "+++",
        "==x==",
    ),
    *(
        "- [x] done",
        "1. [ ] task",
        "<details>",
        "<a name=x>",
        "<br>",
        "<input type=checkbox>",
        ":+1:",
        ":a_b:",
    ),
    *(
        "\u2067abc",
        "\u061c",
        "\u034f",
        "\u3164",
        "\U000e0041",
        "a\u0300\u0301\u0302\u0303\u0304\u0305",
    ),
)
hostile_text = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6), st.just(" ")), max_size=14
).map("".join)


class Page:
    """A rendered page: its text in and outside of links and code, its tags, links and comments."""

    def __init__(self, html: str) -> None:
        self.tags: list[str] = []
        self.links: list[str] = []
        #: All names of attributes; a browser calls those in `on` when something happens.
        self.attributes: set[str] = set()
        self.comments: list[str] = []
        self.texts: list[tuple[str, bool]] = []
        for node in LexborHTMLParser(html).root.traverse(include_text=True):
            self._take(node)

    @classmethod
    def of_markdown(cls, source: str) -> "Page":
        body = cmarkgfm.github_flavored_markdown_to_html(source, _OPTIONS)
        # A comment before all else would be no part of the tree.
        return cls(f"<!doctype html><body>{body}")

    def _take(self, node) -> None:
        if node.tag == "-text":
            around = _around(node)
            if not around & _UNREAD:
                self.texts.append((node.text_content, bool(around & {"a", "code", "pre"})))
        elif node.tag == "-comment":
            self.comments.append(node.comment_content)
        elif node.tag not in _FRAME:
            self.tags.append(node.tag)
            self.attributes |= set(node.attributes)
            self.links += [value or "" for key, value in node.attributes.items() if key == "href"]

    @property
    def outside(self) -> list[str]:
        """The text nodes that GitHub's filters read."""
        return [text for text, is_shielded in self.texts if not is_shielded]

    @property
    def visible(self) -> str:
        """All text as one line, without the breaks that nobody sees."""
        return one_line("".join(text for text, _ in self.texts))

    @property
    def skeleton(self) -> list[str]:
        """The tags but links, which come and go with their addresses."""
        return [tag for tag in self.tags if tag != "a"]


def _around(node) -> set[str]:
    """The tags that a node stands in."""
    found = set()
    while (node := node.parent) is not None:
        found.add(node.tag)
    return found


def one_line(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def live_parts(texts: list[str]) -> list[tuple[str, str]]:
    """Everything in these text nodes that GitHub would make live."""
    return [(name, text) for text in texts for name, live in LIVE.items() if live.search(text)]
