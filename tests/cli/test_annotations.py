"""Problems as annotations: each at its place, none of them a command of a stranger's."""

from hypothesis import given
from hypothesis import strategies as st

from bot.cli.annotations import MOST, annotate


def test_a_problem_is_shown_at_its_line():
    assert list(annotate(["config/club.yaml:3: `pick` is no key; write `picks`"])) == [
        "::error file=config/club.yaml,line=3::`pick` is no key; write `picks`"
    ]


def test_signs_that_mean_something_to_actions_are_escaped():
    (line,) = annotate(["a,b%.yaml:1: 50%\r\n::set-output name=x::y"])
    assert line == "::error file=a%2Cb%25.yaml,line=1::50%25%0D%0A::set-output name=x::y"


def test_what_has_no_place_is_shown_without_one():
    assert list(annotate(["nowhere"])) == ["::error::nowhere"]


def test_the_last_that_is_shown_counts_the_rest():
    problems = [f"a.yaml:{n}: wrong" for n in range(1, 26)]
    shown = list(annotate(problems))
    assert len(shown) == MOST
    assert shown[-1] == "::error::16 further problems stand in the log."
    assert len(list(annotate(problems[:MOST]))) == MOST


@given(st.lists(st.text(), max_size=12))
def test_every_annotation_is_one_line(problems):
    for line in annotate(problems):
        assert line.startswith("::error")
        assert not {"\r", "\n"} & set(line)
