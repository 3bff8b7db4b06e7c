"""The weights of a first version: set by hand, in log-odds, not learned from outcomes yet.

Each says what it was guessed from. 0.4 moves a fair coin to 60 %, 1.4 to 80 %.
"""

#: Where a score starts. With it, an issue of a known language and a beginner label is just worth
#: showing, and an interest outweighs everything else.
BASE = -1.2

#: Language: PFIRec (ASE 2023) found that newcomers' first issues share their language.
LANGUAGE_FLUENT, LANGUAGE_LEARNING = 1.0, 0.6
#: Of a project that is mostly in another language, an issue may be in either.
LANGUAGE_HELD = 0.2

#: Interest: PFIRec's strongest driver is the newcomer's own preference. Topics are chosen with
#: care by maintainers; a word in a text may be chance.
INTEREST_TOPIC, INTEREST_TITLE, INTEREST_LABEL = 1.4, 1.1, 0.7
INTEREST_DESCRIPTION, INTEREST_BODY = 0.9, 0.3
#: Every further place of an interest adds so much, so that no text can be stuffed with words.
INTEREST_FURTHER_PLACE, INTEREST_MOST = 0.2, 1.9

#: Invitation: newcomers resolve 21 % of "good first issue" and 10 % of all (RecGFI, table 6).
INVITED_NEWCOMERS, INVITED_ALL_BEGINNER, INVITED_ALL_INTERMEDIATE = 0.7, 0.0, 0.4

#: Kind: what the student does not like is no gift.
KIND_WANTED, KIND_UNWANTED = 0.3, -1.2
#: Docs are resolved by newcomers twice as often as the rest (RecGFI, table 6: 20 % to 10 %).
KIND_DOCS = 0.2

#: Size against level and hours: the smaller the first task, the likelier it is finished.
SIZE_FITS, SIZE_LARGE, SIZE_TOO_LARGE = 0.3, -0.4, -1.0

#: Freshness: one in four is gone within three days, and an open old one may still be wanted.
#: In between it falls with the logarithm of the age (a week, a month, a season, a year).
FRESHEST, FRESH, RECENT, OLD, STALEST = 0.5, 0.3, 0.1, -0.2, -0.5

#: Projects: the field's own filters ask for ten stars; without any, most are farms.
STARS_NONE, STARS_FEW, STARS_SOME, STARS_MANY = -1.5, -0.5, 0.2, 0.4

#: A push in the last month says that somebody is there to answer.
PUSHED_LATELY, PUSHED_LONG_AGO = 0.3, -0.3

#: A contributing guide is one of the oldest signs of a project that expects guests.
HAS_GUIDE = 0.2

#: Attention: two comments are help, thirty are a debate (RecGFI; arXiv 2302.05058: usually two).
COMMENTS_SOME, COMMENTS_MANY, COMMENTS_CROWD = 0.1, -0.3, -0.9

#: Clarity: longer texts with code and links are resolved by newcomers more often (RecGFI).
CLEAR_TEXT, NO_TEXT = 0.4, -0.9
