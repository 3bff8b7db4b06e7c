"""What the form `.github/ISSUE_TEMPLATE/subscribe.yml` asks, and what its choices stand for.

Comes in: nothing. Goes out: questions and choices, worded as the form words them.
"""

from enum import StrEnum

from bot.terms import ChannelName, Kind, Level, Locale


class Question(StrEnum):
    """The questions by their labels, in the form's order."""

    LANGUAGES = "Languages you know"
    MORE_LANGUAGES = "More languages"
    INTERESTS = "Interests"
    LEVEL = "How far have you come?"
    KINDS = "Kinds of work"
    HOURS = "Hours a week"
    PICKS = "Issues in a digest"
    EVERY = "How often?"
    LOCALE = "Language of the digest"
    CHANNEL = "How shall it reach you?"
    AVOID = "Never offer me"
    AGREEMENTS = "Agreements"


#: What leaves a key out, so that the club decides.
AS_THE_CLUB = "As the club does / Como el club"

#: What the list of languages offers: those of most newcomers' issues, and of first courses.
LANGUAGES = (
    *("Python", "JavaScript", "TypeScript", "Java", "C", "C++", "C#", "Go", "Rust", "PHP", "Ruby"),
    *("Kotlin", "Swift", "Dart", "R", "Julia", "Shell", "HTML", "CSS", "Jupyter Notebook"),
)
LEVELS = {
    "First timer, nothing of mine was merged yet / Primera vez": Level.FIRST_TIMER,
    "Beginner, a few things / Algunas cosas": Level.BEGINNER,
    "Intermediate, I know my way around / Ya me muevo con soltura": Level.INTERMEDIATE,
}
KINDS = {
    "Code / Código": Kind.CODE,
    "Documentation / Documentación": Kind.DOCS,
    "Tests / Pruebas": Kind.TESTS,
    "Design / Diseño": Kind.DESIGN,
    "Translation / Traducción": Kind.TRANSLATION,
    "Triage of issues / Ordenar issues": Kind.TRIAGE,
}
HOURS = ("1", "2", "3", "5", "8", "12")
PICKS = (AS_THE_CLUB, *(str(n) for n in range(1, 11)))
EVERY = {
    "Every week / Cada semana": "week",
    "Every 2 weeks / Cada 2 semanas": "2 weeks",
    "Every 4 weeks / Cada 4 semanas": "4 weeks",
}
LOCALES = {"English": Locale.EN, "Español": Locale.ES}
BY_MAIL = "E-mail, I will hand in my address encrypted / Correo, entregaré mi dirección cifrada"
CHANNELS = {
    AS_THE_CLUB: None,
    "Issue on GitHub / Issue en GitHub": ChannelName.ISSUE,
    BY_MAIL: ChannelName.EMAIL,
}
#: Without this nobody is subscribed; the form makes it a must.
WANTED = "I want digests for this account / Quiero boletines para esta cuenta"
PEERS = "Clubmates may see what I work on / El club puede ver en qué trabajo"
PUBLIC = "My digest may stand in a public repository / Mi boletín puede estar en público"
AGREEMENTS = (WANTED, PEERS, PUBLIC)
