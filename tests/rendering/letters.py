"""Letters to look at and to test with: one in which everything is said, a quiet one, a long one."""

from datetime import UTC, datetime

from bot.community.places import Contact
from bot.digest import ClubEvent, EarlierPick, Peer, Person, Question
from bot.sayings import as_written
from bot.terms import Claiming
from tests.builders import build_digest, build_letter, build_pick

#: Every part of a digest, and a pick of which little is verified.
FULL = build_letter(
    digest=build_digest(
        picks=(
            build_pick(),
            build_pick(
                repository="tidepool/harbor",
                number=7,
                title="Name the quays",
                url="https://github.com/tidepool/harbor/issues/7",
                claiming=Claiming.ASSIGN_COMMAND,
                verified_at=None,
                free=None,
            ),
            build_pick(repository="never/shown", title="A spare pick", spare=True),
        ),
        questions=(
            Question(
                "lumen-lab/starcharts",
                "How is a chart flipped?",
                "https://github.com/lumen-lab/starcharts/discussions/40",
            ),
        ),
        peers=(Peer("bo-example", "tidepool/harbor"),),
        events=(
            ClubEvent(
                "Hack night", datetime(2026, 11, 27, 22, tzinfo=UTC), "https://club.example.org/h"
            ),
        ),
        earlier=(EarlierPick("tidepool/harbor", 3, "merged"),),
        notes=(as_written("Two projects were slow this week"),),
    )
)
#: Nothing to offer, and why.
QUIET = build_letter(
    digest=build_digest(picks=(), notes=(as_written("All 12 issues in Rust were taken"),))
)

_LONG_WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
_LONG_ADDRESS = "https://docs.example.org/en/latest/reference/" + "configuration_of_everything/" * 3
#: Words, names and addresses without a place to break.
LONG = build_letter(
    greeting="Wolfeschlegelsteinhausenbergerdorff-Wittgenstein the Third",
    club="The Very Long Named Society for Open Source at the Polytechnic of the Outer Islands",
    digest=build_digest(
        picks=(
            build_pick(
                repository="an-organisation-of-thirty-nine-letters/a-repository-with_a_long_name",
                title=f"{_LONG_ADDRESS} answers 404",
                description=f"See {_LONG_ADDRESS}",
                ai_policy=f"Read {_LONG_ADDRESS}",
            ),
            build_pick(title=_LONG_WORD, people=(Person("m" * 39, 5, 6),)),
            build_pick(
                title="A title of as many words as a title may have, for somebody wished to say "
                "all of it at once, from the first sign to the last cause",
                channels=(Contact("chat", _LONG_ADDRESS), Contact(_LONG_WORD, _LONG_ADDRESS)),
            ),
        ),
        questions=(Question("o/r", _LONG_WORD, "https://github.com/o/r/discussions/1"),),
        peers=(Peer("n" * 39, "o/" + "r" * 90),),
        notes=(as_written(_LONG_WORD), as_written(_LONG_ADDRESS)),
    ),
)
