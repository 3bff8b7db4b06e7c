"""Who edited a post or a comment last, which GitHub's REST interface does not tell.

Comes in: node ids. Goes out: `Edit`s. Whose words a text is, is who edited it last: whoever may
write in a repository may edit what others said there.
"""

from collections.abc import Mapping, Sequence

from pydantic import AwareDatetime

from bot.adapters.github_documents import document
from bot.adapters.github_post_trust import GHOST
from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.payloads import Actor, Payload, parse

#: So many nodes are asked for at once: GitHub's most.
_N_ASKED = 100


class Edit(Payload):
    """Who edited something last, and when; both None where nobody ever did."""

    id: str
    last_edited_at: AwareDatetime | None = None
    editor: Actor | None = None

    @property
    def login(self) -> str:
        return self.editor.name() if self.editor else GHOST


def read_edits(wire: GraphQLWire, node_ids: Sequence[str]) -> Mapping[str, Edit]:
    """By node id; what is gone is missing."""
    found: dict[str, Edit] = {}
    for begin in range(0, len(node_ids), _N_ASKED):
        some = list(node_ids[begin : begin + _N_ASKED])
        answer = wire.send(document("read_editors"), {"ids": some})
        told = (parse(Edit, node) for node in answer.data.get("nodes") or ())
        found |= {one.id: one for one in told if one is not None}
    return found
