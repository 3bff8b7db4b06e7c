"""What the sentences of a comment say about who is on an issue.

Comes in: a comment's text. Goes out: whether it claims, lets go, frees, refuses, grants or asks, in
English, Spanish and Portuguese. The phrases are those of oss-autopilot, of self-assignment bots
and of maintainers' usual answers (peers, claim phrases).
"""

import re
from collections.abc import Iterable


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


def _words(listed: str) -> str:
    return _any(*listed.split())


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile(_any(*alternatives), re.IGNORECASE)


_UNSAID = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|~~[^~\n]*~~|`[^`\n]*`|<!--.*?(?:-->|\Z)|^[ \t]*>[^\n]*|"
    r"^[ \t]*[-*] \[ \][^\n]*",
    re.MULTILINE | re.DOTALL,
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|[\r\n]+")
#: A sentence is read so far: longer ones are logs or pasted text.
_MAX_SENTENCE = 2_000

# The deed: what one does to an issue. Behind "it" or "this" nothing may follow that makes another
# thing of it ("this approach").
_ALONE = r"\b(?= ?" + _any(
    r"$",
    r"[^\w ]",
    r"(?:up|over)\b|on(?= ?(?:$|[^\w ])| (?:if|and|as|please)\b)",
    r"as (?:my|a first|part)\b",
    r"for\b(?! granted)",
    r"(?:this|next|over the|in the)(?: coming| next)? (?:week|weekend|month|few|days)",
    _words("if and but or please pls now today tomorrow tonight soon once unless after because")
    + r"\b",
    _words("since so myself then asap i at under during later right here along internally") + r"\b",
) + ")"  # fmt: skip
_NOUN = r"(?:issue|task|bug|ticket|one|fix|problem|enhancement|feature|change|item|part|job)s?\b"
_IT = _any(
    r"#\d+",
    rf"(?:this|the|that|these|your|any)(?: [\w-]+){{0,2}}? {_NOUN}",
    rf"{_words('it this that these them one')}{_ALONE}",
)
_PULL = r"(?:an?|the|my) (?:[\w-]+ ){0,2}?(?:prs?|pull[- ]requests?|patch|mr|fix)\b"
_DEED = _any(
    rf"work(?:ing)? (?:on|upon|in|for|at) (?:{_IT}|{_PULL}|\w+ing\b)",
    rf"{_words('t(?:ake|aking|ook) grab claim tackl(?:e|ing) handl(?:e|ing) pick(?:ing)?')}"
    rf"(?: up| on| over)? {_IT}",
    rf"{_words('do fix(?:ing)? solv(?:e|ing) resolv(?:e|ing) implement address attempt')} {_IT}",
    rf"{_words('open submit make send create raise push prepare draft')} {_PULL}",
    rf"(?:take|have|give)(?: {_IT}| it| this)? a (?:\w+ )?(?:stab|crack|shot|go|swing)\b",
    rf"be assigned\b|(?:on|take care of|contribute to|look(?:ing)? into) {_IT}",
    rf"help(?: out)? (?:with|on) {_IT}",
)
#: What may stand between "I would" and the deed.
_BUT_FIRST = r"(?: " + _words(
    "be been also just really love like to going gonna planning happy glad willing ready eager keen"
    " able very much definitely gladly try start started starting please interested in get"
    " involved and up for work currently already still actively now begin continue"
) + ")*"  # fmt: skip
_NOT_HOW = "".join(f"(?<!{word} )" for word in ("how", "what", "where", "when", "wish", "way"))
_MODALS = _words("will would want wanna can could am might plan intend hope started have")
_I_WILL = rf"{_NOT_HOW}\bi(?:'?ll|'d|'?m|'?ve| {_MODALS}){_BUT_FIRST}"
_MAY_I = rf"{_NOT_HOW}\b(?:can|could|may|shall|should|(?:mind|ok|okay|fine) if) i{_BUT_FIRST}"
_LIKE_TO = r"\bi(?:'d| would| want)(?: really| also)?(?: (?:like|love))? to"

#: A sentence may begin with whom it speaks to.
_OPENS = r"^(?:@[\w-]+,? )?"

_CLAIMS = _pattern(
    rf"(?:{_I_WILL}|{_MAY_I}|\blet me{_BUT_FIRST}) {_DEED}",
    rf"{_MAY_I} (?:have|get) (?:it|this|(?:this|the) {_NOUN})(?: assigned)? ?(?:$|[^\w ])",
    rf"(?:{_LIKE_TO}|{_MAY_I}) (?:try(?: {_IT}| ?(?:$|[.!]))|give (?:it|this|{_IT}) a try)",
    rf"\bi (?:take|claim|pick|volunteer)(?: up)? {_IT}",
    rf"\bi(?:'m| am|'d be| would be) (?:\w+ )?interested(?: in {_IT})? ?(?:$|[.!,])",
    rf"\bi(?:'d like| would like| want) (?:this|the) {_NOUN} ?(?:$|[.!,])",
    r"\bi(?:'ve)? got this(?: one)? ?(?:$|[.!])|\bcount me in\b|\bdibs\b",
    r"(?:\bi(?:'ve| have)?|^)(?: ?(?:just|already))* ?"
    rf"(?:opened|submitted|raised|created|sent) {_PULL}",
    rf"\bi(?:'ve| have)(?: got)? {_PULL}",
    r"^(?:draft )?prs? (?:is )?(?:opened|raised|submitted|incoming|ready|up)\b",
    # Without a subject, where it opens the sentence and asks nobody
    rf"{_OPENS}(?:would (?:love|like)|will|happy|willing|want|wanna|interested|like|"
    rf"looking forward|volunteering){_BUT_FIRST} {_DEED}(?!.*\?)",
    rf"{_OPENS}(?:\w+ )?(?:taking|picking up|claiming|volunteering for|working on|on)"
    rf" (?:{_IT}|{_PULL})(?!.*\?)",
    rf"\bi(?:'m| am) .* and (?:would (?:love|like)|will|want|plan){_BUT_FIRST} {_DEED}",
    # Assignment
    r"(?<!n't )(?<!not )(?<!un-)\bassign(?:ed|ing)?(?: (?:it|this|that|the|issue|task|bug|ticket))*"
    r" (?:to )?(?:me|myself)(?: ?(?:$|[^\w ])|"
    r" (?:this|the issue|the task|to|if|so|and|for|on|please|under)\b)",
    r"\b(?:please|pls|plz|kindly|(?:can|could|would) (?:you|someone|it|this)(?: be)?)(?: \w+)?"
    rf" assign(?:ed)?(?: (?:it|this|(?:this|the) {_NOUN}))? ?(?:$|[.!?,])",
    r"^[./](?:assign|take|claim|self-assign|attempt)\b(?! @)|^@[\w-]+ (?:claim|assign)\W*$",
    r"^#?(?:take|(?:self-)?assign(?: me)?)\W*$",
    # Spanish
    r"(?<!c[oó]mo )(?<!qu[eé] )(?<!no )\b(?:puedo|quiero|quisiera|voy a|d[eé]jame|interesad[oa] en|"
    r"me (?:gustar[ií]a|encantar[ií]a)) (?:trabajar (?:en|sobre)|tomar|encargarme|ocuparme|"
    r"hacer(?:l[oa]|me cargo| est[aeo])|resolver|arreglar|solucionar|implementar|contribuir|"
    r"ayudar)",
    r"\bme (?:encargo|ocupo|encargar[ée]|ocupar[ée])\b|\bl[oa] (?:tomo|hago yo)\b|\btomo est[ea]\b",
    r"\bestoy (?:ya )?(?:en ello|trabajando (?:ya )?(?:en|sobre) (?:est[aeo]s?\b|ello|"
    r"(?:el|la|una?) (?:pr|soluci[oó]n|issue|tarea|problema)))",
    r"\bas[ií]gna(?:me|rme)(?:l[oa])?\b|\bme (?:l[oa] )?(?:pued|podr)\w+ asignar|\bme l[oa] asign",
    # Portuguese
    r"(?<!como )(?<!não )(?<!nao )(?<!que )\b(?:posso|quero|gostaria(?: muito)? de|vou|pretendo|"
    r"interessad[oa] em|interesse em)(?: tentar)? (?:pegar|trabalhar n|assumir|resolver|corrigir|"
    r"implementar|contribuir|ajudar|cuidar|fazer (?:iss|ess|est)|tentar ?(?:$|[.!,?]))",
    r"\bestou trabalhando (?:n(?:iss|ess|est)|em (?:um|iss|ess|est)|na (?:issue|tarefa))",
    r"\bdeixa comigo\b|\beu (?:pego|faço|assumo|resolvo|cuido)\b",
    r"\bme atribu|\batribu(?:a|ir|am|i) (?:\w+ ){0,3}(?:para|pra|a) mim\b",
)
_TAKEN_BACK = _pattern(
    r"\bbut\b.*\b(?:no time|not have time|too busy|can't right now)",
    r"\bbut\b.*n't have (?:the |any |enough )?time",
    r"\bi (?:don't|do not) think i\b|\bif i had\b",
)
#: A weaker word, enough from somebody who comes from outside.
_OFFERS = _pattern(rf"{_I_WILL} (?:help|contribute)(?: out| here)? ?(?:$|[.!,])")
_ANOTHER = re.compile(
    r"(?:@(?P<login>[\w-]+)|\b(?:someone|somebody|he|she|they|another \w+|we))(?:'s|'re| is| are)"
    rf"(?: already| currently| still| now| else is| else)* (?:working )?on {_IT}"
    rf"|\b(?:someone|somebody) else is(?: already)? (?:working )?on {_IT}"
    r"|\b(?:this|this (?:issue|task|one)|the issue) (?:is|was|has been) already"
    r" (?:taken|assigned|claimed)",
    re.IGNORECASE,
)
_NOT_ANOTHER = _pattern(
    r"\?", r"\b(?:if|whether|unless|when|not|longer|nobody|no one|makes? sure)\b"
)

_FREES = _pattern(
    r"\bno longer (?:working|interested|available|able|work)|\bcan no longer\b|\bun-?assign",
    r"\bnot (?:working on (?:it|this)|able to (?:work|finish|continue|complete|do|take|commit))",
    r"\b(?:won't be able to|will not be able to|can't|cannot) (?:work on|finish|continue|complete|"
    r"commit|take|do (?:it|this)\b(?! without)|(?:find|make|get) (?:the |any |enough )?time)",
    rf"\b(?:giv(?:e|ing)|gave)(?: it| this| {_IT})? up\b|\b(?:drop|abandon)(?:p?ing)? {_IT}",
    r"(?<!a )\bstep(?:ping)? (?:back|away|down|aside)\b",
    r"\b(?:don't|do not) have (?:the |any |enough )?(?:time|capacity|bandwidth)\b|\btoo busy\b",
    r"\b(?<!feel )free (?:again|to take|for (?:anyone|someone|others))|\bup for grabs\b",
    r"\bavailable again\b|\bfreeing\b",
    r"\b(?:someone|somebody|anyone|anybody)(?: else)? (?:can|may|should|is (?:welcome|free) to)"
    r" (?:take|pick|work|continue|tackle|grab|finish)",
    r"\bya no (?:puedo|estoy|voy)|\bno puedo (?:seguir|continuar|terminar)",
    r"\bno tengo (?:más )?tiempo|\bl[oa] (?:dejo|libero)\b",
    r"\bn[ãa]o (?:consigo|vou|posso) (?:mais |conseguir )?(?:continuar|"
    r"terminar|trabalhar)|\bn[ãa]o tenho (?:mais )?tempo|\bdesisto\b",
)
_HANDS_OVER = _pattern(
    r"\bfeel free to (?:take|pick|work|continue|grab)|\ball yours\b|\bgo ahead\b",
    r"\byou can (?:take|have) (?:it|this)\b|\bsomeone else (?:can|may|should)\b",
)
_STAYS = _pattern(r"\b(?:still|this week|today|tomorrow|until|but i(?:'ll| will))\b")
_REFUSES = _pattern(
    r"\b(?:don't|do not) (?:claim|ask)\b|\bwe (?:don't|do not) (?:assign|reserve)\b",
    r"\b(?:not|aren't) assigning\b|\bno need to (?:ask|claim|be assigned)\b|\breserved for\b",
    r"\bkeep(?:ing)? (?:this|it|this one) (?:for|open)\b|\bno (?:lo )?asign|\bnão atribu",
    r"\bplease (?:pick|choose|find|start with) (?:another|a different|something else)\b",
)
_GRANTS = _pattern(
    r"\bgo (?:ahead|for it)\b|\b(?:all|it's|is) yours\b",
    r"\bassign(?:ed|ing)(?: it| this)? (?:to )?you\b",
    r"\badelante\b|\b(?:todo|es) tuyo\b|\bte l[oa] asign",
    r"\bpode (?:pegar|come[çc]ar|ir em frente)\b|\bé (?:tod[oa] )?(?:seu|sua)\b|\bmanda ver\b",
    r"\bfi(?:ca|que) [àa] vontade\b",
)
#: Words that tell somebody to go ahead only where they answer a question.
_ANSWERS = _pattern(
    r"\bfeel free\b|\byou (?:can|may) (?:take|work|start|have)\b|\byes,? please\b|\bjust open an?\b"
)
_TO_ALL = _pattern(
    r"\b(?:any|some|every)(?:one|body)\b|\bwhoever\b|\bif you\b",
    r"\b(?:let's|we|to|i|i'll|we'll|will|can|should) go ahead\b",
)
_ASKS = _pattern(
    r"\b(?:is|are) (?:this|it|that|the|these)\b.*\b(?:open|available|free|taken|up for grabs)\b",
    r"\b(?:any|some)(?:one|body)(?: else)?(?: still| already)? (?:working )?on (?:it|this)\b",
    r"\b(?:sigue|está) (?:disponible|libre|abierto)|\bestá (?:disponível|livre|abert[oa])",
)


def sentences(body: str) -> tuple[str, ...]:
    """What a comment says itself: no quotation, code, or hidden text; one blank between words."""
    text = _UNSAID.sub(" ", body).replace("’", "'").replace("*", "")
    parts = (" ".join(part.split())[:_MAX_SENTENCE] for part in _SENTENCE_END.split(text))
    return tuple(part for part in parts if part)


def claims(said: Iterable[str], *, is_offer_enough: bool) -> bool:
    """Does the author say, or ask, that they be on it?"""
    return any(
        (_CLAIMS.search(one) or (is_offer_enough and _OFFERS.search(one)))
        and not _TAKEN_BACK.search(one)
        for one in said
    )


def names_another(said: Iterable[str]) -> str | None:
    """Whom it names as being on it; empty for somebody without a name, None for nobody."""
    for one in said:
        found = _ANOTHER.search(one)
        if found and not _NOT_ANOTHER.search(one):
            return found["login"] or ""
    return None


def lets_go(said: Iterable[str]) -> bool:
    """Does somebody who was on it give it back?"""
    return any(
        (_FREES.search(one) or _HANDS_OVER.search(one)) and not _STAYS.search(one) for one in said
    )


def frees(said: Iterable[str]) -> bool:
    """Does a maintainer say that it is free again?"""
    return any(map(_FREES.search, said))


def refuses(said: tuple[str, ...]) -> bool:
    """Does a maintainer refuse claims, and not tell the one who claims to go on?"""
    return any(map(_REFUSES.search, said)) and not any(
        _GRANTS.search(one) or _ANSWERS.search(one) for one in said
    )


def grants(said: Iterable[str], *, is_answer: bool) -> bool:
    """Does a maintainer tell somebody, and not everybody, to go ahead?"""
    return any(
        (_GRANTS.search(one) or (is_answer and _ANSWERS.search(one))) and not _TO_ALL.search(one)
        for one in said
    )


def asks(said: Iterable[str]) -> bool:
    """Does it ask whether the issue is free?"""
    return any(map(_ASKS.search, said))
