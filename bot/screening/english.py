"""How English speakers say who is on an issue.

Comes in: nothing. Goes out: the phrasebook. The shapes are those of oss-autopilot's phrases, of
self-assignment bots' commands and of what newcomers and maintainers write under issues.
"""

from bot.screening.english_answers import (
    ANSWERS,
    FREES,
    GRANTS,
    HANDS_OVER,
    REFUSES,
    STAYS,
    TO_ALL,
)
from bot.screening.english_deeds import (
    ALONE,
    ASKING,
    DAY,
    DEED,
    FIRST,
    I_WILL,
    IT,
    LIKE_TO,
    LOOSELY,
    MAY,
    MAY_I,
    OWN,
    OWN_ONE,
    PULL,
    SO_FAR,
    US,
)
from bot.screening.phrasebook import END, Phrasebook, any_of, pattern

_CLAIMS = any_of(
    rf"(?:{I_WILL}|{MAY_I}) {DEED}",
    rf"{LOOSELY}",
    rf"{ASKING}",
    rf"{MAY_I} (?:have|get|take) (?:it|this|that|(?:this|the|that) {OWN})(?: assigned)?{END}",
    rf"{I_WILL} get (?:this|the) {OWN}{END}",
    r"\badd me (?:as|to|on)\b.{0,20}assign",
    r"\bhands dirty\b",
    rf"{LIKE_TO} work{END}",
    rf"{LIKE_TO} try(?: {IT}|{END})",
    rf"{MAY_I} try(?: {IT}|{END})",
    rf"^going to try {IT}",
    r"^(?:can|may|could) i(?: be| do it| have it| take it| try| help)?(?: then| too)?\s*\?",
    r"\bmay i\?$",
    r"^me\W*$",
    rf"{MAY} i (?:proceed|go ahead|start|begin|get started)(?: (?:with|on) (?:{IT}|{PULL})|{END})",
    rf"\bi (?:will|would|can|could) (?:start|begin) (?:{DAY}|now|soon|right away|this week)\b",
    r"\bi will (?:bite\b|see what i can do)",
    r"\bsign me up\b",
    r"\bput me down for\b",
    r"\bi am game\b",
    rf"^will fix{END}",
    r"\bi (?:will|would|can|could|am)\b(?!.*\b(?:you|they|not)\b).* and (?:then )?(?:fix|solve|"
    rf"implement|address|work on|take care of) {IT}",
    rf"\bconsider(?: assigning)? (?:me\b|(?:it|this|{IT}) to me)",
    rf"\bi got (?:started|going) (?:on|with) {IT}",
    rf"\bi (?:take|claim|pick|volunteer|grab|got|start(?:ed)?)(?: up| on| working on)? {IT}",
    rf"\bi (?:am|would be) (?!.*\bfeature)(?:\w+ )?interested(?: in (?:{IT}|{DEED}))?{END}",
    rf"^(?!.*(?:\bfeature|\?))(?:\w+ )?interested(?: in (?:{IT}|{DEED}))?{END}",
    rf"\bi (?:would like|want) (?:this|the) {OWN}{END}",
    rf"(?:\bi (?:have )?|^)got this(?: one)?{END}",
    r"\bcount me in\b",
    r"\bdibs\b",
    rf"(?<!not )\bmine{END}",
    rf"\bi am (?:up for|in for) {IT}",
    rf"\bi am in{END}",
    r"\bi volunteer\b",
    rf"\bi (?:already )?have (?:already |got )*(?:it|this|{IT}) (?:(?:half|mostly|nearly|almost|"
    r"partly) (?:done|working|ready|fixed)|(?:done|working|ready|fixed).*\b(?:locally|branch|fork)"
    r")\b(?!.* by\b)",
    rf"^(?:almost|nearly) (?:done|there|finished){END}",
)
_PULLS = any_of(
    r"(?:\bi (?:have )?|^)(?:already |now )*(?:opened|raised|submitted|created|sent(?: in)?|made|"
    rf"pushed|put up|drafted|have|got|filed) {PULL}",
    r"(?:\bi(?: have)? |^)(?:already )?(?:opened|raised|submitted|sent|pushed) #\d+(?! for that)",
    r"\b(?:here is|this is|see) my (?:\w+ )?(?:pr|pull request|draft|patch|branch)\b",
    r"\bmy (?:\w+ )?(?:pr|pull request|draft|patch)(?: is)? (?:here|up|open|ready|at|#|http)",
    r"^the (?:pr|pull request) is (?:here|at|up)\b",
    rf"\bi(?: have)?{SO_FAR} (?:opened|raised|submitted|created|made|pushed) {PULL}",
    r"\bgive me (?:\w+ ){0,3}(?:days?|time|weeks?|hours?)\b",
    r"^#\d+ (?:should |will |would )?(?:fix(?:es)?|solves?|closes?|address(?:es)?|resolves?)"
    r" (?:this|it)\b",
    r"^(?:a |the |my |draft )*(?:prs?|pull request|patch|fix)(?: is| will be)?"
    r" (?:opened|raised|submitted|incoming|ready|up|coming|on (?:the|its)"
    r" way|follows|soon|sent|created|tomorrow|tonight|today|in progress)\b",
)
#: Where it opens the clause and asks nobody.
_SUBJECTLESS = any_of(
    r"^(?:would (?:love|like|appreciate)|will|happy|glad|willing|want|interested|like|going|ready|"
    rf"looking forward|volunteering|excited|planning|hoping|trying|shall){FIRST} {DEED}(?!.*\?)",
    r"^(?:taking|having|giving) (?:it |this )?a (?:\w+ )?(?:stab|crack|shot|go|swing|try)\b",
    r"^(?:still |already |now )?(?:taking|picking up|grabbing|claiming|volunteering for|working"
    r" on|working in|tackling|start(?:ing|ed)(?: on| with| work on)?|continuing(?: with)?|on)"
    rf" (?:{IT}{ALONE}|{IT}{END}|{PULL})(?!.*\?)",
    rf"^to (?:open|send|submit|make|raise) {PULL}.*\?",
)
_ASSIGNMENTS = any_of(
    r"(?<!not )(?<!un-)\b(?:(?:re-?)?assign|allot|allocate)(?:ed|ing|t?ed)?(?:"
    r" (?:it|this|that|the|these|issue|task|bug|ticket|one|work|project))*(?: (?:to|for|on|in))?"
    r" (?:me|myself|my name|us)(?: ?(?:$|[^\w ])| (?:this|these|the|that|to|if|so|and|for|on|"
    r"under|in|i|with|as|it|issue|when|because|since|now|or)\b)",
    r"\b(?:can|could|would) (?:you|someone|it|this|we)(?: be| \w+)? assign(?:ed)?(?:"
    rf" (?:it|this|{IT}))?(?:{END}| and\b)",
    rf"^assign(?: (?:it|this|(?:this|the) {OWN}))?{END}",
    r"^requesting (?:\w+ )?assign",
    r"\bi(?: would like to| want to)? request (?:\w+ )?(?:assign|you to assign)",
    rf"\b(?:given?|pass|hand)(?: (?:it|this|{IT}))?(?: over)? to me\b",
)
_COMMANDS = any_of(
    r"^[./!+#]?(?:take|claim|assign|self[- ]?assign|assign[- ]?me|work on"
    r" this)(?:[ -](?:me|@me|myself|issue|this|it|to me))?(?: #\d+)?\W*$",
    r"^[./!+#\\](?:assign|take|claim|self-assign|assign-me|attempt|own|working)\b(?!-)(?!"
    r" ?@(?!me\b))(?!.*\b(?:will|to get|if you)\b)",
    r"^(?:i (?:have )?)?(?:opened|raised|submitted|sent|created|(?:draft |my )*pr|fix|patch|draft|"
    r"wip)\b.{0,20}https?://\S+/(?:pull|tree|compare|commit)/",
)

