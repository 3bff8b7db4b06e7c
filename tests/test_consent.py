"""No mail without the code, one question an address, and nothing lost when a run is killed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consent import (
    WHY,
    Standing,
    ask_once,
    confirmed_address,
    is_code,
    make_address,
    record_refusal,
)
from bot.errors import (
    ChannelStopped,
    DeliveryDeferred,
    DeliveryError,
    DeliveryInDoubt,
    DeliveryRefused,
    StudentsFailed,
)
from bot.register import Consent
from bot.rendering.confirmation import consent_text
from bot.terms import Locale
from tests.consent_steps import (
    ADDRESS,
    AT,
    KEY,
    Killed,
    ScriptedAsker,
    ScriptedRegister,
    consents,
    student,
)

LATER = AT + timedelta(days=7)
CODE = ADDRESS.code
WRONG = "AAAAA-AAAAA"
BLANK = Consent("ada-example", ADDRESS.id, "Old words.")
ASKED = replace(BLANK, asked_at=AT)
MAILED = replace(ASKED, mailed_at=AT)
DEAD = replace(BLANK, refused_at=AT)
PUT_OFF = replace(BLANK, n_deferrals=3)


@pytest.fixture
def register():
    return ScriptedRegister()


def error(kind):
    return kind("What happened.", "What to do.")


def ask(register, asker, who=None, **options):
    return ask_once(who or student(), consents(register), asker, LATER, **options)


def held(register):
    return register.consent("ada-example", ADDRESS.id)


@pytest.mark.parametrize(
    ("own", "clubs", "title"),
    [
        (None, "en", "Campus Open Source Club: may we write to you here?"),
        (None, "es", "Campus Open Source Club: ¿podemos escribirte aquí?"),
        ("es", "en", "Campus Open Source Club: ¿podemos escribirte aquí?"),
        ("en", "es", "Campus Open Source Club: may we write to you here?"),
    ],
)
def test_who_is_asked_reads_it_in_their_language_and_agrees_in_it(register, own, clubs, title):
    asker, spoken = ScriptedAsker(), replace(consents(register), locale=Locale(clubs))

    ask_once(student(locale=own), spoken, asker, LATER)

    (request,) = asker.sent
    assert request.letter.title == title
    assert held(register).text == consent_text("Campus Open Source Club", Locale(own or clubs))


@pytest.mark.parametrize(
    ("known", "code", "standing", "is_asked"),
    [
        (None, None, Standing.ASKED_NOW, True),
        (None, WRONG, Standing.ASKED_NOW, True),
        (None, CODE, Standing.CONFIRMED, False),
        (BLANK, None, Standing.ASKED_NOW, True),
        (replace(BLANK, n_deferrals=2), None, Standing.ASKED_NOW, True),
        (PUT_OFF, None, Standing.REFUSED, False),
        (PUT_OFF, CODE, Standing.CONFIRMED, False),
        (ASKED, None, Standing.IN_DOUBT, False),
        (ASKED, WRONG, Standing.IN_DOUBT, False),
        (ASKED, CODE, Standing.CONFIRMED, False),
        (MAILED, None, Standing.WAITING, False),
        (MAILED, WRONG, Standing.WRONG_CODE, False),
        (MAILED, CODE, Standing.CONFIRMED, False),
        (DEAD, None, Standing.REFUSED, False),
        (DEAD, CODE, Standing.REFUSED, False),
        (replace(MAILED, confirmed_at=AT), None, Standing.WAITING, False),
    ],
)
def test_who_was_never_asked_is_asked_and_nobody_else(register, known, code, standing, is_asked):
    if known:
        register.record_consent(known)
    asker = ScriptedAsker()
    assert ask(register, asker, student(confirmed=code)) is standing
    assert len(asker.sent) == is_asked
    assert standing is Standing.CONFIRMED or WHY[standing]
    again = ask(register, asker, student(confirmed=code))
    assert len(asker.sent) == is_asked
    if is_asked:
        assert again is (Standing.WRONG_CODE if code else Standing.WAITING)


def test_every_standing_but_yes_has_words_for_the_report():
    assert set(WHY) == set(Standing) - {Standing.CONFIRMED}


def test_the_mail_that_asks_goes_to_the_address_with_its_code_and_what_is_agreed_to(register):
    asker = ScriptedAsker()
    ask(register, asker)
    (request,) = asker.sent
    assert request.address == ADDRESS
    assert CODE in request.letter.text
    assert CODE in request.letter.html
    words = " ".join(request.letter.text.split())
    assert held(register).text in words
    assert held(register) == Consent(
        "ada-example", ADDRESS.id, held(register).text, asked_at=LATER, mailed_at=LATER
    )
    told = f"{request!r} {held(register)!r}"
    assert not [one for one in (ADDRESS.mailbox, CODE) if one in told]


@pytest.mark.parametrize("known", [BLANK, ASKED, MAILED, DEAD, PUT_OFF])
def test_who_asks_for_it_is_asked_again(register, known):
    register.record_consent(known)
    asker = ScriptedAsker()
    assert ask(register, asker, resend=True) is Standing.ASKED_NOW
    assert len(asker.sent) == 1
    now = held(register)
    assert (now.asked_at, now.mailed_at) == (LATER, LATER)
    assert (now.refused_at, now.n_deferrals) == (None, 0)
    assert now.text != "Old words."


def test_who_said_yes_is_not_asked_again(register):
    register.record_consent(MAILED)
    asker = ScriptedAsker()
    assert ask(register, asker, student(confirmed=CODE), resend=True) is Standing.CONFIRMED
    assert asker.sent == []


@pytest.mark.parametrize("known", [None, BLANK, replace(BLANK, n_deferrals=1)])
def test_a_question_that_surely_is_not_out_is_asked_in_the_next_run(register, known):
    if known:
        register.record_consent(known)
    asker = ScriptedAsker(error(ChannelStopped), error(DeliveryError))
    for kind in (ChannelStopped, DeliveryError):
        with pytest.raises(kind):
            ask(register, asker)
        assert held(register).asked_at is None
    assert ask(register, asker) is Standing.ASKED_NOW


def test_a_question_that_is_put_off_is_tried_three_times(register):
    asker = ScriptedAsker(*[error(DeliveryDeferred)] * 4)
    assert [ask(register, asker) for _ in range(3)] == [Standing.DEFERRED] * 3
    assert held(register).asked_at is None
    assert held(register).n_deferrals == 3
    assert ask(register, asker) is Standing.REFUSED
    assert len(asker.errors) == 1


def test_a_question_that_is_refused_is_never_asked_again(register):
    asker = ScriptedAsker(error(DeliveryRefused))
    assert [ask(register, asker) for _ in range(2)] == [Standing.REFUSED] * 2
    assert held(register).refused_at == LATER
    assert held(register).asked_at is None
    assert asker.sent == []


def test_a_question_in_doubt_stays_so_until_a_person_asks(register):
    asker = ScriptedAsker(error(DeliveryInDoubt))
    assert [ask(register, asker) for _ in range(3)] == [Standing.IN_DOUBT] * 3
    assert (held(register).asked_at, held(register).mailed_at) == (LATER, None)
    assert ask(register, asker, resend=True) is Standing.ASKED_NOW


def test_a_second_try_that_fails_takes_nothing_of_the_first_back(register):
    register.record_consent(ASKED)
    with pytest.raises(ChannelStopped):
        ask(register, ScriptedAsker(error(ChannelStopped)), resend=True)
    assert held(register) == ASKED


@pytest.mark.parametrize("resend", [False, True])
@pytest.mark.parametrize("dies", ["before the intent", "while sending", "before the record"])
def test_a_run_that_is_killed_anywhere_never_leads_to_a_second_question(register, dies, resend):
    if resend:
        register.record_consent(MAILED)
    written = register.n_writes
    register.dies_at = {"before the intent": written + 1, "before the record": written + 2}.get(
        dies, 0
    )
    asker = ScriptedAsker(Killed() if dies == "while sending" else None)
    with pytest.raises(Killed):
        ask(register, asker, resend=resend)
    register.dies_at = 0
    n_sent = len(asker.sent)
    assert n_sent == (dies != "before the intent")
    standing = ask(register, asker)
    if dies == "before the intent":
        assert standing is (Standing.WAITING if resend else Standing.ASKED_NOW)
        assert len(asker.sent) == (0 if resend else 1)
    else:
        assert standing is Standing.IN_DOUBT
        assert len(asker.sent) == n_sent
    assert ask(register, asker, student(confirmed=CODE)) is Standing.CONFIRMED


@pytest.mark.parametrize("way", ["file", "form"])
def test_a_code_opens_the_way_and_the_first_time_is_written_down(register, way):
    register.record_consent(MAILED)
    if way == "form":
        register.record_code("ADA-example", CODE)
    who = student(confirmed=CODE if way == "file" else None)
    assert confirmed_address(who, consents(register), AT) == ADDRESS
    assert held(register) == replace(MAILED, confirmed_at=AT)
    n_writes = register.n_writes
    assert confirmed_address(who, consents(register), LATER) == ADDRESS
    assert register.n_writes == n_writes


def test_a_handed_over_code_counts_without_any_record(register):
    assert confirmed_address(student(confirmed=CODE), consents(register), AT) == ADDRESS
    assert held(register).confirmed_at == AT
    assert "Campus Open Source Club" in held(register).text


def test_either_code_is_enough(register):
    register.record_code("ada-example", WRONG)
    assert confirmed_address(student(confirmed=CODE), consents(register), AT) == ADDRESS
    register.record_code("ada-example", CODE)
    assert confirmed_address(student(confirmed=WRONG), consents(register), AT) == ADDRESS


@pytest.mark.parametrize(("code", "why"), [(None, "has not confirmed"), (WRONG, "is not the one")])
@pytest.mark.parametrize("known", [None, ASKED, MAILED, replace(MAILED, confirmed_at=AT)])
def test_without_the_code_there_is_no_address(register, known, code, why):
    if known:
        register.record_consent(known)
    expected = "has not confirmed" if known in (None, ASKED) else why
    with pytest.raises(StudentsFailed, match=expected) as caught:
        confirmed_address(student(confirmed=code), consents(register), LATER)
    assert "--resend ada-example" in caught.value.advice
    assert ADDRESS.mailbox not in str(caught.value)
    assert CODE not in str(caught.value)
    assert held(register) == known


def test_an_address_that_takes_no_mail_gets_none_even_with_its_code(register):
    record_refusal(student(), consents(register), AT)
    assert held(register).refused_at == AT
    with pytest.raises(DeliveryRefused, match="ada-example"):
        confirmed_address(student(confirmed=CODE), consents(register), LATER)
    moved = make_address(KEY, "ada-example", "ada.new@reader.example.org")
    who = student(confirmed=moved.code)
    assert confirmed_address(who, consents(register, moved), LATER) == moved


def test_a_code_of_an_old_address_opens_no_new_one(register):
    moved = make_address(KEY, "ada-example", "ada.new@reader.example.org")
    asker = ScriptedAsker()
    who = student(confirmed=CODE)
    assert ask_once(who, consents(register, moved), asker, AT) is Standing.ASKED_NOW
    assert ask_once(who, consents(register, moved), asker, AT) is Standing.WRONG_CODE


@settings(deadline=None)
@given(st.emails().filter(str.isascii), st.sampled_from([str.lower, str.upper, str.title]))
def test_a_code_is_known_however_people_write_it(mailbox, case):
    code = make_address(KEY, "ada-example", mailbox).code
    assert len(code) == 11
    assert code[5] == "-"
    assert not set("ILOU") & set(code)
    spoken = code.replace("0", "O").replace("1", "l")
    for written in (code, spoken, code.replace("-", ""), " ".join(code), f" {code}\t"):
        assert is_code(case(written), code)
    assert not is_code(code[:-1], code)
    assert not is_code("", code)
    assert not is_code(code + "é", code)
