"""The one place of the import order and of the libraries' owners (decision 0001).

Comes in: nothing. Goes out: constants. A new stage or library gets its place here, and a reason in
the decision record.
"""

#: The data's way: a module imports only what stands to its left, or its own stage.
ORDER = (
    *("terms", "sayings", "errors", "resources", "vocabulary", "languages"),
    "subscriptions",
    *("harvest", "corpus", "screening", "community", "ranking", "allocation", "leaning"),
    *("shortlist", "selection", "explanation", "events", "digest", "composition", "verification"),
    *("remarks", "outcomes", "ladder", "feedback", "review", "lessons", "clubmates", "cohort"),
    *("enrolment", "history", "rendering", "delivery", "journal", "register", "forms", "intake"),
    *("halting", "enrolling", "listening", "consent", "pledging", "gate"),
    *("schedule", "safeguards", "proofs", "office", "dispatch", "asking", "report", "doctor"),
    *("introducing", "learning", "pupils", "hearing", "reviewing", "ruling"),
    *("announcing", "proving", "recollecting", "rebuilding", "pipeline"),
    *("settings", "adapters", "mailing", "posting", "keeping", "session"),
    *("commands", "preflight", "rota", "summary", "app", "cli"),
)

#: What is left of the settings knows no network, database, environment, clock or dice.
CORE = frozenset(ORDER[: ORDER.index("settings")])

#: The GitHub of demo and tests stands outside the order: it knows nothing of the bot.
SANDBOX = "sandbox"
SANDBOX_USERS = frozenset({SANDBOX, "cli"})

#: Who may know the adapters; everybody else speaks to a Protocol.
ADAPTERS = "adapters"
ADAPTER_USERS = frozenset({ADAPTERS, "mailing", "posting", "keeping", "session", "commands", "app"})

#: Who may import a library; a library that nobody owns must not be imported at all.
OWNERS = {
    "babel": {"rendering"},
    "click": {"cli"},
    "css_inline": {"rendering"},
    "email_validator": {"adapters"},
    "github": {"adapters"},
    "graphql": {SANDBOX},
    "icalendar": {"events"},
    "jinja2": {"rendering"},
    "markupsafe": {"rendering"},
    "numpy": {"corpus", "ranking", "allocation"},
    "pyrage": {"adapters"},
    "recurring_ical_events": {"events"},
    "requests": {"adapters"},
    "requests_cache": {"adapters"},
    "rich": {"cli"},
    "ruamel": {"subscriptions"},
    "scipy": {"ranking", "allocation"},
    "smtplib": {"adapters"},
    "sqlalchemy": {"adapters"},
    "sqlite3": {"adapters"},
    "urllib3": {"adapters"},
    "yaml": {"subscriptions", "events", "settings"},
}

#: Borders are everywhere, so everybody may use what describes them.
FREE = frozenset({"pydantic", "pydantic_core"})
