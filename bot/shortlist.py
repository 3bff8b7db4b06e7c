"""The shortlist: the issues whose details are worth reading, until every student has enough.

Comes in: each student's issues in order, how many places there are, what is known. Goes out: the
shortlist as it is known after reading.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.allocation.rules import WEAK_LOG_ODDS
from bot.harvest.enrich import Enriched
from bot.harvest.issue import Issue, Repository
from bot.ranking.past import NO_PAST, Past
from bot.ranking.rank import Ranker
from bot.subscriptions.student import Subscription
from bot.terms import IssueRef

#: Details are read for so many issues a pick or spare: of likely open issues, 43 % turn out to be
#: taken or no task (RecGFI 4.5), and two of a repository are the most.
PER_PLACE = 5
#: One that was looked at before, and is left, stands for so many that were not: two for a place
#: are enough, for of such one in four is gone after three days (store.BELIEVED_FOR).
LOOKED_AT_COUNTS = 2.5
#: So many of one repository, beside as many that clubmates of the same taste added: two are the
#: most of a digest, and one may fall away.
MAX_OF_REPOSITORY = 3
#: So many of them are new to the club's shortlist, however alike the tastes.
NEW_PER_PLACE = 2
#: What details can add (clarity, an interest in the text) lifts no issue from below this.
HOPELESS_LOG_ODDS = WEAK_LOG_ODDS - 1
#: Nobody's list is longer: forty students of one taste and ten picks are served from it.
DEEPEST = 1_000
#: Where most of a shortlist falls away, the next ones are read, so many times in all.
MAX_ROUNDS = 3


def order_pages(
    ranker: Ranker, issues: Iterable[Issue], student: Subscription, past: Past = NO_PAST
) -> tuple[IssueRef, ...]:
    """The issues worth a look, best first by what pages and facts tell."""
    ranked = ranker.rank(student, ranker.matcher.catalogue.rows(issues), DEEPEST, past)
    return tuple(one.issue.ref for one in ranked if one.log_odds >= HOPELESS_LOG_ODDS)


def choose_shortlist(
    orders: Mapping[str, Sequence[IssueRef]],
    n_places: Mapping[str, int],
    known: Mapping[IssueRef, Issue],
) -> dict[IssueRef, Issue]:
    """Enough of what is known for every student, beside the others.

    Students of one taste rank the same issues first; so each adds some that nobody added before.
    """
    pool: dict[IssueRef, Issue] = {}
    for login, order in orders.items():
        n_left, n_new = (float(n * n_places[login]) for n in (PER_PLACE, NEW_PER_PLACE))
        n_of, n_new_of = Counter[str](), Counter[str]()
        for ref in order:
            if n_left <= 0 and n_new <= 0:
                break
            name, is_new = ref.repository, ref not in pool
            is_wanted = n_of[name] < MAX_OF_REPOSITORY
            if ref not in known or not (is_wanted or (is_new and n_new_of[name] < n_of[name])):
                continue
            count = 1 if known[ref].details is None else LOOKED_AT_COUNTS
            n_left -= count if is_wanted else 0
            n_new -= count if is_new else 0
            n_of[name] += is_wanted
            n_new_of[name] += is_new
            pool[ref] = known[ref]
    return pool


def read_shortlist(
    choose: Callable[[Mapping[IssueRef, Issue]], Mapping[IssueRef, Issue]],
    known: Mapping[IssueRef, Issue],
    read: Callable[[Sequence[Issue]], Enriched],
    is_out: Callable[[Issue], bool],
) -> Enriched:
    """Read what is chosen of what is known, and choose again without what is out, until it stays.

    What GitHub no longer shows is not among the issues.
    """
    left, told = dict(known), Enriched({})
    for _ in range(MAX_ROUNDS):
        unread = [issue for ref, issue in choose(left).items() if ref not in told.issues]
        if not unread or told.has_ended:
            break
        fresh = read(unread)
        for issue in unread:
            seen = fresh.issues.get(issue.ref)
            if seen is None or is_out(seen):
                del left[issue.ref]
            else:
                left[issue.ref] = seen
        told = told.followed_by(fresh)
    return told


def as_on_pages(issues: Iterable[Issue]) -> Iterator[Issue]:
    """The issues without details and track records: their order is the same whatever was looked at.

    Issues of one project go on sharing one object for it.
    """
    bare: dict[int, Repository] = {}
    for issue in issues:
        known = issue.repository
        repository = bare.setdefault(id(known), _without_record(known))
        yield replace(issue, repository=repository, details=None)


def _without_record(repository: Repository) -> Repository:
    facts = repository.facts
    if facts is None or facts.record is None:
        return repository
    return replace(repository, facts=replace(facts, record=None))
