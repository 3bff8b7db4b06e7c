"""How guides say who may work on an issue, in English, and a little in Spanish and Portuguese.

Comes in: nothing. Goes out: patterns over a statement in lower case without accents and
courtesies, in which commands stand in backticks and whatever else was shown or quoted is `§`.
Every gap between words is bounded, so a search takes time in proportion to the statement.
"""

from bot.screening.phrasebook import any_of, pattern

_PULL = r"(?:pull[- ]?requests?|prs?)\b"
_OPENS = r"(?:open|submit|send|make|create|provide|raise|file)(?:ing)?\b"
_NOW = r"(?:start|begin|work|cod|writ|implement|open|submit)\w*"

#: A command as it is written: a bot's name or a sign in front, or one of few words alone.
COMMAND = any_of(
    r"@[\w-]+(?:\[bot\])? (?:assign(?: me)?|claim|take)",
    r"[/.!](?:self-?assign|assign(?:-?me|-to-me)?|take|claim(?:-issue)?|asignar(?:me)?|tomar)",
    r"assign me|take|claim|self-assign",
)
_SHOWN = rf"`(?P<command>{COMMAND})(?: (?:@?\S{{1,40}}|\[[^\]`]{{1,40}}\]))?`"

_WRITES = (
    r"\b(?:comment(?:ing)?|repl(?:y|ying)|writ(?:e|ing)|typ(?:e|ing)|post(?:ing)?|say(?:ing|s)?|"
    r"leav(?:e|ing)|add(?:ing)?|us(?:e|ing)|send(?:ing)?|with|via|comenta(?:r|ndo)?|"
    r"escrib(?:e|ir|iendo)|comentario|comente|escreva)\b"
)
#: "Comment `/assign` on the issue", with `ABOUT` around it; "`/take` — assign it to yourself".
COMMANDS = pattern(rf"{_WRITES}[^`§.;]{{0,60}}{_SHOWN}")
#: A command that stands alone, under a sentence such as "To claim an issue, comment:".
ALONE = pattern(rf"^\W{{0,4}}{_SHOWN}\W{{0,4}}$")
WRITES = pattern(_WRITES)
EXPLAINED = pattern(
    rf"^\W{{0,6}}{_SHOWN}\W{{1,12}}(?:self-?)?(?:assigns?|claims?)\b[^`]{{0,30}}\byou(?:rself)?\b"
)
ABOUT = pattern(r"\b(?:assign|claim|issues?\b|tickets?\b|yourself|work on|asign|reclam|atribu)")
FORBIDDEN = pattern(
    rf"\b(?:not|never|no longer|instead of|rather than|avoid|stop|removed|deprecated|"
    rf"disabled)\b[^`;]{{0,40}}{_SHOWN}",
    rf"`(?P<denied>{COMMAND})`[^`]{{0,20}}\b(?:no longer|not (?:work|supported|available)|"
    r"deprecated|removed|disabled)",
)
#: What a rule for maintainers, reviewers or pull requests says, and what tells of others.
NOT_OURS = pattern(
    r"\b(?:maintainers?|committers?|approvers?|members?|collaborators?|triagers?|admins?|"
    r"mentors?|instructors?|owners?|reviewers?) (?:only|can|may|should|must|use|to)\b",
    r"\bonly (?:for )?(?:\w+ )?(?:maintainers|members|collaborators|committers)\b",
    r"\b(?:users?|people|who|someone|somebody|has|that) (?:\w+ )?comment(?:s|ed)? ",
)
#: The same behind the command.
THEIRS = pattern(r"\bonly (?:for )?(?:maintainers|members|collaborators)\b", r"\breviewers?\b")

