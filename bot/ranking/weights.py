"""The weights that are set by hand, in log-odds; what was learned from outcomes lies in the cards.

Each says what it was guessed from. 0.4 moves a fair coin to 60 %, 1.4 to 80 %.
"""

#: Where a score starts. With it, a usual beginner issue in a language that the student knows is
#: just worth showing, and an interest outweighs everything else.
BASE = -2.0

#: Language: PFIRec (ASE 2023) found that newcomers' first issues share their language.
LANGUAGE_FLUENT, LANGUAGE_LEARNING = 1.0, 0.6
#: Of a project that is mostly in another language, an issue may be in either: so much at most, by
#: the language's share.
LANGUAGE_HELD = 0.6

#: Interest: PFIRec's strongest driver is the newcomer's own preference. It is the share of this
#: that is told by where the interest was found (`corpus.interest`).
INTEREST_MOST = 3.2
#: Of several interests the strongest counts whole, each further one half as much as the one before.
INTEREST_FADES = 0.5

#: Kind: what the student does not like is no gift.
KIND_WANTED, KIND_UNWANTED = 0.3, -1.2

#: Size: the weeks that a task takes of the student's hours, up to so many, and what that adds; the
#: smaller the first task, the likelier it is finished.
SIZE_WEEKS = ((1.5, 0.3), (3.0, 0.15), (6.0, -0.2))
SIZE_TOO_LARGE = -0.6
#: For a first-timer a weekend is much; who is no intermediate is lost in more.
SIZE_FIRST_WEEKEND, SIZE_BEGINNER_LONGER = -0.15, -0.5

#: Freshness: one in four is gone within three days, and an open old one may still be wanted.
#: In between it falls with the logarithm of the age (a week, a month, a season, a year). The floor
#: is higher where the project is alive and the task is clear.
FRESHEST, FRESH, RECENT, OLD, STALEST = 0.5, 0.3, 0.1, -0.2, -0.5
OLDEST_ALIVE = -0.1

#: Projects: the field's own filters ask for ten stars; without any, most are farms.
STARS_NONE, STARS_FEW, STARS_SOME, STARS_MANY = -1.5, -0.5, 0.2, 0.4

#: A push in the last month says that somebody is there to answer.
PUSHED_LATELY, PUSHED_LONG_AGO = 0.3, -0.3

#: Welcome: a contributing guide is one of the oldest signs of a project that expects guests; that
#: a member answered here is the best (arXiv 2302.05058: an expert takes part in 70 % of issues).
HAS_GUIDE, MEMBER_ANSWERED = 0.2, 0.3

#: A debate of so many comments is no place for a first step (beyond what the card has seen).
COMMENTS_CROWD = -0.6

#: Clarity: longer texts with code and links are resolved by newcomers more often (RecGFI).
CLEAR_TEXT, NO_TEXT = 0.4, -0.9

#: Survival: what the card says counts half. It was learned from fresh issues, and a pick that is
#: gone is replaced by a spare anyway.
SURVIVAL_SHARE = 0.5

#: Home: who had two pull requests merged in a project knows its code, its language and its people,
#: so it counts as a language does that one knows; one that is known counts on top.
HOME = 1.0

#: A student's answers move a score by so much at most, whatever they add up to.
ANSWERS_MOST = 1.5
#: One topic's or one project's part of that: about what a known language is worth.
ANSWERS_NAME_MOST = 1.2
#: What is left of an answer is dropped below this: it moves a coin by 1.2 points, which is less
#: than any of these guesses is worth.
ANSWERS_LEAST = 0.05
#: `/more astronomy`, `/more owner/name`: who names a thing means it, as with a language.
ANSWER_NAMED = 1.0
#: `/more 2`, `/less 2`: what it was about the pick is a guess, so it is a little for its project,
#: and this for all of its topics together.
ANSWER_PROJECT, ANSWER_TOPICS = 0.4, 0.6
#: A thumb for a whole digest says a fifth of that of each of its picks: five picks, one thumb.
REACTION_PROJECT, REACTION_TOPICS = 0.08, 0.12
