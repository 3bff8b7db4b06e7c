"""Candidates: the part of the corpus that a student asked for.

Comes in: the corpus as a catalogue, with where it speaks of interests. Goes out: the rows of a
student's candidates, in the corpus' order; a digest counts them as "looked at".
"""

from collections.abc import Collection

import numpy as np

from bot.corpus.interest import Matcher
from bot.corpus.texts import Ints
from bot.subscriptions.student import Subscription


def choose_candidates(student: Subscription, matcher: Matcher, homes: Collection[str] = ()) -> Ints:
    """The issues in a language that the student named, or of an interest if they named none.

    Those of the repositories where the student is at home (folded) come on top, whatever their
    language: `help wanted` is enough there.

    The language is the repository's main one, the only one that GitHub's issue search knows; where
    an interest matches, any language that the repository holds will do.
    """
    catalogue = matcher.catalogue
    is_wished = np.zeros(len(catalogue), bool)
    for interest in student.interests:
        is_wished[matcher.find(interest).rows] = True
    is_home = np.array([one.name.casefold() in homes for one in catalogue.repositories], bool)
    at_home = is_home[catalogue.project_of] if homes else np.zeros(len(catalogue), bool)
    if not student.languages:
        return np.flatnonzero(is_wished | at_home).astype(np.int32)
    is_main, is_held = (np.zeros(len(catalogue.repositories), bool) for _ in range(2))
    for language in student.languages:
        projects, shares = catalogue.speakers(language)
        is_held[projects] = True
        is_main[projects[shares >= 1.0]] = True
    spoken, held = is_main[catalogue.project_of], is_held[catalogue.project_of]
    return np.flatnonzero(spoken | (held & is_wished) | at_home).astype(np.int32)
