"""How Spanish speakers say who is on an issue.

Comes in: nothing. Goes out: the phrasebook, its patterns without accents (see `speech`).
"""

from bot.screening.phrasebook import END, Phrasebook, any_of, pattern, words

_NOUN = words(
    "issue issues tarea pr error bug archivo fichero pagina problema ticket tema traduccion "
    "funcionalidad parte incidencia item punto documento cambio mejora asunto capitulo"
)
_TAIL = any_of(
    words("si y pero como para hoy manana esta este pronto cuando yo porque ya ahora por desde"),
    r"el (?:fin de semana|lunes|martes|miercoles|jueves|viernes|sabado|domingo)",
    r"en (?:estos dias|cuanto|la tarde|la semana)",
)
_ALONE = rf"\b(?= ?(?:$|[^\w §#@]|{_TAIL}\b))"
_IT = any_of(
    rf"(?:est[aeo]|es[aeo]|la|el|una? de (?:est[ao]s|las|los)) (?:\w+ )?{_NOUN}\b",
    rf"(?:est[aeo]s?|es[aeo]s?|ello|ell[ao]s?){_ALONE}",
    r"#\d+",
    r"§",
)
_PULL = (
    r"(?:(?:un|el|mi|este|una|la) )?(?:\w+ )?(?:prs?|pull[- ]?requests?|parche|solucion|arreglo)\b"
)
_VERBS = words(
    "tomar coger agarrar hacer resolver arreglar solucionar implementar corregir traducir "
    "agregar anadir intentar terminar finalizar continuar completar realizar abordar atender"
)
_DEED = any_of(
    rf"{_VERBS}(?:l[oae]s?\b| {_IT})",
    rf"{_VERBS} (?:esta|este|el|la|un|una|los|las) traduccion",
    rf"(?:tomar|coger|agarrar|intentar|traducir)(?:{END}|(?= {_TAIL}\b))",
    rf"trabajar(?:l[oa])?(?: en| sobre| con)? {_IT}",
    rf"(?:encargar|ocupar|poner|hacer)(?:me|nos)(?: yo| cargo)?(?: (?:de|con) {_IT}|{END})",
    r"(?:contribuir|colaborar|ayudar|apoyar|participar|aportar)(?: (?:en|con|a|de)"
    rf" (?:{_IT}|traducir|la traduccion)|{END})",
    rf"(?:empezar|comenzar|seguir|continuar|quedarme) (?:con|por) {_IT}",
    rf"(?:abrir|hacer|mandar|enviar|subir|crear|preparar) {_PULL}",
    r"hacer (?:mi|una|esta|la) (?:\w+ )?(?:contribucion|traduccion)\b",
    r"l[oa] (?:resuelva|haga|tome|arregle|traduzca)\b",
    r"(?:que )?(?:me|nos) (?:l[oa] )?asign(?:es|en|aras|aran|ase)",
    r"quedarme(?:l[oa])?",
)
_FIRST = (
    r"(?: (?:yo|intentar|tratar de|empezar a|comenzar a|empezar|poder|seguir|ponerme a|ir a|mismo|"
    r"con gusto|por|ser (?:yo )?quien|llegar a))*"
)
_NOT_HOW = "".join(f"(?<!{word} )" for word in ("como", "que", "no", "donde", "cuando", "ojala"))
_I_WILL = (
    rf"{_NOT_HOW}\b(?:(?<!no se si )(?:puedo|podria|podre)|quiero|quisiera|queria|voy a|"
    r"me (?:gustaria|encantaria|animo a|interesa(?:ria)?|ofrezco (?:para|a)|propongo)|"
    r"(?:estoy |muy )*interesad[oa] en|dejen?me|dejame|pienso|planeo|intentare|tratare de|"
    r"estoy dispuest[oa] a|est(?:aria|are|oy) encantad[oa] de|me dispongo a)"
)
#: Other words on the way to the deed, but those that turn it.
_SO_FAR = (
    r"(?: (?!(?:que|como|no|saber|usar|si|cuando|alguien|cuenta|porque|ver|ustedes|mi)\b)\w+){0,4}?"
)
_MINE = words("tomo hago cojo agarro resuelvo arreglo traduzco pido quedo trabajo termino")

