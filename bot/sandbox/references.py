"""What a text of GitHub's points to: issues and people.

Comes in: Markdown of a body or a comment. Goes out: references as (repository, number), and
logins. GitHub reads the *rendered* text: a backslash or an entity does not hide a reference, a
code span, a comment or a zero-width space does, and so does `redirect.github.com`.
Source: docs.github.com "Autolinked references and URLs". Commit hashes are left out.
"""

import html
import re

NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
HIDDEN = re.compile(r"<!--.*?-->|```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|(`+)(?!`).*?(?<!`)\1(?!`)", re.S)
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]*)[^)]*\)")
ADDRESS = re.compile(
    rf"https?://(?:www\.)?github\.com/({NAME}/[\w.-]+)/(?:issues|pull|discussions)/(\d+)", re.I
)
SHORT = re.compile(rf"(?<![\w/#&@.-])({NAME}/[\w.-]+)?#(\d+)\b")
GH = re.compile(r"(?<![\w-])GH-(\d+)\b", re.I)
MENTION = re.compile(rf"(?<![\w/@`.])@({NAME})(?![\w/])")


def _rendered(text: str) -> str:
    """Drop what GitHub does not look into; links give way to their address alone."""
    visible = html.unescape(ESCAPE.sub(r"\1", LINK.sub(r" \1 ", HIDDEN.sub(" ", text))))
    return visible.replace("\N{NO-BREAK SPACE}", " ")


def find_references(text: str | None, home: str) -> set[tuple[str, int]]:
    """Give what a text in the repository `home` refers to, repository names in lower case."""
    if not text:
        return set()
    visible = _rendered(text)
    found = {(name.lower(), int(number)) for name, number in ADDRESS.findall(visible)}
    found |= {((name or home).lower(), int(number)) for name, number in SHORT.findall(visible)}
    return found | {(home.lower(), int(number)) for number in GH.findall(visible)}


def find_mentions(text: str | None) -> set[str]:
    """Give the logins, in lower case, whom a text notifies."""
    return {login.lower() for login in MENTION.findall(_rendered(text or ""))}
