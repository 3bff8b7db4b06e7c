"""The services on which projects talk, and how their rooms are addressed.

Comes in: an address without `https://`. Goes out: the room's own address, if it is one. Addresses
are those of the services' own help pages and of 54 READMEs and guides (November 2026).
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """A way to talk; addresses are sought in `rooms`, and put as `shown` puts them."""

    name: str
    kind: str
    rooms: re.Pattern[str]
    #: The room's address, with the groups of `rooms`; for a host of one's own the host alone.
    shown: str
    #: What must be said around, for addresses that could lead elsewhere.
    said: re.Pattern[str] | None = None
    #: On a host that anybody may have: only its name tells whose it is.
    is_own_host: bool = False

    def room(self, address: str, around: str) -> str:
        """The room's address without `https://`; empty if this is none."""
        found = self.rooms.match(address)
        if not found or (self.said and not self.said.search(around)):
            return ""
        return found.expand(self.shown).rstrip("/")


def _service(name: str, kind: str, rooms: str, shown: str = r"\1") -> Service:
    return Service(name, kind, re.compile(rooms), shown)


def _own_host(name: str, kind: str, rooms: str, said: str | None = None) -> Service:
    spoken = re.compile(said) if said else None
    return Service(name, kind, re.compile(rooms), r"\1", spoken, is_own_host=True)


_ID = r"(?![\w.-]{0,60}announce)[\w.-]{2,80}"
#: Assistants and firms' own products that begin with `chat.`.
_NO_ROOMS = (
    r"(?!chat\.(?:openai|whatsapp|google|deepseek|mistral|qwen|z|lmsys|stackexchange|"
    r"stackoverflow|meta|zulip|mattermost|lobehub)\.)"
)
_END = r"(?:[/?#]|\Z)"

SERVICES = (
    _service(
        "discord",
        "chat",
        rf"(?:discord\.gg(?:/invite)?|discord(?:app)?\.com/invite)/([\w-]{{2,40}}){_END}",
        r"discord.gg/\1",
    ),
    _service(
        "slack", "chat", r"(join\.slack\.com/t/[\w-]{2,40}/(?:shared_invite|signup)[^?#]{0,90})"
    ),
    _service(
        "slack",
        "chat",
        r"((?!(?:join|app|api|status|slack|get|my|a|edgeapi|help)\.)[\w-]{2,40}\.slack\.com)"
        r"(?:/?\Z|/messages/)",
    ),
    _service("gitter", "chat", rf"(gitter\.im/(?!(?:home|login|explore)\b){_ID}(?:/{_ID})?){_END}"),
    _service("gitter", "chat", r"(app\.gitter\.im/#/room/#[\w./:-]{3,90})"),
    _service("matrix", "chat", r"(matrix\.to/#/(?:#|!|%23)[\w.%/=-]{1,80}:[\w.-]{3,60})"),
    _service(
        "matrix",
        "chat",
        r"(?:app\.element\.io|riot\.im/app)/#/room/(#[\w.-]{1,80}:[\w.-]{3,60})",
        r"matrix.to/#/\1",
    ),
    _service("zulip", "chat", rf"((?!(?:www|try)\.)[\w-]{{2,60}}\.zulipchat\.com){_END}"),
    Service(
        "telegram",
        "chat",
        re.compile(r"(?:t|telegram)\.me/(?!share/|s/|\w{1,40}bot\b)((?:joinchat/|\+)?[\w-]{4,50})"),
        r"t.me/\1",
        #: A name may be a person's as well: their own words must speak of a group.
        re.compile(
            r"^(?!.*\b(?:dm|contact me|message me|author|personal)\b).*(?:telegram|chat|group)"
        ),
    ),
    _service("whatsapp", "chat", r"(chat\.whatsapp\.com/[\w-]{10,40})"),
    _service("irc", "chat", r"(web\.libera\.chat/(?:\?channels?=|gamja/\?|#)[\w#%=&,-]{2,80})"),
    _service(
        "irc", "chat", r"(webchat\.(?:freenode|oftc|quakenet)\.\w+/\?channels?=[\w#%,-]{2,80})"
    ),
    _service(
        "irc",
        "chat",
        r"(kiwiirc\.com/(?:nextclient|client)/(?:#ircs?:/{0,2})?[\w.-]{4,40}(?::\+?\d{2,5})?/"
        r"[\w#?=%-]{2,40})",
    ),
    _service("mattermost", "chat", r"(community\.mattermost\.com/[\w/-]{2,80})"),
    _service("rocketchat", "chat", r"(open\.rocket\.chat/(?:channel|group)/[\w-]{2,60})"),
    _service(
        "list",
        "forum",
        rf"groups\.google\.com/(?:forum/\S{{0,40}}#!(?:forum|topic)/)({_ID})",
        r"groups.google.com/g/\1",
    ),
    _service("list", "forum", rf"(groups\.google\.com/(?:a/{_ID}/)?g(?:roup)?/{_ID}){_END}"),
    _service("list", "forum", rf"((?:[\w-]{{1,40}}\.)?groups\.io/g/{_ID}){_END}"),
    _service("list", "forum", rf"(freelists\.org/list/{_ID}){_END}"),
    _service("list", "forum", rf"([\w.-]{{4,80}}/(?:[\w-]{{1,30}}/){{0,2}}listinfo/{_ID}){_END}"),
    _service("list", "forum", rf"(lists\.sr\.ht/~{_ID}/{_ID}){_END}"),
    _service("list", "forum", r"(lists\.apache\.org/list(?:\.html)?\?[\w@.-]{3,80})"),
    _service("list", "forum", r"(lists\.[\w.-]{4,60}/(?!pipermail|archives)[\w@.-]{2,60})/?\Z"),
    _service("reddit", "forum", rf"(?:old\.)?(reddit\.com/r/\w{{2,30}}){_END}"),
    _own_host("discord", "chat", rf"(discord\.[a-z0-9.-]{{4,80}}){_END}", r"discord"),
    _own_host("slack", "chat", rf"(slack\.(?!com)[a-z0-9.-]{{4,80}}){_END}", r"slack"),
    _own_host("slack", "chat", rf"([a-z0-9.-]{{0,60}}slackin[a-z0-9.-]{{4,60}}){_END}"),
    _own_host(
        "slack", "chat", r"((?!slack\.com|docs\.|api\.)[a-z0-9.-]{4,80}/slack)/?\Z", r"\bslack\b"
    ),
    _own_host("discord", "chat", r"((?!docs\.)[a-z0-9.-]{4,80}/discord)/?\Z", r"\bdiscord\b"),
    _own_host("chat", "chat", rf"{_NO_ROOMS}(chat\.[a-z0-9.-]{{4,80}}){_END}"),
    _own_host("mattermost", "chat", rf"(mattermost\.(?!com)[a-z0-9.-]{{4,80}}){_END}"),
    _own_host(
        "zulip",
        "chat",
        rf"((?:zulip\.(?!com|readthedocs)[a-z0-9.-]{{4,80}}|chat\.zulip\.org)){_END}",
    ),
    _own_host(
        "forum",
        "forum",
        rf"((?:forums?|discuss|discourse|talk|internals)\.(?!org|com)[a-z0-9.-]{{4,80}}){_END}",
    ),
    _own_host(
        "forum", "forum", rf"(community\.[a-z0-9.-]{{4,80}}){_END}", r"\bforums?\b|discourse"
    ),
)
