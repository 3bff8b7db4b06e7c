"""A comment's own words, put plainly, so that phrases can be told in a few patterns.

Comes in: a comment's text. Goes out: its sentences without what it quotes or shows, lower-case,
without accents and courtesies, contractions and chat spellings written out.
"""

import re
import unicodedata

#: So much of a comment is read, from its start and its end: who claims says so in the first or the
#: last sentences, and 20 comments of GitHub's 65,536 characters must not hold up a run.
MAX_START, MAX_END = 1_800, 700
#: A clause is read so far: longer ones are logs or pasted text.
MAX_CLAUSE = 200

#: Stands for code or quoted words: `Working on §`.
SHOWN = "§"

_BLOCK = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|~~[^~\n]*~~|<!--.*?(?:-->|\Z)|^[ \t]*>[^\n]*|"
    r"^[ \t]*[-*] \[ \][^\n]*",
    re.MULTILINE | re.DOTALL,
)
_INLINE = re.compile(r"`[^`\n]*`|\"[^\"\n]*\"|“[^“”\n]*”|«[^«»\n]*»")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_NO_WORDS = re.compile(r"[^\w\s'.,;:!?()/#@§+\[\]=&%~\\-]+|(?<!\w)_+|_+(?!\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|[\r\n]+")
_CLAUSE_END = re.compile(
    r"[,;:]\s+|[()]|\s-+\s|\s(?:and|but|so)\s(?=(?:i|would|will|want|am|can|could|ready|happy|"
    r"willing|looking|quiero|puedo|quero|posso)\b)"
)
#: How a sentence may begin before it comes to the point.
_OPENING = re.compile(
    r"^(?:(?:hi+|hey+|heyy?a|hello+|hola|ola|oi+|opa|buenas|buenos|dias|tardes|noches|bom dia|"
    r"boa (?:noite|tarde)|good (?:morning|evening|day|afternoon)|dear|greetings|thanks|thank you|"
    r"gracias|obrigad[oa]|valeu|ok|okay|yes|yeah|yep|yup|sure|great|cool|nice|perfect|perfecto|si|"
    r"sim|sounds good|alright|oh|ah|sorry|and|so|but|then|entao|entonces|pues|there|all|everyone|"
    r"everybody|team|folks|guys|friends?|maintainers?|pessoal|galera|gente|amigos|a todos|todos|"
    r"@[\w-]+(?:\[bot\])?)(?![\w'])[\s,!.:;-]*)+"
)

_NOT = "do does did is are was were have has had could would should need"
_ENDINGS = {"re": "are", "ll": "will", "d": "would", "ve": "have", "s": "is"}
_SPELLINGS = {
    **{f"{verb}n't": f"{verb} not" for verb in _NOT.split()},
    **{f"{verb}nt": f"{verb} not" for verb in _NOT.split()},
    **dict.fromkeys(("can't", "cant", "cannot"), "can not"),
    **dict.fromkeys(("won't", "wont"), "will not"),
    **dict.fromkeys(("i'm", "im", "iam", "i'am"), "i am"),
    **dict.fromkeys(("i'll", "ill", "i'l"), "i will"),
    **dict.fromkeys(("i'd", "i'ld"), "i would"),
    **dict.fromkeys(("i've", "ive"), "i have"),
    **dict.fromkeys(("i'ma", "imma"), "i am going to"),
    **{f"{who}'{end}": f"{who} {verb}" for who in ("we", "they", "you", "it", "that", "he", "she")
       for end, verb in _ENDINGS.items()},
    "here's": "here is", "one's": "one is", "someone's": "someone is", "somebody's": "somebody is",
    "nobody's": "nobody is", "there's": "there is",
    "u": "you", "ur": "your", "r": "are", "wanna": "want to", "gonna": "going to",
    "lemme": "let me", "gimme": "give me", "wud": "would", "cud": "could", "pr's": "prs",
    **dict.fromkeys(("asign", "assgin", "asssign", "assing", "assigne"), "assign"),
    **dict.fromkeys(("asigned", "assgined"), "assigned"),
    **dict.fromkeys(("isue", "issuse", "isssue"), "issue"),
    **dict.fromkeys(("intrested", "intersted", "interrested", "intrest"), "interested"),
    **dict.fromkeys(("wrok", "wokr", "wrk"), "work"), "workin": "working", "wrking": "working",
    "dis": "this", "dat": "that", "dese": "these",
    "solv": "solve", "slove": "solve", "pra": "para", "p/": "para", "pro": "para",
    **dict.fromkeys(("q", "k"), "que"), "vc": "voce", "n": "nao",
}  # fmt: skip
#: Courtesies and the like, which change no meaning here.
_IDLE = frozenset(
    re.findall(
        r"\S+",
        "please pls plz plss plzz pleas plese kindly just really also actually currently "
        "definitely certainly maybe perhaps simply very sir madam maam ma'am bro porfa porfavor "
        "pfv pf tambien tambem muito mucho genuinely truly absolutely personally honestly",
    )
)
_IDLE_PHRASES = re.compile(
    r"\b(?:por favor|if possible|i think|i guess|i believe|as well|creo que|acho que)\b,?"
)
_ID = re.compile(r"\bid (?=(?:like|love|be)\b)")
_WORD = re.compile(r"[\w']+(?:/(?!\w))?")


def sentences(body: str) -> tuple[str, ...]:
    """What a comment says itself, in the order said."""
    shown = _INLINE.sub(SHOWN, _BLOCK.sub(" ", body))
    if len(shown) > MAX_START + MAX_END:
        shown = f"{shown[:MAX_START]}\n{shown[-MAX_END:]}"
    plain = _NO_WORDS.sub(" ", _without_accents(shown.replace("’", "'").replace("*", "").lower()))
    parts = (_plainly(part) for part in _SENTENCE_END.split(plain))
    return tuple(part for part in parts if part)


def clauses(sentence: str) -> tuple[str, ...]:
    """The parts of a sentence, each without its opening ("hi @somebody, thanks")."""
    parts = (_OPENING.sub("", part.strip())[:MAX_CLAUSE] for part in _CLAUSE_END.split(sentence))
    return tuple(part for part in parts if part)


def without_opening(sentence: str) -> str:
    """The sentence behind its greeting and whom it speaks to."""
    return _OPENING.sub("", sentence)


def _without_accents(text: str) -> str:
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text))


def _plainly(sentence: str) -> str:
    spelled = _WORD.sub(lambda found: _SPELLINGS.get(found[0], found[0]), sentence)
    kept = (
        word if word.strip(",!.?") not in _IDLE else "?" * word.endswith("?")
        for word in spelled.split()
    )
    return _IDLE_PHRASES.sub("", _ID.sub("i would ", " ".join(filter(None, kept)))).strip(" ,")