_WORKING = rf"(?:working (?:on|in)|on|doing|handling|taking(?: care of)?|fixing|assigned to) {IT}"
_ANOTHER = any_of(
    r"^[./]assign @(?!me\b)(?P<login4>[\w-]+)",
    r"(?:@(?P<login>[\w-]+)|\b(?:someone|somebody|he|she|they|another \w+|we))(?: else)?"
    rf" (?:is|are|has been|have been)(?: already| now| still| else| both)* {_WORKING}",
    rf"\b(?:someone|somebody) else (?:is|has)(?: already)? (?:{_WORKING}|claimed|taken|this)",
    r"@(?P<login2>[\w-]+) (?:already )?(?:has|have|got|took|claimed|asked|was)(?: already)?"
    rf" (?:{IT}|first|started|claimed|a (?:draft |open )?(?:pr|draft)|been assigned|asked)",
    r"\b(?:this|it|this (?:issue|task|one)|the issue)(?: is| was| has been| got| seems)(?:"
    r" already| now)* (?:taken|assigned|claimed|being worked on|in progress)(?: already)?(?:"
    r" (?:by|to) (?:@(?P<login3>[\w-]+)|some|another)|(?= ?(?:$|[^\w ])))",
)

_ASKS = any_of(
    r"\b(?:is|are) (?:this|it|that|the|these)\b.*\b(?:open|available|free|taken|up for grabs)\b",
    r"\b(?:any|some)(?:one|body)(?: else)?(?: still| already)? (?:working )?on (?:it|this)\b",
)
_INVITES = any_of(
    r"\b(?:would|do|will) you (?:like|want|care|be (?:willing|interested|up))\b.*\?",
    rf"\b(?:can|could) you {DEED}.*\?",
    r"\bare you (?:interested|willing|up for)\b.*\?",
)
_ACCEPTS = any_of(
    r"^(?:yes|yeah|yep|yup|sure|of course|ok|okay|absolutely|gladly|with pleasure|why not|i would"
    r" (?:love|like|be happy|be glad)(?: to)?|i can|happy to|will do|on it|sounds"
    r" good)\b(?!.*\b(?:no|not|sorry)\b)",
)

