"""What projects write: guides, front pages, discussions, codes of conduct.

Comes in: nothing. Goes out: pieces with the facts that they state. `{slug}` is the project's name,
`{repo}` its full name.
"""

from dataclasses import dataclass

from tests.community.script import Talk


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide at a path (none without one), another file beside it, and what both say."""

    path: str = ""
    text: str = ""
    claiming: str = "unknown"
    command: str = ""
    ai_policy: str | None = None
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """A README, and the places that it leads to."""

    text: str
    places: tuple[tuple[str, str], ...] = ()


_BUILD = "# Contributing\n\nBuild with `make`, test with `make check`. Keep changes small.\n\n"
_YAML = """## How our automation works

```yaml
on: issue_comment
jobs:
  assign:
    if: contains(github.event.comment.body, '/assign')
```
"""
NAME_TOOL = "Say in the pull request which AI tools you used."
NO_AI = "We do not accept pull requests that were written by AI."
OWN_WORDS = "Contributions made with generative AI must be understood by the person who opens them."

GUIDES = {
    "none": Guide(),
    "build only": Guide("CONTRIBUTING.md", _BUILD),
    "assign": Guide(
        "CONTRIBUTING.md",
        _BUILD + "To claim an issue, comment `/assign` on it and our bot gives it to you.\n",
        "assign-command",
        "/assign",
    ),
    "take": Guide(
        ".github/CONTRIBUTING.md",
        _BUILD + "Want an issue? Leave a comment with just `.take` and it is assigned to you.\n",
        "assign-command",
        ".take",
    ),
    "claim": Guide(
        "docs/CONTRIBUTING.md",
        _BUILD + "Write /claim in a comment on the issue to have it assigned to you.\n",
        "assign-command",
        "/claim",
    ),
    "ask": Guide(
        "docs/CONTRIBUTING.md",
        _BUILD + "Please ask in a comment before you start, and wait until we assign you.\n",
        "ask-first",
    ),
    "ask, name tools": Guide(
        "CONTRIBUTING.md",
        _BUILD + f"Ask in the issue before you start to work on it.\n\n## AI\n\n{NAME_TOOL}\n",
        "ask-first",
        ai_policy=NAME_TOOL,
    ),
    "just open it": Guide(
        ".github/CONTRIBUTING.md",
        _BUILD + "You need not ask or be assigned: just open a pull request.\n",
        "just-open-a-pr",
    ),
    "no AI": Guide(
        "CONTRIBUTING.md",
        _BUILD + "There is no need to ask for an issue, just open a pull request.\n",
        "just-open-a-pr",
        ai_policy=NO_AI,
        beside=(("AI_POLICY.md", f"# AI policy\n\n{NO_AI}\n"),),
    ),
    "own words": Guide(
        "CONTRIBUTING.md",
        _BUILD + f"{OWN_WORDS}\n",
        ai_policy=OWN_WORDS,
    ),
    "contradiction": Guide(
        "CONTRIBUTING.md",
        _BUILD
        + "Please ask in a comment before you start, and wait until we assign you.\n\n"
        + "## Pull requests\n\nYou need not ask or be assigned: just open a pull request.\n",
    ),
    "workflow": Guide("CONTRIBUTING.md", _BUILD + _YAML),
    "not /assign": Guide(
        "CONTRIBUTING.md",
        _BUILD + "Do not use /assign, there is no bot. Just open a pull request.\n",
        "just-open-a-pr",
    ),
    "about AI": Guide(
        "CONTRIBUTING.md",
        _BUILD + "{slug} trains small AI models on recordings. Models are kept in `models/`.\n",
    ),
}

_INTRO = "# {slug}\n\nA small project with a manual in `docs/`.\n\n"
_DISCORD = "https://discord.gg/{slug}talk"
_THANKS = (
    "## Thanks to\n\n"
    "- [Icons of the Reef](https://discord.gg/reeficons) for the icons\n"
    "- [Gull Hosting](https://gullhosting.slack.com) for the servers\n"
)
FRONTS = {
    "plain": Front(_INTRO),
    "badge": Front(
        f"[![Discord](https://img.shields.io/discord/81384788?label=chat)]({_DISCORD})\n\n{_INTRO}",
        (("chat", _DISCORD),),
    ),
    "slack": Front(
        _INTRO + "Join our Slack: https://join.slack.com/t/{slug}/shared_invite/zt-1a2b3c\n",
        (("chat", "https://join.slack.com/t/{slug}/shared_invite/zt-1a2b3c"),),
    ),
    "matrix": Front(
        _INTRO + "Talk to us in [our Matrix room](https://matrix.to/#/#{slug}:matrix.org).\n",
        (("chat", "https://matrix.to/#/#{slug}:matrix.org"),),
    ),
    "zulip": Front(
        _INTRO + "Chat with us on [Zulip](https://{slug}.zulipchat.com).\n",
        (("chat", "https://{slug}.zulipchat.com"),),
    ),
    "gitter": Front(
        _INTRO + "[Gitter](https://gitter.im/{repo}) is where we talk.\n",
        (("chat", "https://gitter.im/{repo}"),),
    ),
    "forum": Front(
        _INTRO + "Questions go to the [forum](https://discourse.{slug}.test).\n",
        (("forum", "https://discourse.{slug}.test"),),
    ),
    "chat and forum": Front(
        _INTRO + f"Chat: {_DISCORD}\n\nForum: https://forum.{{slug}}.test\n",
        (("chat", _DISCORD), ("forum", "https://forum.{slug}.test")),
    ),
    "dead": Front(_INTRO + "Chat with us: https://discord.gg/\n"),
    "thanks": Front(_INTRO + _THANKS),
    "badge and thanks": Front(
        f"[![Discord](https://img.shields.io/discord/81384788)]({_DISCORD})\n\n{_INTRO}{_THANKS}",
        (("chat", _DISCORD),),
    ),
}

#: None where discussions are switched off.
FORUMS: dict[str, tuple[Talk, ...] | None] = {
    "off": None,
    "empty": (),
    "answered": (
        Talk(7.7, "Which version do I need?", "n1", comment_by="lead", is_answered=True),
        Talk(31.5, "Look what {slug} did", "n2", "Show and tell", "second"),
    ),
    "asking": (
        Talk(2.2, "Why is {slug} slow on my old laptop?", "n3"),
        Talk(8.3, "Where does {slug} keep its settings?", "n1", comment_by="n2"),
        Talk(16.6, "How is {slug} built?", "n2", comment_by="lead", is_answered=True),
        Talk(26.4, "A dark theme", "n4", "Ideas"),
        Talk(46.5, "Is there a mirror?", "n5", comment_by="second", is_closed=True),
    ),
}

_COVENANT = "# Contributor Covenant Code of Conduct\n\nBe kind.\n"
CONDUCTS = {
    "none": ("", ""),
    "root": ("CODE_OF_CONDUCT.md", _COVENANT),
    "github": (".github/CODE_OF_CONDUCT.md", _COVENANT),
    "docs": ("docs/CODE_OF_CONDUCT.md", "# How we treat each other\n\nBe kind.\n"),
}