_CLAIMS = any_of(
    rf"{_I_WILL}(?:{_FIRST}|{_SO_FAR}) {_DEED}",
    r"\b(?:si|que) (?:yo )?l[oa] (?:hago|tomo|cojo|resuelvo)(?: yo)?\W*$",
    rf"(?<!no )(?:estoy )?interesad[oa](?: en {_IT})?{END}(?!.*\?)",
    rf"\bme interesa (?!.*(?:funcion|mejora)){_IT}",
    r"(?<!no )\bme (?:encargo|ocupo|encargare|ocupare|apunto|animo|sumo)\b(?: (?:yo|de|a|con|en)"
    rf" ?(?:{_IT})?)?{END}",
    rf"(?<!no )\bme (?:pido|quedo con) {_IT}",
    r"\bme l[oa] (?:pido|quedo|llevo)\b",
    rf"\bpara mi{END}",
    rf"(?<!no )\b(?:yo )?l[oa] (?:tomo|hago|cojo|agarro|resuelvo|arreglo|pillo)(?: yo)?{END}",
    rf"^(?:yo )?(?:{_MINE}) {_IT}",
    rf"\byo l[oa] {_MINE}",
    rf"\b{_MINE} yo{END}",
    rf"\bl[oa] {_MINE} hoy",
    rf"^(?:tomando|cogiendo|haciendo|resolviendo) {_IT}(?!.*\?)",
    rf"\b(?:comenzare|empezare) por {_IT}",
    rf"\b(?:empiezo|comienzo|sigo|continuo|me pongo)(?: a trabajar)? (?:con|en) {_IT}(?!.*\?)",
    r"(?<!no )\b(?:estoy|sigo|continuo) (?:ya )?(?:en ello|en eso|(?:con|haciendo|en)"
    rf" {_IT}|trabajando (?:ya )?(?:en|sobre|con) (?:{_IT}|{_PULL}))(?!.*proyecto)",
    rf"^(?:ya )?trabajando en {_IT}(?!.*\?)",
    r"\bl[oa] puedo hacer\b",
    rf"^puedo yo{END}",
    r"\bcont(?:ar|en|ad|a) conmigo\b",
    r"\bme hago cargo\b",
    rf"\b(?:dejo|va) aqui mi {_PULL}",
    rf"\b(?:estoy|sigo|continuo) (?:ya )?(?:preparando|haciendo|terminando|escribiendo) {_PULL}",
    rf"^yo(?: l[oa])? quiero{END}",
    rf"\btengo (?:ya )?(?:un|el|mi|una|la) {_PULL}",
    r"(?:\b(?:ya )?(?:he )?|^)(?:abri|abierto|envie|enviado|mande|mandado|subi|subido|hice|hecho|"
    r"cree|creado)(?: ya)? (?:un|el|mi|una) (?:\w+ )?(?:pr|pull[- ]?request)\b",
    r"\b(?:mando|envio|subo|hago|abro|abrire|mandare|enviare|subire|hare|acabo de"
    rf" (?:abrir|enviar|mandar|subir|hacer)) {_PULL}",
    r"^(?:aqui (?:esta|va|tienen) )?mi (?:pr|pull request)\b",
    r"\bpr (?:en camino|listo|abierto)\b",
    r"(?<!no )\basign[ae]n?(?:me|rme|rmel[oa]|mel[oa])\b",
    r"\basignar(?:me|mel[oa]|nosl[oa])\b",
    r"\basignar(?:l[oa])? a mi\b",
    r"(?<!no )(?<!para que )(?<!que )\bme (?:l[oa]s? )?asign(?:as|an|aras|aran|arias|arian)\b",
    r"(?<!no )\bme (?:l[oa]s? )?(?:pued\w+|podr\w+) (?:asignar|dar|pasar)(?! acceso)",
)
PHRASES = Phrasebook(
    claims=pattern(_CLAIMS),
    commands=pattern(r"^[./](?:tomar|asignar)\W*$"),
    unclaims=pattern(
        r"\bpero\b.*\bno tengo tiempo\b",
        r"\bno se si\b",
    ),
    offers=pattern(
        rf"{_I_WILL}{_FIRST} (?:ayudar|colaborar|contribuir|apoyar|participar|intentarlo)\b(?!"
        r" al?\b)",
        rf"\b(?:queremos|nos gustaria|vamos a|podemos|podriamos){_FIRST} {_DEED}",
    ),
    another=pattern(
        r"(?:@(?P<login>[\w-]+)|\balguien|\botra persona|\bestamos)(?: mas)?"
        r" (?:ya )?(?:esta )?(?:ya )?(?:trabajando (?:en|sobre|con)|haciendo|con|encargad[oa] de)"
        rf" (?:ello\b|{_IT})",
        r"\bya (?:l[oa] )?(?:tiene|tomo|hace|esta haciendo) (?:@(?P<login2>[\w-]+)|otra"
        r" persona|alguien)",
        r"\bya (?:esta|fue|ha sido|se encuentra|estaba) (?:asignad|tomad|ocupad)[oa](?: (?:a|por)"
        r" @(?P<login3>[\w-]+))?",
    ),
    unanother=pattern(
        r"\?",
        r"\b(?:si|no|nadie|cuando|hasta)\b",
    ),
    frees=pattern(
        r"\bya no (?:puedo|voy a|tengo|estoy (?:en|con|trabajando))",
        r"\bno (?:puedo|podre|voy a poder|consigo) (?:seguir|continuar|terminar|hacer|completar)"
        rf"(?:l[oa]\b|(?: con)? {_IT}|{END})",
        r"\bno (?:tengo|tuve) (?:mas |mucho )?tiempo\b",
        r"\bsin tiempo\b",
        r"\bl[oa] (?:dejo|libero|suelto)\b",
        r"\bdejar(?:l[oa]|e)?(?: \w+){0,4} para (?:otr|alguien)",
        r"\b(?:queda|esta|vuelve a estar|de nuevo|nuevamente) (?:de nuevo |otra vez |nuevamente"
        r" )?(?:libre|disponible)\b(?!.*\?)",
        r"\bliber(?:o|amos|ado|ada|ando)\b",
        r"\bdesasign(?:o|ado|ada|amos|ando|enme|arme|ame)\b",
        r"\balguien mas (?:puede|lo puede)",
        r"\bcualquiera puede\b",
        r"\bquien quiera\b.*\btom",
    ),
    hands_over=pattern(
        r"\b(?:asign|pas|d)[ae]\w* a (?:otr[ao]|alguien)",
        r"\bpara (?:otra persona|alguien mas)\b",
        r"\btod[oa] tuy[oa]\b",
        r"\bpuedes tomarl[oa]\b",
        r"\bsi alguien (?:mas )?quiere\b",
    ),
    stays=pattern(r"\b(?:todavia|aun|manana|hoy)\b|\bpero (?:sigo|seguire|ya)\b"),
    conditions=pattern(r"\bsi\b(?! (?:alguien|no hay))"),
    refuses=pattern(
        r"^(?:lo siento[,.]? )?por (?:ahora|el momento) no\b",
        r"^lo siento[,.]? no\b",
        r"\breservad[oa] para\b",
        r"\bno (?:l[oa]s? )?asigna",
        r"\b(?:elig|escog|busc|tom)\w+ (?:por favor )?otr[oa]\b(?! (?:nombre|forma))",
        r"\bya tienes (?:otr|\w+ (?:issue|tarea|asignad))",
        r"\bno empiec",
        r"\bpreferimos (?:esperar|dejar)",
    ),
    grants=pattern(
        r"(?<!mas )\badelante\b",
        r"\b(?:todo|toda|es|ahora) tuy[oa]\b",
        r"^dale\b",
        r"\b(?:te|se) l[oa] asig",
        r"\bte (?:asigno|asigne|he asignado)\b(?! otr)",
        r"^(?:@[\w-]+[,:]? )*asignad[oa]\b",
        r"\basignad[oa] a (?:ti|@[\w-]+)",
    ),
    answers=pattern(
        r"\bpuedes (?:tomarl|hacerl|empezar|trabajar)",
        r"\bpor supuesto\b",
        r"\bclaro que si\b",
    ),
    to_all=pattern(
        r"\bcualquier",
        r"\bquien (?:quiera|desee|guste)\b",
        r"\bsi alguien\b",
        r"\bel que quiera\b",
        r"\bsi quieren",
    ),
    asks=pattern(
        r"\b(?:sigue|esta|continua) (?:disponible|libre|abiert|vacante|tomad|asignad)",
        r"\balguien (?:esta )?(?:trabajando|haciendo|con)\b",
    ),
    invites=pattern(
        r"\b(?:quieres|te gustaria|te interesa|te animas|podrias|puedes)\b(?: a)?.*\?",
    ),
    accepts=pattern(
        r"^(?:si|claro|por supuesto|vale|dale|de acuerdo|ok|con gusto|perfecto|me"
        r" encantaria)\b(?!.*\bno\b)",
    ),
)
