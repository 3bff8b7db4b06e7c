"""Links of all formats: only web addresses that cannot harm the reader or ping a stranger.

Comes in: an address, often one that a stranger wrote. Goes out: a clean https address or None,
and the same written as Markdown or HTML.
"""

import re
from urllib.parse import SplitResult, quote, unquote, urlsplit

from markupsafe import Markup

from bot.rendering.neutral import Safe, markdown, neutral

#: A longer address is no address that a person follows.
_URL_LIMIT = 500
_HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_GITHUB = frozenset({"github.com", "www.github.com", "to.github.com", "redirect.github.com"})
#: Pages that show a back-link when a post names their address.
_TALKATIVE = frozenset({"issues", "pull", "pulls", "discussions"})
#: An address within another, as archives have it, is no address of an issue for anybody.
_NESTED = re.compile(r"github\.com", re.IGNORECASE)
#: Without the dollar, which begins a formula on GitHub.
_PATH = "/:@!,;=~+*%-._"
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9])?")


def web_address(url: str) -> str | None:
    """The address with everything odd percent-encoded; None unless it is plain https."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or "@" in parts.netloc or port not in (None, 443):
        return None
    if not _HOST.fullmatch(host):
        return None
    clean = _assemble("github.com" if host in _GITHUB else host, parts)
    return clean if len(clean) <= _URL_LIMIT else None


def quiet_address(url: str) -> str | None:
    """The address for a GitHub post: issues, pulls and discussions go by redirect.github.com.

    Without that, GitHub writes a back-link under the stranger's issue.
    """
    clean = web_address(url)
    if clean is None:
        return None
    host, slash, rest = clean.removeprefix("https://").partition("/")
    segments = rest.split("/")
    if host == "github.com" and len(segments) > 3 and segments[2].lower() in _TALKATIVE:
        host = "redirect.github.com" if segments[3][:1].isdigit() else host
    return f"https://{host}{slash}{_NESTED.sub('github%2Ecom', rest)}"


def markdown_link(text: str, url: str | None) -> Safe:
    """`text` linked, or `text` alone when the address may not be linked."""
    shown = text if isinstance(text, Safe) else markdown(text)
    address = quiet_address(url) if url else None
    return Safe(f"[{shown}]({address})") if address and shown else shown


def html_link(text: str, url: str | None) -> Markup:
    """`text` linked; mail may name GitHub's addresses as they are."""
    shown = text if isinstance(text, Markup) else Markup.escape(neutral(text))
    address = web_address(url) if url else None
    return Markup('<a href="{}">{}</a>').format(address, shown) if address and shown else shown


def profile_address(login: str) -> str | None:
    """A person's page on GitHub; None for a login that GitHub would not give."""
    return f"https://github.com/{login}" if _LOGIN.fullmatch(login) else None


def mention(login: str) -> Safe:
    """A live `@login`: only for the student, who subscribed to it."""
    return Safe(f"@{login}") if _LOGIN.fullmatch(login) else markdown(f"@{login}")


def _assemble(host: str, parts: SplitResult) -> str:
    path, query = _encode(parts.path), _encode(parts.query)
    if host == "github.com":
        segments = [part for part in unquote(parts.path).split("/") if part not in ("", ".", "..")]
        path = "".join("/" + quote(part, safe="@-._~") for part in segments)
    fragment = _encode(parts.fragment)
    return f"https://{host}{path}{'?' + query if query else ''}{'#' + fragment if fragment else ''}"


def _encode(part: str) -> str:
    """Percent-encode what is no plain address character; what was encoded stays as it is."""
    return quote(part, safe=_PATH + "&?#/")
