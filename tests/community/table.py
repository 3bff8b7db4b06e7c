"""The sixty projects in a table: which pieces each is made of.

Comes in: nothing. Goes out: `ROWS`. A line tells repository, language, topics and stars, then the
names of pieces: how newcomers are met, guide, README, discussions, code of conduct.
"""

from dataclasses import dataclass

TABLE = """
reefwright/tidebook Python astronomy,data-visualization 420|quick|assign|badge|asking|root
reefwright/starlog Python astronomy,telescopes 910|many|ask|forum|answered|root
moorland/heathmap Python maps,ecology 130|slow|ask, name tools|matrix|off|github
moorland/peatcore Python ecology,climate 64|none|none|plain|off|none
quillhouse/inkwell Python writing,markdown 250|noisy|take|plain|empty|none
quillhouse/margin Python writing,education 310|fresh|just open it|chat and forum|asking|docs
lowtide/sandpiper Python birds,audio 188|regulars|contradiction|dead|off|root
lowtide/curlew Python birds,machine-learning 77|patchy|about AI|badge and thanks|answered|none
oddbell/chime Python music,audio 95|silent|build only|thanks|off|none
oddbell/carillon Python music,education 340|ghosts|not /assign|zulip|asking|github
fernhollow/seedling JavaScript games,education 1200|quick|no AI|slack|answered|root
fernhollow/bramble JavaScript games,accessibility 510|owner|claim|plain|off|none
fernhollow/thicket JavaScript accessibility,design 89|crowded|workflow|badge|asking|docs
lampblack/wick JavaScript photography,design 61|machines|none|dead|off|none
lampblack/snuffer JavaScript photography,web 203|wordless|own words|gitter|empty|root
lampblack/taper JavaScript web,markdown 145|long ago|ask|forum|asking|none
pebblework/skimmer JavaScript data-visualization,maps 870|many|take|chat and forum|answered|github
pebblework/cairn JavaScript maps,hiking 112|slow|build only|thanks|empty|none
pebblework/scree JavaScript hiking,health 58|none|none|thanks|off|none
windmere/spinnaker TypeScript sailing,weather 690|quick|ask, name tools|matrix|asking|root
windmere/leeward TypeScript weather,climate 233|fresh|assign|slack|off|none
windmere/doldrum TypeScript weather,maps 174|patchy|not /assign|plain|answered|docs
applecart/pippin TypeScript cooking,health 402|regulars|just open it|badge and thanks|asking|none
applecart/russet TypeScript cooking,accessibility 98|noisy|contradiction|zulip|off|github
applecart/crumble TypeScript cooking,education 71|none|none|dead|off|none
tinderbox/flint TypeScript testing,web 1500|owner|claim|gitter|answered|root
tinderbox/steel TypeScript testing,design 156|ghosts|workflow|forum|off|none
tinderbox/amadou TypeScript photography,web 68|machines|none|plain|off|none
harrowgate/drover Go networking,monitoring 2100|quick|take|chat and forum|asking|root
harrowgate/stile Go networking,security 760|many|ask|slack|answered|none
harrowgate/wether Go monitoring,weather 138|wordless|about AI|matrix|empty|none
harrowgate/fleece Go databases,security 63|none|none|plain|off|none
saltmarsh/samphire Go databases,maps 287|slow|own words|badge|asking|github
saltmarsh/avocet Go birds,monitoring 119|regulars|no AI|plain|off|docs
saltmarsh/creek Go files,networking 390|crowded|assign|thanks|answered|none
saltmarsh/sluice Go files,testing 82|long ago|just open it|dead|off|none
bellrope/sally Go music,games 155|fresh|contradiction|zulip|asking|root
bellrope/treble Go music,web 101|patchy|not /assign|forum|empty|none
hearthstone/ember Rust games,graphics 980|quick|ask|badge and thanks|answered|root
hearthstone/cinder Rust graphics,photography 320|noisy|take|slack|asking|none
hearthstone/clinker Rust graphics,design 74|silent|workflow|plain|off|none
mothwing/lantern Rust ecology,photography 211|ghosts|ask, name tools|matrix|empty|github
mothwing/hawker Rust ecology,audio 143|owner|build only|gitter|off|none
mothwing/pinion Rust birds,maps 59|none|none|dead|off|none
cobblebridge/keystone Rust databases,files 1300|many|claim|chat and forum|asking|docs
cobblebridge/abutment Rust files,security 266|slow|no AI|thanks|answered|root
cobblebridge/voussoir Rust testing,markdown 184|regulars|assign|badge|off|none
inglenook/settle Java education,writing 540|quick|not /assign|forum|asking|root
inglenook/fender Java health,monitoring 127|fresh|ask|plain|off|none
inglenook/andiron Java health,data-visualization 66|machines|none|plain|off|none
hollyhock/stamen Java ecology,education 199|patchy|just open it|slack|answered|github
hollyhock/petal Java climate,web 92|wordless|contradiction|dead|off|none
hollyhock/sepal Java climate,maps 107|long ago|own words|zulip|asking|none
stonecrop/lichen C++ graphics,astronomy 830|many|about AI|badge|asking|root
stonecrop/mossbank C++ audio,music 215|ghosts|take|matrix|off|none
stonecrop/orpine C++ sailing,maps 57|none|none|plain|off|none
ropewalk/hawser C++ sailing,games 178|noisy|claim|chat and forum|answered|docs
ropewalk/bollard C++ networking,files 245|owner|no AI|plain|off|none
ropewalk/fairlead Ruby web,accessibility 610|quick|assign|gitter|asking|root
ropewalk/marlin Ruby writing,cooking 69|machines|none|thanks|off|none
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    repository: str
    language: str
    topics: tuple[str, ...]
    stars: int
    pulls: str
    guide: str
    front: str
    forum: str
    conduct: str

    @property
    def slug(self) -> str:
        return self.repository.partition("/")[2]

    @property
    def url(self) -> str:
        return f"https://github.com/{self.repository}"


def _read(line: str) -> Row:
    head, *pieces = line.split("|")
    repository, language, topics, stars = head.split()
    return Row(repository, language, tuple(topics.split(",")), int(stars), *pieces)


ROWS = tuple(map(_read, TABLE.strip().splitlines()))
