"""What one does to an issue, in English, and how one says that one will or asks whether one may.

Comes in: nothing. Goes out: expressions for the phrasebook, over plain words (see `speech`).
"""

from bot.screening.phrasebook import END, any_of, words

# What one works on. Behind "it" or "this" nothing may follow that makes another thing of it ("this
# approach").
DAY = words("monday tuesday wednesday thursday friday saturday sunday tomorrow tonight today")
TAIL = any_of(
    r"up\b",
    rf"(?:over|too){END}",
    rf"(?:on|over) (?={words('if and as i for from at today tomorrow tonight soon once under')})",
    rf"on{END}",
    r"any more\b",
    r"after all\b",
    r"as (?:my|part|soon|i|a (?:first|newcomer|beginner|student|team))\b",
    r"for (?!granted)",
    r"(?:over|in|during) the (?:\w+ )?(?:holidays?|break|summer|winter|spring|autumn|vacations?)\b",
    r"from @",
    r"with (?:my|a friend|@|some guidance)",
    r"(?:this|next|over the|over|in the|within the|within|on the|at the)(?: coming| next| same)?"
    r" (?:week|weekend|month|few|days|evening|afternoon|morning|moment)",
    rf"(?:by|on|until|before|till) (?:the end|next|this|{DAY})",
    words(
        "if and but or pls now today tomorrow tonight soon once unless after because since so "
        "myself then asap i at under during later right here along internally alone together next "
        "first via when unassigned immediately quickly again already anymore"
    )
    + r"\b",
)
ALONE = rf"\b(?= ?(?:$|[^\w §#@]|{TAIL}))"
NOUN = (
    r"(?:issue|task|bug|ticket|one|fix|problem|enhancement|feature|change|item|part|job|piece|page|"
    r"section|chapter|file|translation|component|documentation|docs|test|topic|"
    r"challenge|module|function|class|method|package)s?\b"
)
IT = any_of(
    r"#\d+",
    r"§",
    r"'[\w./-]+'",
    r"[\w.-]+[/_][\w./-]+\w",
    rf"(?:this|the|that|these|those|your|any)(?: [\w'-]+){{0,2}}? {NOUN}",
    r"(?:number|item|part|point|step|task|issue|no\.?) ?#?\d+",
    r"the (?:first|second|third|fourth|last|remaining|next|other)(?: \w+)?"
    r" (?:box|boxes|ones?|items?|parts?|points?|tasks?|files?|pages?|steps?)\b",
    r"the rest\b",
    rf"{words('it this that these them one')}{ALONE}",
)
PULL = (
    r"(?:(?:an?|the|my|this|another|one) )?(?:[\w-]+ ){0,2}?"
    r"(?:prs?|pull[- ]?requests?|patch|mr|merge requests?|fix|solution|branch)\b"
)
GIVING = (
    r"(?:open|submit|mak|send|creat|rais|push|prepar|draft|provid|writ|giv|start|finish)"
    r"(?:e|t?ing|t?ed)?"
)
WORK = any_of(
    rf"work(?:ing)?(?: \w+)? (?:on|upon|in|for|at) (?:{IT}|{PULL}|(?!(?:some|any|every|no)thing)"
    r"\w+ing\b)",
    rf"{words('tak(?:e|ing) took grab(?:bing)? claim(?:ing)? tackl(?:e|ing) handl(?:e|ing) own')}"
    rf"(?: up| on| over)? {IT}",
    r"(?:pick|picking|finish|finishing|complet(?:e|ing)|continu(?:e|ing)|start|starting)(?: up|"
    rf" on| with| off)* {IT}",
    rf"tak(?:e|ing) (?:it |this )?over(?: from|{END}| here| the work)",
    rf"tak(?:e|ing) up on {IT}",
    r"continu(?:e|ing)(?: on| with)? (?:the |this |that )?(?:\w+ )?(?:work|pr|pull request)\b",
    r"(?:do|doing|fix|fixing|solv(?:e|ing)|resolv(?:e|ing)|implement(?:ing)?|address(?:ing)?|"
    rf"attempt|debug|submit) {IT}",
    rf"(?:{GIVING}|put (?:up|together|in)|send in|come up with) {PULL}",
    rf"(?:take|taking|have|having|give|giving)(?: {IT}| it| this)? a (?:\w+"
    r" )?(?:stab|crack|shot|go|swing|try)\b",
    rf"tak(?:e|ing) care of {IT}",
    rf"contribut(?:e|ing) (?:to|on|in|for|towards) {IT}",
    rf"look(?:ing)? into {IT}",
    rf"help(?:ing)?(?: out)? (?:with|on|in|fix|solve|resolve|to fix) {IT}",
    rf"pr {IT}",
    rf"get (?:it|this|{IT}) (?:assigned|done|fixed|working|solved|merged)",
    r"have something (?:to show|ready)",
    r"translat(?:e|ing) (?:this|the|it|these|some|§|to|into)\b",
    r"(?:writ|add|creat|implement|build|improv)(?:e|ing)? (?:\w+"
    r" ){1,4}?(?:tests?|docs|documentation|translations?|toggle|guide|support|section|page)\b",
    rf"(?:team up|collaborate|pair)\b.* on {IT}",
)
DEED = any_of(
    WORK,
    r"(?:be|being|get|getting) assigned\b(?! to (?:an|another|some|any))",
    r"be the one\b",
    rf"on {IT}",
)
#: Words behind which the work is somebody else's, undone or only talked of.
STOP = words(
    "not no never was were thought tried managed finally wish used know knows you they them he she "
    "someone somebody anyone anybody others nobody who whoever how what where why which had need "
    "needs without than suggest recommend propose ask asked say said tell it this that by with "
    "from when while after before until about because if error errors problem problems trouble "
    "review test instead rather help question people contributors maintainers"
)
SO_FAR = rf"(?: (?!{STOP}\b)[\w'-]+){{0,7}}?"
#: What may stand between "I would" and the deed.
FIRST = r"(?: " + any_of(
    words(
        "be been like love to going planning happy glad delighted willing ready eager keen excited "
        "able much gladly try trying start starting started begin begun interested in up for now "
        "go ahead and already still more so involved continue proceed with involve participate"
    ),
    r"(?:get|getting) (?:started|involved|going)", r"(?:the|a) (?:opportunity|chance) to",
    r"have been", r"to see if i can", r"help(?: to)?(?= (?:fix|solve|resolve|implement))",
    r"help(?: \w+){0,3} by", r"attempt to",
) + ")*"  # fmt: skip
NOT_HOW = "".join(f"(?<!{word} )" for word in ("how", "what", "where", "when", "wish", "way"))
MODAL = words(
    "will would want wanted can could did am are might plan intend hope started shall have"
)
I_WILL = rf"{NOT_HOW}(?<!why would )(?<!how can )\bi {MODAL}{FIRST}"
MAY = words("can could may shall should")
LOOSELY = (
    rf"{NOT_HOW}\bi (?:(?:already|now) )?(?:{MODAL}|decided|appreciate|love|may){SO_FAR} {WORK}"
)
#: "Would you be open to me picking this up?"
ASKING = (
    r"^(?:is|am|are|would|do|does|any|can|could|may|how about|what if)\b"
    r"(?: (?!(?:help|show|tell|explain|teach|guide|point|how|what|where|when|why|need)\b)[\w'@-]+)"
    rf"{{0,7}}? (?:i|me|us){SO_FAR} {WORK}"
)
MAY_I = any_of(
    rf"{NOT_HOW}(?<!why )\b{MAY} i{FIRST}",
    rf"(?:mind|minding|ok|okay|fine|alright|possible|cool|great|good|nice) if i{FIRST}",
    rf"(?:ok|okay|fine|alright|possible|good|great) (?:for me )?to{FIRST}",
    rf"\b(?:let|allow) me(?: to)?{FIRST}",
)
US = any_of(
    r"we",
    r"(?:me|i) and @?[\w-]+",
    r"@[\w-]+ and (?:i|me)",
    r"my (?:\w+ )?(?:team|group|friends?|class|classmates?|colleagues?)(?: \w+){0,3}?",
)
LIKE_TO = r"\bi(?: would| want)(?: like| love)? to"
OWN = r"(?:issue|task|bug|ticket|one|problem|job)s?\b"
#: The issue itself, not a part of it.
OWN_ONE = any_of(rf"{words('it this that')}{ALONE}", rf"(?:this|the|that) {OWN}", r"#\d+")
