"""Repositories, branches, people: what keeps digests from being posted or seen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.doctor.finding import Finding, Seen, Severity, listed
from bot.doctor.people import Place, Reader, Roles, judge_mentors, judge_officers, judge_readers
from bot.doctor.repository import (
    BranchSeen,
    RepositorySeen,
    StateBranch,
    judge_branch,
    judge_posts,
    judge_state,
)
from tests.stage import CLUB_REPOSITORY, NOW

HOME = RepositorySeen(CLUB_REPOSITORY, is_private=True)
ROLES = Roles(
    readers=frozenset({"ada-example", "grace-example"}),
    pushers=frozenset({"grace-example"}),
    admins=frozenset({"grace-example"}),
    invited=Seen(frozenset({"ben-example"})),
)
PRIVATE = Place(CLUB_REPOSITORY, is_private=True, roles=Seen(ROLES))
PUBLIC = replace(PRIVATE, is_private=False)


def told(findings) -> list[tuple[str, str]]:
    return [(one.severity.value, one.what) for one in findings]


def branch(*rules: str, protected: bool = False) -> Seen[BranchSeen]:
    return Seen(BranchSeen("main", NOW, protected, Seen(frozenset(rules))))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"is_archived": True}, "is archived"),
        ({"is_disabled": True}, "is disabled"),
        ({"has_issues": False}, "Issues are switched off"),
    ],
)
def test_a_repository_that_takes_no_issue_must_be_mended(change, what):
    [found] = judge_posts(Seen(replace(HOME, **change)), CLUB_REPOSITORY)
    assert found.severity is Severity.FAULT
    assert what in found.what


def test_a_repository_that_cannot_be_seen_must_be_mended():
    [found] = judge_posts(Seen(blind="the token lacks access to it"), CLUB_REPOSITORY)
    assert found.severity is Severity.FAULT


@pytest.mark.parametrize("rule", ["pull_request", "update", "required_status_checks"])
@pytest.mark.parametrize(("is_public", "severity"), [(True, "fault"), (False, "warning")])
def test_rules_that_refuse_a_push_refuse_the_weekly_commit(rule, is_public, severity):
    [found] = judge_branch(branch(rule, "deletion"), is_public=is_public)
    assert (found.severity, f"({rule})" in found.what) == (severity, True)
    assert "FOOTHOLD_GIT_TOKEN" in found.todo


def test_rules_against_deletion_and_force_refuse_nothing_of_ours():
    [found] = judge_branch(branch("deletion", "non_fast_forward"), is_public=True)
    assert found.severity is Severity.OK


def test_an_older_protection_may_refuse_it_and_nobody_can_tell():
    [found] = judge_branch(branch(protected=True), is_public=True)
    assert found.severity is Severity.WARNING


def test_rules_that_nobody_could_read_are_not_called_right():
    blind = Seen(BranchSeen("main", NOW, False, Seen(blind="no right")))
    [found] = judge_branch(blind, is_public=True)
    assert found.severity is Severity.UNSEEN


def test_a_state_branch_tells_its_age_and_a_missing_one_how_to_get_it_back():
    [there] = judge_state(Seen(StateBranch(NOW - timedelta(days=3))), NOW)
    assert (there.severity, "3 days ago" in there.what) == (Severity.OK, True)
    [gone] = judge_state(Seen(StateBranch(None)), NOW)
    assert (gone.severity, "state rebuild" in gone.todo) == (Severity.WARNING, True)


def test_who_cannot_see_the_private_repository_is_named():
    readers = [Reader("Ada-example", public=False), Reader("chiyo-example", public=False)]
    [found] = judge_readers(PRIVATE, readers)
    assert told([found]) == [("fault", f"chiyo-example cannot see {CLUB_REPOSITORY}.")]
    assert found.names == ("chiyo-example",)


def test_an_invitation_that_waits_is_no_fault():
    [found] = judge_readers(PRIVATE, [Reader("ben-example", public=False)])
    assert found.severity is Severity.WARNING
    assert "did not answer the invitation" in found.what


def test_invitations_that_nobody_could_read_are_left_open():
    roles = replace(ROLES, invited=Seen(blind="no right"))
    [found] = judge_readers(replace(PRIVATE, roles=Seen(roles)), [Reader("ben-example", False)])
    assert "(unless they are invited)" in found.what


def test_in_a_public_repository_each_must_have_agreed():
    [found] = judge_readers(PUBLIC, [Reader("ada-example", True), Reader("ben-example", False)])
    assert (found.severity, found.names) == (Severity.FAULT, ("ben-example",))
    [found] = judge_readers(PUBLIC, [Reader("ada-example", True)])
    assert found.severity is Severity.OK


def test_roles_that_nobody_could_read_are_not_called_right():
    place = replace(PRIVATE, roles=Seen(blind="no right"))
    assert [one.severity for one in judge_readers(place, [Reader("ada-example", False)])] == [
        Severity.UNSEEN
    ]
    assert [one.severity for one in judge_officers(place)] == [Severity.UNSEEN]


def test_a_mentor_must_see_the_review():
    findings: list[Finding] = [
        *judge_mentors(PRIVATE, ["grace-example", "hal-example"], is_reviewed=True)
    ]
    assert told(findings) == [("fault", f"hal-example cannot see {CLUB_REPOSITORY}.")]
    assert list(judge_mentors(PRIVATE, ["grace-example", "hal-example"], is_reviewed=False)) == []


def test_a_review_stands_in_no_public_repository():
    two = ["grace-example", "hal-example"]
    [found] = judge_mentors(PUBLIC, two, is_reviewed=True)
    assert (found.severity, "private_repository" in found.todo) == (Severity.FAULT, True)


def test_what_hangs_on_one_person_is_told():
    [mentor] = judge_mentors(PUBLIC, ["grace-example"], is_reviewed=False)
    [admin] = judge_officers(PRIVATE)
    assert [mentor.severity, admin.severity] == [Severity.WARNING] * 2
    assert "second officer an admin" in admin.todo
    [owner] = judge_officers(replace(PRIVATE, repository="Grace-example/digests"))
    assert "an organisation" in owner.todo
    two = replace(ROLES, admins=frozenset({"grace-example", "hal-example"}))
    assert list(judge_officers(replace(PRIVATE, roles=Seen(two)))) == []


def test_many_names_are_a_few_and_a_number():
    assert listed(f"s{n}" for n in range(8)) == "s0, s1, s2, s3, s4 and 3 more"