#: Asks first: asks for assignment, or waits for somebody's word.
ASKS = pattern(
    r"\bask(?:ing)?\b[^.;]{0,45}\b(?:be|get|getting|to|an|for) assign(?:ed|ment)?\b",
    r"\bask(?:ing)?\b[^.;]{0,30}\bmaintainers?\b[^.;]{0,20}\bassign\b",
    r"\brequest(?:ing)?\b[^.;]{0,25}\bassign(?:ed|ment)\b",
    r"\b(?:ping|tag|mention|contact)\b[^.;]{0,50}\bassign(?:ed)?\b",
    r"\bget (?:it |the issue |an issue |yourself |the task )?assigned\b",
    r"\bwait\b[^.;]{0,60}\bassign",
    r"\b(?:ask|comment|write)\b[^.;]{0,60}\bwait for (?:a yes|a thumbs|an? (?:answer|ok|yes)|"
    r"(?:some(?:body|one)|one) of (?:us|the team))\b",
    r"\bwait\b[^.;]{0,60}\b(?:approv\w+|confirm\w*|repl(?:y|ies)|respon\w+|go-?ahead|"
    rf"green light|ok|okay|permission)\b[^.;]{{0,30}}\bbefore\b[^.;]{{0,20}}\b{_NOW}",
    r"\b(?:maintainers?|team|members?|we|someone|i|mods?|admins?|owners?)\b[^.;]{0,45}\bassign"
    r"(?:ing)? (?:it|the issue|this issue|that issue|the task|you)\b",
    r"(?<!will )\bask\b(?! (?:\w+ ){0,3}(?:questions?|clarif\w+|help|details|advice|guidance|"
    r"input))[^.;]{0,40}\bbefore\b[^.;]{0,15}\b(?:you (?:start|begin)|(?:start|begin)(?:n?ing)? "
    r"(?:to|on|work|an?y?|cod)|work|coding\b)",
    r"\b(?:get|obtain|seek|receive)\b[^.;]{0,20}\b(?:approval|permission|confirmation|go-?ahead|"
    rf"green light)\b[^.;]{{0,30}}\bbefore\b[^.;]{{0,20}}\b{_NOW}",
    r"\b(?:espera|aguard)\w*\b[^.;]{0,60}\b(?:asign|atribu)",
    r"\b(?:espera|aguard)\w*\b[^.;]{0,60}\bantes de (?:empezar|comenzar|trabajar|comecar)\b",
    r"\b(?:pide|pedir|peca|solicit\w+)\b[^.;]{0,40}\b(?:asign|atribu)",
)
#: The same, said of work that begins, or counts, only when assigned.
AWAITS = pattern(
    r"\b(?:once|after|when|until|only)\b[^.;]{0,70}\b(?:assigned to you\b|you (?:are|have been|"
    r"get|got|were) assigned\b)",
    r"^once assigned\b",
    r"\b(?:not|refrain|never|avoid)\b[^.;]{0,70}\b(?:not (?:been )?assigned to you|without "
    r"(?:being|getting) assigned|before (?:being|it is|you are) assigned)",
    r"\b(?:make|be) sure\b[^.;]{0,30}\byou are assigned\b",
    rf"\bonly\b[^.;]{{0,20}}\b{_PULL}[^.;]{{0,15}}\b(?:from|by) (?:the )?assignees?\b",
    rf"\b(?:submit|open|send)\b[^.;]{{0,15}}\b{_PULL}[^.;]{{0,40}}\bassigned to you\b",
    r"\buna vez\b[^.;]{0,30}\basignad[oa]",
)
#: Turns a rule into one for other cases: work that somebody else has, or hoarding.
ELSEWHERE = pattern(
    r"\b(?:current assignee|some(?:one|body) else|inactive|stale|more than|multiple|dozens|"
    r"several|unless|at once|at a time|until there is|to contributors until)\b",
)
DENIED = pattern(
    r"\b(?:not|no need|no reason|never|without|instead of|rather than|no longer)\b[^.;:]{0,40}$",
    r"\b(?:no|nao|sin|sem)\b[^.;:]{0,25}$",
)

