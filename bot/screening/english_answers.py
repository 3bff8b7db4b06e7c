"""How claims end or are granted in English: letting go, freeing, refusing, telling to go ahead.

Comes in: nothing. Goes out: expressions for the phrasebook, over plain words (see `speech`).
"""

from bot.screening.english_deeds import IT, OWN, OWN_ONE
from bot.screening.phrasebook import END, any_of

# Letting go and refusing: of the issue itself, not of a part, a file or an idea.
_WHO = (
    r"(?:\b(?:i|we|he|she|they|@[\w-]+)(?: \w+){0,2}?|^(?:sorry(?: \w+)?[,.]?|unfortunately,?)?) ?"
)
_ANYONE = r"(?:(?:any|some)(?:one|body)(?: else)?|others)"
_TAKE = (
    rf"(?:take|pick|continue|tackle|grab|finish|claim|work)(?: up| over| on)*(?: {OWN_ONE}|{END})"
)
FREES = any_of(
    rf"\bno longer (?:working on {IT}|interested|available|able|work on {IT})",
    r"\bcan no longer\b",
    rf"{_WHO}\bnot (?:be )?(?:working on {OWN_ONE}|able to (?:work on|finish|continue|complete|do|"
    rf"take|commit to|make)(?:(?: with)? {OWN_ONE}|{END}))",
    rf"{_WHO}(?:can|could|will) not (?:work on|finish|continue|complete|commit"
    rf" to|make|take|do)(?:(?: with)? {OWN_ONE}|{END})",
    r"\bnot (?:have|find|get|make) (?:the |any |enough |much )?(?:time|capacity|bandwidth)"
    rf"(?:{END}| (?:for|now|left|any\s?more|right now|these days|at the moment)\b)",
    r"\bnot (?:have|find|get|make) (?:the |any |enough |much )?(?:time|capacity|bandwidth) to"
    rf" (?:work|do|finish|complete|continue|take|fix|look)(?: on| into)?(?: {OWN_ONE}|{END})",
    rf"\b(?:have|had|got) no (?:more )?time(?:{END}| (?:for|to|left|right|any\s?more)\b)",
    r"(?<!was )(?<!were )(?<!been )\btoo busy\b",
    rf"\b(?:giv(?:e|ing)|gave)(?: {OWN_ONE})? up(?:{END}| on {OWN_ONE})",
    rf"\b(?:dropping|abandoning|i (?:\w+ )?drop) {OWN_ONE}",
    rf"(?<!a )\bstep(?:ping)? (?:back|away|down|aside)(?:{END}| from)",
    r"\b(?:it|this|that|issue|task|ticket|one) is(?: now)? (?:free|available|open)"
    r" (?:again|now|to take|for (?:any|some|other))",
    r"^(?:now )?(?:free|available)(?: again| for others)\W*$",
    r"\bup for grabs\b",
    r"\bfreeing (?:it|this)\b",
    r"\bback (?:to|in) the pool\b",
    rf"\b{_ANYONE} (?:can|may|should|is (?:welcome|free) to|feel free to) {_TAKE}",
    r"(?:^|\b(?:been|was|am|i|and|so|is|are) )(?:automatically |now )?un-?assign(?:ed|ing)(?="
    r" ?(?:$|[^\w ]|@)| (?:you|due|for|since|as|because|this|from|me|him|her|them|after)\b)",
    r"\bunassign(?:ing)? (?:me|myself)\b",
    r"\b(?:going to|will) unassign (?:you |@[\w-]+ )?for now",
    r"\bremov(?:ed|ing) (?:the |your |my )?assign(?:ee|ment)\b",
    r"^(?:[./!+]|@[\w-]+[:,]? )?(?:unassign|untake|unclaim|abandon|release-assignment|release|"
    r"unassign-me|drop)(?: me)?\W*$",
)
HANDS_OVER = any_of(
    rf"\bfeel free to {_TAKE}",
    r"\ball yours\b(?! to (?:review|test|check))",
    r"\b(?:you|@[\w-]+) (?:can|may) (?:take|have|do) (?:it|this)\b",
    r"^(?:@[\w-]+[,:]? )?(?:(?:no|yes|sure)[,.]? )?go ahead\W*$",
    rf"\bif {_ANYONE} (?:wants|would like|likes)\b",
    rf"\b(?:leav|giv|pass|hand|assign|reassign)(?:e|ing)? (?:over )?{OWN_ONE}?(?:it|this)?"
    rf"(?: over)? (?:to|for) {_ANYONE}",
    r"\blook for (?:something else|another one)",
    r"\bdrop(?:ping)? out\b",
    rf"\bnot (?:plan|planning|going) to (?:continue|finish|work on)(?: {OWN_ONE}|{END})",
)
STAYS = any_of(
    r"\b(?:still|this week|today|tomorrow|until|but i will)\b",
)
REFUSES = any_of(
    r"\b(?:we|i) (?:do|are|will|can) not (?:usually |generally |normally |typically"
    r" )?(?:assign(?:ing)?|reserve)"
    rf"(?:{END}| (?:any )?(?:issues?|tasks?|tickets|this|it|people|anyone|anybody|newcomers|"
    r"contributors|to|before|until)\b)",
    r"\bnot assigning\b",
    rf"\bdo not (?:claim|ask (?:to be|for assign|us)|start(?: yet| now| working|{END})|work on"
    rf" {OWN_ONE})",
    r"\b(?:it|this|that|issue|task|ticket|one)(?: \w+){0,2} (?:reserved for|only (?:for|open to))",
    r"^reserved for\b",
    r"\bis for .{3,40} only\b",
    r"\bhold off\b",
    r"\brather (?:wait|keep)\b",
    rf"\bwait with {OWN_ONE}",
    r"^(?:\S+ ){0,2}wait until (?:the|this|it|we)\b",
    r"\bkeep(?:ing)? (?:this|it|this one) (?:open )?for (?:the|new|first|our|beginner|student|"
    r"people)",
    r"\b(?:this|it|issue) is not (?:yet )?(?:ready|up for grabs|open (?:to|for))\b",
    r"\b(?:pick|choose|find|start with|try|look for|take|work on)(?: up)?"
    rf" (?:(?:another|a different|some other|an? \w+er) {OWN}|another{END}|other issues)",
    r"\b(?:pick|choose|find|start with|look for|work on) something else\b(?! than)",
    r"\byou already have (?:\w+ ){0,3}(?:issues?|tasks|assigned)\b",
    r"\byou have (?:\w+ ){1,3}assigned\b",
    r"\bfinish (?:these|those|your (?:other|current|open|assigned|first))\b",
    r"\bnothing (?:is )?left to\b",
    r"\b(?:this|it|issue) (?:still |first )?needs? (?:an? |some |more )*(?:design"
    rf" )?(?:decision|discussion)(?: first|{END})",
    r"\bneed to (?:agree|discuss|decide)(?: on)? (?:this|it|the (?:design|api|approach|scope))\b",
    rf"\b(?:this|it) (?:was|is|has been)(?: already)? (?:fixed|solved|resolved)(?:{END}|"
    r" (?:in|by|on|with) (?:#|§|v?\d|http|main|master|the (?:dev|main|next|latest)))",
    r"\bdecided (?:not to|against) (?:do|fix|implement|accept|change)",
    r"\bone (?:issue|task) (?:at a time|per)",
    r"^sorry,? no\b",
    r"^no,? sorry\b",
    r"\b(?:so|but) not yet\b",
    r"\bprefer (?:that |if )?you (?:to )?(?:start|work|take|pick)(?: with| on| up)? (?:an|some|#)",
)
GRANTS = any_of(
    r"@[\w-]+,? (?:sure |yes |now )*you (?:can|may) (?:now )?(?:start|take|work on)\b",
    r"\bgo (?:ahead|for it)\b",
    r"\b(?:all|it is|this is|is now) yours\b",
    r"\byours now\b",
    r"(?<!not )\bassign(?:ed|ing)(?: (?:it|this|the|one|issue|task))* (?:to )?(?:you|@[\w-]+)",
    r"\byou are assigned\b",
    r"^(?:@[\w-]+[,:]? )*(?:done[,!.]* )?(?:assigned|assigning(?: now)?)(?: thanks)?\W*$",
    r"^(?:@[\w-]+[,:]? )+assigned\b",
    r"\byou (?:have )?(?:got|have) it\b",
    r"\bhere you go\b",
    r"\byou have been assigned\b",
    r"\bi (?:have |will )?assign(?:ed)? (?:it |this )?(?:to )?(?:you|@)",
    r"^/assign @[\w-]+",
)
ANSWERS = any_of(
    r"\bfeel free\b",
    r"\byou (?:can|may) (?:take|work|start|have)\b(?! another| a different| one of)",
    r"\byes,? please\b",
    r"^please do\b",
    r"\bjust open an?\b",
)
TO_ALL = any_of(
    r"\b(?:any|some|every)(?:one|body)\b",
    r"\bwhoever\b",
    r"\bif you (?:want|like|would|wish|are|can|feel|have|need)",
    r"\b(?:let's|we|to|i|will|can|should) go ahead\b",
)