PHRASES = Phrasebook(
    claims=pattern(
        _CLAIMS,
        _PULLS,
        _SUBJECTLESS,
        _ASSIGNMENTS,
    ),
    commands=pattern(_COMMANDS),
    unclaims=pattern(
        r"\bbut\b.*\b(?:no time|not have (?:\w+ )?time|too busy|can not right now|not available)",
        r"^(?:where|how(?! about i)|what|which|who|why|when)\b.*\?",
        r"\bwhoever\b",
        r"\bi do not think i\b",
        r"\bif i had\b",
        r"\bnot sure (?:if|whether) i\b",
    ),
    offers=pattern(
        rf"{I_WILL} (?:help|contribute)(?: out| here)*{END}",
        rf"^(?:i )?would love to{END}",
        rf"\b(?:{I_WILL}|{MAY_I}) (?:tak|hav)(?:e|ing) a (?:\w+ )?look (?:at|into) "
        rf"(?:{OWN_ONE})",
        rf"\b{US}(?: (?:at|from|in|of) (?:\w+ ){{1,4}}?)? ?(?:will|would|want|wants|are|is|can|am|"
        rf"could|plan|have){FIRST} {DEED}",
        rf"\b(?:can|could|may) we (?:take|claim|have|pick up|work on|handle)(?: on| up)? {IT}",
    ),
    another=pattern(_ANOTHER),
    unanother=pattern(
        r"\?",
        r"\b(?:if|whether|unless|when|not|longer|nobody|no one|makes? sure|until)\b",
    ),
    frees=pattern(FREES),
    hands_over=pattern(HANDS_OVER),
    stays=pattern(STAYS),
    conditions=pattern(r"\b(?:if|unless|in case|until)\b(?! (?:any|some))"),
    refuses=pattern(REFUSES),
    grants=pattern(GRANTS),
    answers=pattern(ANSWERS),
    to_all=pattern(TO_ALL),
    asks=pattern(_ASKS),
    invites=pattern(_INVITES),
    accepts=pattern(_ACCEPTS),
)
