"""How Portuguese speakers say who is on an issue.

Comes in: nothing. Goes out: the phrasebook, its patterns without accents (see `speech`).
"""

from bot.screening.phrasebook import END, Phrasebook, any_of, pattern, words

_NOUN = words(
    "issue issues tarefa pr erro bug arquivo pagina problema ticket tema traducao funcionalidade "
    "parte item ponto documento mudanca melhoria task topico capitulo card secao"
)
_TAIL = any_of(
    words("sim ate se e mas como para hoje amanha logo quando eu porque ja agora por aqui"),
    words("esta este essa"),
    r"no (?:fim|final) de semana",
    r"na (?:segunda|terca|quarta|quinta|sexta|semana)",
    r"a noite",
    r"ai",
)
_ALONE = rf"\b(?= ?(?:$|[^\w §#@]|{_TAIL}\b))"
_THIS = r"(?:n?est[ae]|n?ess[ae]|a|o|na|no|uma d(?:ess|est|l)as)"
_IT = any_of(
    rf"{_THIS} (?:\w+ )?{_NOUN}\b",
    rf"(?:isso|isto|n?est[ae]s?|n?ess[ae]s?|nisso|nisto|n?ela|n?ele){_ALONE}",
    r"#\d+",
    r"§",
)
_PULL = r"(?:(?:um|o|meu|uma|esse) )?(?:\w+ )?(?:prs?|pull[- ]?requests?|patch|correcao|solucao)\b"
_VERBS = words(
    "pegar fazer resolver corrigir implementar traduzir assumir tentar terminar continuar "
    "finalizar arrumar completar concluir tratar"
)
_DEED = any_of(
    rf"{_VERBS}(?:-l[ao]\b| {_IT})",
    rf"{_VERBS}(?: eu)?(?:{END}|(?= {_TAIL}))",
    rf"{_VERBS} (?:a|o|essa|esse) traducao",
    rf"trabalhar (?:em )?{_IT}",
    rf"trabalhar com {_IT}",
    rf"ficar com {_IT}",
    r"cuidar (?:d|disso|dess|dest)",
    rf"(?:contribuir|ajudar|colaborar|participar)(?: (?:com|em|a)? ?{_IT}|{END})",
    rf"(?:abrir|mandar|enviar|subir|criar|fazer|preparar) {_PULL}",
    r"mexer (?:niss|ness|nest)\w*",
    r"ser (?:o |a )?responsavel",
)
_FIRST = (
    r"(?: (?:eu|de|tentar|comecar a|comecar|poder|continuar a|a|trabalhar em|ja|em|para|ser quem|"
    r"ir|dar uma (?:olhada|forca) e))*"
)
_NOT_HOW = "".join(f"(?<!{word} )" for word in ("como", "que", "nao", "onde", "quando", "eu so"))
_I_WILL = (
    rf"{_NOT_HOW}\b(?:posso|poderia|quero|queria|gostaria|vou|irei|pretendo|adoraria|consigo|"
    r"tenho interesse|(?:estou |to )?interessad[oa]|aceito|topo|me disponibilizo|me candidato|"
    r"me ofereco|bora|penso)"
)
#: Other words on the way to the deed, but those that turn it.
_SO_FAR = (
    r"(?: (?!(?:que|como|nao|saber|usar|se|quando|alguem|porque|ver|voces|voce|meu|minha)\b)\w+)"
    r"{0,4}?"
)
_DO = words("pego faco termino finalizo assumo resolvo cuido traduzo topo corrijo")

