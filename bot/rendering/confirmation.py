"""The mail that asks whether a digest may come by mail, and the consent that it asks for.

Comes in: an `Invitation`. Goes out: a `Confirmation`, ready to be sent, and the consent's words.
"""

from dataclasses import dataclass, field
from urllib.parse import quote

from bot.rendering.environment import environment
from bot.rendering.inlining import inline_styles
from bot.rendering.neutral import neutral
from bot.rendering.render import TITLE_LIMIT
from bot.rendering.style import text_style
from bot.rendering.words import load_words
from bot.terms import Locale

#: The issue form through which a code is given.
FORM = "confirm.yml"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who asks whom, and the code that says yes."""

    login: str
    greeting: str
    club: str
    code: str = field(repr=False)
    #: Where the subscriptions stand, as owner/name; without it the mail links nothing.
    repository: str | None = None
    #: The student's language.
    locale: Locale = Locale.EN

    @property
    def file(self) -> str:
        """The subscription's path in the repository."""
        return load_words(self.locale).pattern("file").format(login=self.login)

    @property
    def file_address(self) -> str | None:
        """Where the subscription can be changed."""
        home = self.repository
        return f"https://github.com/{home}/blob/HEAD/{self.file}" if home else None

    @property
    def form_address(self) -> str | None:
        """The form with the code filled in."""
        if not self.repository:
            return None
        query = f"template={FORM}&code={quote(self.code, safe='')}"
        return f"https://github.com/{self.repository}/issues/new?{query}"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The rendered mail; its bodies hold the code."""

    title: str
    text: str = field(repr=False)
    html: str = field(repr=False)


def render_confirmation(invitation: Invitation) -> Confirmation:
    """The mail in both of its forms."""
    style = text_style(load_words(invitation.locale))
    title = style.say("confirm_subject", club=neutral(invitation.club, 60))
    return Confirmation(
        title=neutral(title, TITLE_LIMIT),
        text=_fill("txt", invitation),
        html=inline_styles(_fill("html", invitation)),
    )


def consent_text(club: str, locale: Locale) -> str:
    """What a student agrees to, word for word as the mail says it in that language."""
    return text_style(load_words(locale)).say("consent", club=club)


def _fill(name: str, invitation: Invitation) -> str:
    template = environment(name, invitation.locale).get_template(f"confirm.{name}.j2")
    return template.render(invitation=invitation).rstrip("\n") + "\n"
