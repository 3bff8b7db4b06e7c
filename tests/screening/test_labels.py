import pytest

from bot.screening.labels import current_labels, filed, has_invitation
from tests.builders_core import build_details


def test_the_labels_that_were_read_last_hold():
    assert current_labels(build_details(labels=("bug",)), ("easy",)) == ("bug",)
    assert current_labels(build_details(labels=()), ("easy",)) == ()


@pytest.mark.parametrize("details", [None, build_details(labels=None)])
def test_where_nobody_told_new_labels_the_old_ones_hold(details):
    assert current_labels(details, ("easy",)) == ("easy",)


def test_a_label_counts_with_and_without_its_category():
    assert filed(["Status: Blocked", "never stale"]) == {"status blocked", "blocked", "never stale"}


@pytest.mark.parametrize("label", ["Good First Issue", "E-easy", "jump in", "help wanted"])
def test_one_invitation_is_enough(label):
    assert has_invitation(["bug", label])


@pytest.mark.parametrize("labels", [[], ["bug", "enhancement"]])
def test_other_labels_invite_nobody(labels):
    assert not has_invitation(labels)