_CLAIMS = any_of(
    rf"{_I_WILL}(?:{_FIRST}|{_SO_FAR}) {_DEED}",
    rf"\bse eu (?:pegar|fizer|assumir|resolver|tentar|ficar com) {_IT}",
    rf"(?<!nao )\bfico com {_IT}",
    r"(?<!nao )\b(?:estou|to|tou) (?:ja )?(?:resolvendo|corrigindo|implementando|traduzindo)\b",
    rf"\b(?:estou|sigo|continuo) (?:preparando|terminando|escrevendo|finalizando|fazendo) {_PULL}",
    rf"(?<!nao )(?:tenho interesse|interessad[oa])(?: (?:em )?{_IT})?{END}(?!.*\?)",
    rf"(?<!nao )\b(?:eu )?{_DO}(?: {_IT}| eu)?{END}",
    r"\bdeixa?r? comigo\b",
    rf"\b{_THIS} e minha\b",
    r"\bess[ae] e (?:minha|meu)\b",
    r"\bcont(?:a|ar|em|e) comigo\b",
    r"(?<!nao )\b(?:estou|continuo|sigo|to(?= \w+(?:ndo|com)\b)|tou) (?:ja"
    r" )?(?!.*\b(?:problema|erro|duvida|projeto)\b)(?:trabalhando (?:em )?|fazendo |com"
    rf" |resolvendo |mexendo (?:em )?|em )?{_IT}",
    rf"\bestou trabalhando (?:em|num) {_PULL}",
    rf"\btenho (?:ja )?(?:um|o|uma) {_PULL}",
    rf"^(?:ja )?(?:trabalhando|fazendo) {_IT}(?!.*\?)",
    rf"(?:\b|^)(?:ja )?(?:comecei|iniciei)(?: a)? (?:fazer|trabalhar|trabalho|resolver|{_IT})",
    r"(?:\b|^)(?:ja )?(?:abri|mandei|enviei|subi|criei|fiz) (?:um|o|meu)"
    r" (?:\w+ )?(?:pr|pull[- ]?request)\b",
    rf"\b(?:mando|envio|subo|abro|acabei de (?:abrir|mandar|enviar|subir|criar)) {_PULL}",
    r"^(?:aqui esta )?o? ?meu (?:pr|pull request)\b",
    r"\bpr (?:a caminho|pronto|aberto)\b",
    r"(?<!nao )\bme atribu",
    r"\batribu(?:a|ir|am|i) (?:\w+ ){0,3}(?:para|a) mim\b",
    r"\bassign (?:para|a|em) (?:mim|eu)\b",
    r"\b(?:pode|podem|poderia\w*) (?:me )?(?:atribuir|assignar|designar|colocar como)\b(?!"
    r" (?:a|ao) )",
)
PHRASES = Phrasebook(
    claims=pattern(_CLAIMS),
    commands=pattern(r"^[./](?:pegar|atribuir)\W*$"),
    unclaims=pattern(
        r"\bmas\b.*\b(?:nao tenho tempo|sem tempo)\b",
        r"\bnao sei se\b",
    ),
    offers=pattern(
        rf"{_I_WILL}{_FIRST} (?:ajudar|colaborar|contribuir|participar)\b(?! ao?\b)",
        rf"\b(?:queremos|gostariamos(?: de)?|vamos|podemos){_FIRST} {_DEED}",
    ),
    another=pattern(
        r"(?:@(?P<login>[\w-]+)|\balguem|\boutra pessoa|\bestamos)(?: ja)?(?: esta| ta)?(?: ja)?"
        rf" (?:trabalhando|fazendo|responsavel)(?: por| com)?(?: {_IT}|{END})",
        r"\b(?:ja )?esta com (?:o |a )?@(?P<login2>[\w-]+)",
        r"\bja (?:esta|foi) (?:atribuid|peg|reservad|ocupad)\w*(?: (?:a|ao|para|pelo|por|pela)"
        r" (?:o )?@(?P<login3>[\w-]+))?",
        r"\bresponsabilidade d[oe] @(?P<login4>[\w-]+)",
    ),
    unanother=pattern(
        r"\?",
        r"\b(?:se|nao|ninguem|quando|ate)\b",
    ),
    frees=pattern(
        r"\bnao (?:vou|consigo|posso|irei|poderei) (?:mais |conseguir |poder"
        r" )*(?:continuar|terminar|trabalhar|fazer|finalizar|concluir|pegar)(?: mais)?(?:(?: com)?"
        rf" {_IT}|{END})",
        r"\bnao (?:vou|consigo|estou) mais\b",
        r"\b(?:nao tenho|sem|nao tive) (?:mais |muito )?tempo\b",
        r"\bdesisto\b",
        r"\bdesisti\b",
        r"\bdeix(?:ar|o)\b.{0,20}\b(?:para|com) (?:outr|alguem)",
        r"\bliber(?:o|ando|ada|ado|amos|ei)\b",
        r"\b(?:esta|fica|ficou) (?:de novo |novamente )?(?:livre|disponivel)\b(?!.*\?)",
        r"\bdesatribu",
        r"\bqualquer (?:um|pessoa) pode\b",
        r"\boutra pessoa pode\b",
    ),
    hands_over=pattern(
        r"\b(?:pass|atribu|da|de)\w* (?:\w+ )?(?:para|a) (?:outr[ao]|alguem)",
        r"\bse alguem (?:mais )?quiser\b",
        r"\bpode pegar\b",
        r"\btoda sua\b",
    ),
    stays=pattern(r"\b(?:ainda|amanha|hoje)\b(?!.*\bse alguem\b)"),
    conditions=pattern(r"\bse\b(?! alguem)"),
    refuses=pattern(
        r"^(?:desculpa[,.]? )?por enquanto nao\b",
        r"^desculpa[,.]? nao\b",
        r"\breservad[oa] para\b",
        r"\bnao (?:\w+ )?atribu",
        r"\b(?:escolh|pegu|pegar|procur|busqu)\w* outra?\b(?! (?:nome|forma))",
        r"\bvoce ja tem (?:outr|\w+ (?:issue|tarefa|atribuid))",
        r"\bnao comec",
        r"\bpreferimos (?:esperar|deixar)",
    ),
    grants=pattern(
        r"\bpode (?:sim|pegar|comecar|ir em frente|mandar|seguir|fazer)\b",
        r"\bmanda (?:ver|bala)\b",
        r"\be (?:todo |toda )?(?:seu|sua)\b(?= ?(?:$|[^\w ]|@|agora))",
        r"\btod[oa] (?:seu|sua)\b",
        r"^(?:@[\w-]+[,:]? )*atribuid[oa]\b",
        r"\batribu(?:i|o|ir|indo) (?:a|para) (?:voce|(?=@))",
        r"\bte atribui",
        r"\bfi(?:ca|que) a vontade\b",
    ),
    answers=pattern(
        r"\bcom certeza\b",
        r"\bclaro que sim\b",
    ),
    to_all=pattern(
        r"\bqualquer\b",
        r"\bquem (?:quiser|puder|tiver)\b",
        r"\bse alguem\b",
        r"\bse (?:voce )?quiser\b",
        r"\?",
    ),
    asks=pattern(
        r"\b(?:esta|ta|continua) (?:disponivel|livre|abert|vag)",
        r"\balguem (?:ja )?(?:esta )?(?:trabalhando|fazendo|pegou)\b",
    ),
    invites=pattern(
        r"\b(?:quer|gostaria de|topa|tem interesse em|pode|poderia)"
        r" (?:pegar|fazer|assumir|trabalhar|resolver)\b.*\?",
        r"\b(?:topa|quer)\?",
    ),
    accepts=pattern(
        r"^(?:sim|claro|pode ser|quero|com certeza|beleza|bora|aceito|topo|ok)\b(?!.*\bnao\b)",
    ),
)
