"""The words of the benchmarks' fictional worlds.

Comes in: a seeded `Random`. Goes out: owners, logins, titles, sentences, labels. Nobody is real:
every owner and login ends in `-example`.
"""

from random import Random

from bot.vocabulary import NEWCOMER_LABELS


def _words(text: str, between: str | None = None) -> tuple[str, ...]:
    return tuple(text.split(between))


ADJECTIVES = _words(
    "amber ashen brisk calm clover copper dapple dusky early feather fennel frosty gentle gilded "
    "hazel hollow humble ivory jolly lunar marble mellow misty mossy nimble ochre opal patient "
    "pearly plum quiet rustic sable saffron silver sleepy sunny tidal velvet willow"
)
NOUNS = _words(
    "anchor atlas badger beacon bobbin bramble brook candle canyon cinder compass cricket delta "
    "ember falcon fjord garnet glade harbor heron kettle ladder lantern loom magpie meadow nutmeg "
    "orchard otter paddle pebble quarry quill raven ripple saddle sparrow thicket thimble trellis"
)
VERBS = _words(
    "Add Align Cache Check Clarify Clean Colour Document Draw Explain Export Fix Handle Hide "
    "Import Keep Label Limit Log Measure Name Parse Print Refuse Rename Round Show Simplify Sort "
    "Speed Test Tidy Translate Trim Warn"
)
PARTS = _words(
    "axis legend|command line help|config loader|contrast check|date parser|empty table|error text|"
    "example notebook|export dialog|file picker|font fallback|grid layout|help page|image preview|"
    "install guide|keyboard focus|language menu|login form|map tiles|missing header|mouse wheel|"
    "number format|progress bar|query builder|retry loop|search box|settings page|sound switch|"
    "start screen|status line|table footer|test fixture|theme colours|time zone|tooltip|undo stack|"
    "upload queue|user guide|warning banner|zoom level",
    "|",
)
PLACES = _words(
    "after a restart|before the first run|behind a proxy|for long names|for new users|"
    "in dark mode|in narrow windows|in the sidebar|in the tutorial|on old phones|on Windows|"
    "when a file is empty|when nothing is selected|when offline|while saving|with many rows|"
    "with negative numbers|with several accounts|without a mouse|without JavaScript",
    "|",
)
TOPICS = ("astronomy", "data-visualization", "accessibility", "games", "maps", "cli", "education")
OTHER_LABELS = ("bug", "docs", "enhancement", "feature", "tests", "ui", "priority: low")
#: "good first issue" is the label of 29 % of curated projects (`bot/vocabulary.py`), and much of
#: the rest is "help wanted".
_LABEL_WEIGHTS = (40, 20, *[4] * (len(NEWCOMER_LABELS) - 2))


def owner(random: Random) -> str:
    return f"{random.choice(ADJECTIVES)}-{random.choice(NOUNS)}-{random.randrange(40)}-example"


def login(random: Random) -> str:
    return f"{random.choice(NOUNS)}-{random.randrange(200)}-example"


def title(random: Random) -> str:
    return f"{random.choice(VERBS)} the {random.choice(PARTS)} {random.choice(PLACES)}"


def sentence(random: Random) -> str:
    parts = " and the ".join(random.sample(PARTS, 3))
    return f"The {parts} behave in a strange way {random.choice(PLACES)}."


def labels(random: Random, *, invites: bool) -> list[str]:
    """One or two labels that invite newcomers, in any case, or none; and now and then another."""
    found = random.choices(NEWCOMER_LABELS, _LABEL_WEIGHTS, k=random.choice((1, 1, 1, 2)))
    spelt = [label.title() if random.random() < 0.2 else label for label in dict.fromkeys(found)]
    beside = [random.choice(OTHER_LABELS)] if random.random() < 0.4 else []
    return [*(spelt if invites else ()), *beside]
