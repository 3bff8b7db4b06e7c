"""The words in which a wrong value is told."""

import pytest

from tests.subscriptions.folder import WISH, Folder

JARGON = ("Input should", "valid", "str_", "tuple", "dict", "None", "enum", "[type=", "pydantic")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("langages: [Go]", "1: there is no key `langages`; did you mean `languages`?"),
        ("Interests: [maps]", "1: there is no key `Interests`; did you mean `interests`?"),
        ("interest:", "1: there is no key `interest`; did you mean `interests`?"),
        ("login: ada", "1: the file's name is the login already; take this line out"),
        ("name: [a]", "1: `name` cannot be a list; write one text"),
        ("name: {a: b}", "1: `name` cannot be a mapping; write one text"),
        ("name: ''", "1: `name` is empty; write something, or take it out"),
        (f"name: {'x' * 101}", "1: `name` is too long; write 100 signs or less"),
        ("languages: Go, Rust", "1: `languages` needs a list; write `languages: [Go, Rust]`"),
        ("kinds: docs", "1: `kinds` needs a list; write `kinds: [docs]`"),
        (
            "kinds: [docs, art]",
            (
                "1: `kinds` cannot hold `art`; "
                "write code, docs, tests, design, translation or triage"
            ),
        ),
        (
            "languages: {Go: expert}",
            "1: `languages.Go` cannot be `expert`; write fluent or learning",
        ),
        ("languages: {Go: }", "1: `languages.Go` is empty; write something, or take it out"),
        (
            "languages:\n  - Go\n  - Pytn",
            "3: Pytn is no language that GitHub knows; did you mean Python?",
        ),
        (
            "languages:\n  Go: fluent\n  React: fluent",
            "3: React is no language but a topic; put it under interests",
        ),
        (
            "languages:\n  - Go\n  -",
            "3: an entry of `languages` is empty; write something, or take it out",
        ),
        (
            f"languages: [{'Go, ' * 21}]",
            "1: `languages` is too long a list; keep the 20 that matter most",
        ),
        (
            "avoid:\n  topics:\n  - ''",
            "3: an entry of `avoid.topics` is empty; write something, or take it out",
        ),
        (
            "avoid: [a/b]",
            "1: `avoid` needs keys of its own; write one or more of repositories, owners, topics",
        ),
        (
            "avoid: {repos: [a/b]}",
            "1: there is no key `repos`; the keys are repositories, owners, topics",
        ),
        (
            "avoid: {repositories: [numpy]}",
            (
                "1: `numpy` in `avoid.repositories` is no repository; "
                "write owner/name, such as campus-club/digests"
            ),
        ),
        (
            "avoid: {owners: [a/b]}",
            (
                "1: `a/b` in `avoid.owners` is no owner of repositories; "
                "write the login alone, such as octo-org"
            ),
        ),
        (
            "level: Beginner",
            "1: `level` cannot be `Beginner`; write first-timer, beginner or intermediate",
        ),
        ("channel: mail", "1: `channel` cannot be `mail`; write issue, email or file"),
        ("locale: no", "1: `locale` cannot be `no`; write en or es"),
        ("every: month", "1: `every` cannot be `month`; write week, 2 weeks or 4 weeks"),
        ("picks: five", "1: `picks` cannot be `five`; write a whole number, such as 5"),
        ("picks: 2.5", "1: `picks` cannot be `2.5`; write a whole number, such as 5"),
        ("picks: 0", "1: `picks` is too small; write 1 or more"),
        ("picks: 11", "1: `picks` is too large; write 10 or less"),
        (
            f"picks: {'9' * 5000}",
            f"1: `picks` cannot be `{'9' * 39}…`; write a whole number, such as 5",
        ),
        ("hours: 0", "1: `hours` is too small; write more than 0"),
        ("hours: many", "1: `hours` cannot be `many`; write a number, such as 3"),
        ("hours: .inf", "1: `hours` cannot be `.inf`; write a number, such as 3"),
        ("public: maybe", "1: `public` cannot be `maybe`; write true or false"),
        ("paused_until: 5", "1: `paused_until` is no date; write the day as 2026-12-01"),
        ("paused_until: 1.12.2026", "1: `paused_until` is no date; write the day as 2026-12-01"),
        (
            "paused_until: 2026-02-30",
            "1: `paused_until` cannot be `2026-02-30`; write the day as 2026-12-01",
        ),
        (
            "email: ada@example.org",
            (
                "1: `email` is a plain address, which must not stand in a repository; "
                "write the line that `foothold encrypt` prints (age:...)"
            ),
        ),
    ],
)
def test_a_wrong_value_of_a_student_is_told_in_plain_words(
    folder: Folder, text: str, told: str
) -> None:
    wish = "" if "languages" in text else WISH
    assert folder.student(f"{text}\n{wish}").problems() == [f"students/ada.yaml:{told}"]
    assert not any(word in told for word in JARGON)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("picks: 3", "1: `name` is missing; add a line `name: ...`"),
        ("picks: 3\nname:", "2: `name` is missing; add a line `name: ...`"),
        ("name: C\nrepository: digests", "2: `repository` is no repository; write owner/name, "),
        (
            "name: C\ntimezone: America/Puerto_rico",
            "2: `timezone` is no IANA time zone; write America/Puerto_Rico",
        ),
        ("name: C\ntimezone: my time", "2: `timezone` is no IANA time zone; write one such as "),
        ("name: C\nreview: none", "2: `review` cannot be `none`; write off, notify or approve"),
        ("name: C\nreview_hours: 999", "2: `review_hours` is too large; write 336 or less"),
        ("name: C\nmentors: grace", "2: `mentors` needs a list; write `mentors: [grace]`"),
        (
            "name: C\nmentors:\n- grace",
            "3: `grace` in `mentors` needs keys of its own; write one or more of github",
        ),
        ("name: C\nmentors:\n- students: all", "3: `github` is missing; add a line `github: ...`"),
        (
            "name: C\nmentors:\n- github: '@grace'",
            "3: `mentors.github` is no GitHub login; write its letters",
        ),
        (
            "name: C\nmentors:\n- github: g\n  students: some",
            "4: `mentors.students` cannot be `some`; write all, or a list",
        ),
        (
            "name: C\nmentors:\n- github: g\n  pupils: []",
            "4: there is no key `pupils`; the keys are github, students",
        ),
        ("name: C\nsender: officer", "2: `sender` is no e-mail address; write one such as"),
        (
            "name: C\npublic_key: AGE-SECRET-KEY-1X",
            "2: `public_key` is no public key; write the one that",
        ),
        (
            "name: C\nunsubscribe_url: http://x.org",
            "2: `unsubscribe_url` is no https address; write one",
        ),
        ("name: C\nposters: [a b]", "2: `a b` in `posters` is no GitHub login; write one such as"),
        ("name: C\nexample: perhaps", "2: `example` cannot be `perhaps`; write true or false"),
    ],
)
def test_a_wrong_value_of_a_club_is_told_in_plain_words(
    folder: Folder, text: str, told: str
) -> None:
    (problem,) = folder.club(f"{text}\n").problems()
    assert problem.startswith(f"club.yaml:{told}")


def test_a_student_without_any_wish_is_told_to_name_one(folder: Folder) -> None:
    assert folder.student("name: Ada\ninterests:\n").problems() == [
        "students/ada.yaml:1: no wishes; name at least one language or one interest"
    ]


def test_a_secret_key_in_the_wrong_place_is_not_repeated(folder: Folder) -> None:
    secret = "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQ"
    (problem,) = folder.club(f"name: C\npublic_key: {secret}\n").problems()
    assert secret not in problem