#: Just open a pull request: no need to ask, do not ask.
OPENS = pattern(
    r"\b(?:do not (?:need|have)|no need|need not|no reason|not (?:necessary|required))\b"
    r"[^.;:]{0,25}\b(?:(?<!write )(?<!read )permission|be assigned|get assigned|"
    r"assignment|ask (?:us|first|if|to (?:be|work)|before|whether|or (?:be assigned|wait)|"
    r"for (?:availability|permission|assignment|an issue)))\b",
    r"\bdo not (?:ask|wait|request)\b[^.;]{0,8}\b(?:to be assigned|for (?:an )?assignment|(?:if|"
    r"whether) you can (?:work|take)|to work on|for permission)\b"
    r"(?![^.;]{0,60}\b(?:unless|until|more than|multiple|dozens|that has|without|when|before|"
    r"at once|several|if)\b)",
    rf"\b{_OPENS}[^.;]{{0,12}}\b{_PULL} instead of waiting\b[^.;]{{0,20}}\bassign",
    r"\banyone (?:may|can|is (?:free|welcome) to) (?:work on|pick up|take) (?:an|any|every)? ?"
    r"(?:open |unassigned )?issues?\b",
    r"\bno (?:hace falta|es necesario|necesitas)\b[^.;]{0,15}\b(?:pedir|preguntar|permiso|que te "
    r"asign|asignacion)",
    r"\bnao (?:e preciso|precisa|e necessario)\b[^.;]{0,15}\b(?:pedir|permissao|ser atribu)",
)
#: "To contribute, just open a pull request", with `WORK` in front of it or nothing.
JUST = pattern(
    rf"\b(?:just|simply|directly)\b[^.;]{{0,4}}\b{_OPENS} (?:an?|your|the) (?:\w+ )?{_PULL}"
)
WORK = pattern(r"\b(?:contribut\w*|help|work|fix|issues?|improve)\b|^\W*(?:feel free to )?\W*$")
#: Issues go to nobody; a rule only beside `OFFERS` and no word of comments.
NOBODYS = pattern(
    r"\bnot\b[^.;]{0,20}\bassign(?:ed)?(?: any)? (?:issues?|tasks?)\b(?! to (?:an? |specific))",
    r"\bissues? (?:are|will) not (?:be )?assigned\b",
    r"\bno asignamos\b",
)
OFFERS = pattern(
    rf"\b{_OPENS}[^.;]{{0,14}}\b{_PULL}",
    r"\b(?:abre|envia|manda|haz)\b[^.;]{0,20}\b(?:prs?|pull requests?)\b",
)
UNTIL = pattern(r"\b(?:until|unless|except|outside|but you can)\b")
COMMENTS = pattern(r"\bcoment\w+|\bcomment\w*")

#: A rule for large work is none for a first issue, and what small work is spared neither.
LARGE = pattern(
    r"\b(?:large|larger|big|bigger|major|significant|substantial|non-?trivial|sizeable|new "
    r"features?|feature requests?|architectur\w*|breaking|refactor\w*|redesign\w*|complex|"
    r"proposals?|rfcs?|difficult|advanced|grandes?)\b",
)
SMALL = pattern(
    r"\b(?:small|smaller|typos?|minor|simple|trivial|tiny|obvious|docs?|documentation|spelling|"
    r"grammar|quick|clearly|add(?:ing)? (?:your|yourself|an?|the|it)|translat\w*|"
    r"(?:on|for) (?:issues|changes|fixes|things|anything) (?:which|that|like|such))\b",
)
#: Sections whose rules are for others or for other work.
OTHERS_SECTION = pattern(
    r"\b(?:maintain\w*|review\w*|committers?|triag\w*|instructors?|mentors?|admins?|governance|"
    r"new features?|feature requests?|proposals?|design|bount(?:y|ies)|translat\w*|releas\w*)\b"
)
