"""The basket: what pages and questions bring goes on top of what is kept."""

from datetime import timedelta

from bot.harvest.basket import Basket
from tests.builders_core import NOW, build_facts, build_issue, build_record, build_repository


def test_facts_that_are_read_anew_leave_the_record():
    known = build_repository(facts=build_facts(record=build_record()))
    basket = Basket.of([build_issue(1, repository=known)], NOW - timedelta(days=28))

    basket.add_facts({known.id: build_facts(topics=("new",), record=None)}, [known])

    assert basket.known(known).facts == build_facts(topics=("new",), record=build_record())
