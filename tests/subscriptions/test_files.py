"""Reading the configuration's folder: what is found, what is left aside, what is reported."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigurationError
from bot.subscriptions.files import read_configuration
from bot.subscriptions.student import Skill
from tests.subscriptions.folder import CLUB, WISH, Folder

PLACE = re.compile(r"[^\n]+?\.yaml:[1-9]\d*: [^\n]+; [^\n]+")


def test_the_example_configuration_is_right() -> None:
    configuration = read_configuration(Path(__file__).parents[2] / "config")
    assert configuration.club.example
    assert [student.login for student in configuration.students] == [
        "ada-example",
        "ben-example",
        "chiyo-example",
        "diego-example",
    ]
    assert configuration.students[0].languages["Rust"] is Skill.LEARNING
    assert configuration.students[3].locale == "es"


def test_students_come_by_login_whatever_its_case(folder: Folder) -> None:
    for name in ("zoe.yaml", "Ben.yml", "ada.yaml"):
        folder.student(WISH, name)
    assert [student.login for student in folder.read().students] == ["ada", "Ben", "zoe"]


def test_a_club_without_students_is_fine(folder: Folder) -> None:
    assert folder.read().students == ()


def test_hidden_files_and_the_readme_are_left_aside(folder: Folder) -> None:
    folder.student("# Students\n", "README.md").student("junk", ".ada.yaml.swp")
    (folder.students / ".hidden").mkdir()
    assert folder.read().students == ()


def test_all_problems_of_all_files_come_at_once_in_the_files_order(folder: Folder) -> None:
    folder.club("name: C\npicks: 50\n")
    folder.student("interests: [maps]\npicks: none\nlevel: pro\n", "ben.yaml")
    folder.student("- maps\n", "ada.yaml")
    error = folder.refused()
    assert error.message == "The configuration has 4 problems."
    assert "foothold check --offline" in error.advice
    assert folder.problems() == [
        "club.yaml:2: `picks` is too large; write 10 or less",
        "students/ada.yaml:1: the file holds a list; write lines such as `name: Ada`",
        "students/ben.yaml:2: `picks` cannot be `none`; write a whole number, such as 5",
        "students/ben.yaml:3: `level` cannot be `pro`; write first-timer, beginner or intermediate",
    ]


def test_one_problem_is_counted_as_one(folder: Folder) -> None:
    assert folder.club("name:\n").refused().message == "The configuration has 1 problem."


def test_paths_are_told_as_the_folder_was_given(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.student("name: Ada\n")
    monkeypatch.chdir(folder.root.parent)
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(Path("config"))
    (problem,) = caught.value.problems
    assert problem.startswith("config/students/ada.yaml:1: ")


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(tmp_path / "none")
    (problem,) = caught.value.problems
    assert (
        problem
        == f"{tmp_path}/none:1: there is no such folder; name another with --config, or make it"
    )


def test_a_missing_club_and_a_missing_students_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(tmp_path)
    club, students = caught.value.problems
    assert club.startswith(f"{tmp_path}/club.yaml:1: there is no club's file to read; write one")
    assert students.startswith(f"{tmp_path}/students:1: there is no folder of students")


@pytest.mark.parametrize("other", ["Ada.yaml", "ada.yml", "ADA.yml"])
def test_two_files_of_one_login_are_a_problem(folder: Folder, other: str) -> None:
    folder.student(WISH).student(WISH, other)
    assert any("the student has another file" in problem for problem in folder.problems())


@pytest.mark.parametrize("name", ["-ada", "ada-", "a--b", "a_b", "ada.b", "a b", "x" * 40, "zoé"])
def test_a_file_whose_name_is_no_login_is_a_problem(folder: Folder, name: str) -> None:
    (problem,) = folder.student(WISH, f"{name}.yaml").problems()
    assert problem.startswith(f"students/{name}.yaml:1: the file's name is no GitHub login; ")


def test_a_login_may_have_39_signs_and_a_hyphen(folder: Folder) -> None:
    login = "x" * 37 + "-y"
    assert folder.student(WISH, f"{login}.yaml").read().students[0].login == login


@pytest.mark.parametrize("name", ["ada.txt", "ada.json", "ada", "Ada.YAML"])
def test_other_endings_are_a_problem(folder: Folder, name: str) -> None:
    assert folder.student(WISH, name).problems() == [
        f"students/{name}:1: this is no student's file; end its name in .yaml"
    ]


def test_a_folder_among_the_students_is_a_problem(folder: Folder) -> None:
    (folder.students / "2026.yaml").mkdir()
    assert folder.problems()[0].startswith("students/2026.yaml:1: this is a folder; ")


def test_a_file_that_is_no_file_is_not_waited_for(folder: Folder) -> None:
    os.mkfifo(folder.students / "ada.yaml")
    assert folder.problems() == ["students/ada.yaml:1: this is no ordinary file; write a text file"]


def test_a_file_that_cannot_be_opened_is_a_problem(folder: Folder) -> None:
    (folder.students / "ada.yaml").symlink_to("ada.yaml")
    (problem,) = folder.problems()
    # Python 3.13 tells a circle of links apart from a file that is not there.
    assert problem.startswith("students/ada.yaml:1: ")
    assert "file" in problem
    assert "; " in problem


def test_a_link_out_of_the_configuration_is_not_followed(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("TOKEN: ghp_secret\n")
    (folder.students / "ada.yaml").symlink_to(tmp_path / "secret")
    (problem,) = folder.problems()
    assert problem.startswith("students/ada.yaml:1: the file is a link out of the configuration; ")


def test_a_link_inside_the_configuration_is_followed(folder: Folder) -> None:
    (folder.root / "shared.yaml").write_text(WISH)
    (folder.students / "ada.yaml").symlink_to(folder.root / "shared.yaml")
    assert folder.read().students[0].interests == ("maps",)


def test_a_file_larger_than_64_kib_is_a_problem(folder: Folder) -> None:
    folder.student(WISH + "#" * 64 * 1024)
    assert folder.problems()[0].startswith("students/ada.yaml:1: the file is larger than 64 KiB; ")


def test_a_file_of_64_kib_is_read(folder: Folder) -> None:
    folder.student(WISH + "#" * (64 * 1024 - len(WISH)))
    assert folder.read().students[0].interests == ("maps",)


def test_a_file_in_another_encoding_is_told_with_its_line(folder: Folder) -> None:
    folder.student("interests: [maps]\nname: José\n".encode("latin-1"))
    assert folder.problems() == [
        "students/ada.yaml:2: the text is not UTF-8; save the file as UTF-8"
    ]


def test_a_byte_order_mark_does_not_matter(folder: Folder) -> None:
    folder.student(b"\xef\xbb\xbfinterests: [maps]\r\nname: Ada\r\n")
    assert folder.read().students[0].called == "Ada"


def test_a_file_name_cannot_break_a_problems_line(folder: Folder) -> None:
    (problem,) = folder.student(WISH, "ada\n::error::x.yaml").problems()
    assert "\n" not in problem


def test_an_address_is_never_repeated(folder: Folder) -> None:
    address = "ada@home.example.org"
    folder.student(
        f"email: {address}\nlevel: {address}\nname: [{address}]\nlanguages: [{address}]\n"
        f"{address}: x\navoid: {{topics: {{{address}: 1}}}}\n"
        f"locale: {{{address}: 1}}\ninterests: {address}\n"
    )
    error = folder.refused()
    assert len(error.problems) == 8
    assert address not in str((error, error.message, error.advice, error.problems))


def test_an_address_among_the_languages_is_never_repeated(folder: Folder) -> None:
    (problem,) = folder.student("languages: {ada@home.example.org: fluent}\n").problems()
    assert problem.startswith("students/ada.yaml:1: this text is no language that GitHub knows; ")


@pytest.mark.parametrize(
    "content",
    [
        "".join(f"key{number}: 1\n" for number in range(5000)),
        "languages: [" + "xyz," * 10_000 + "]\n",
        "kinds: [" + "xyz," * 10_000 + "]\n",
        "name: A\n" * 7000,
        "[" * 60_000,
        "? " * 30_000,
        "a: " * 20_000,
        "{a: " * 15_000,
        "!!a " * 15_000,
    ],
)
def test_a_file_that_is_all_wrong_is_soon_told(folder: Folder, content: str) -> None:
    assert 1 <= len(folder.student(content).problems()) <= 100


def check_that_it_reads_or_tells(root: Path) -> None:
    """A configuration is read, or refused with the place of each problem and the way out."""
    problems: tuple[str, ...] | None = None
    try:
        read_configuration(root)
    except ConfigurationError as error:
        problems = error.problems
    assert problems is None or (problems and all(map(PLACE.fullmatch, problems))), problems


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder(tmp_path_factory.mktemp("any") / "config")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(shared_folder: Folder, content: bytes) -> None:
    check_that_it_reads_or_tells(shared_folder.club(CLUB).student(content).root)


@given(st.text(max_size=200))
def test_any_text_is_read_or_told(shared_folder: Folder, content: str) -> None:
    text = content.encode("utf-8", "surrogatepass")
    check_that_it_reads_or_tells(shared_folder.club(CLUB).student(text).root)


#: Pieces of YAML, right and wrong, that arbitrary text seldom holds.
PIECES = (
    *("name: ", "languages: ", "interests:", "picks: ", "avoid:", "email: ", "paused_until: "),
    *("repositories: ", "\n", "\n  ", "\n- ", "[", "]", "{", "}", ", ", ": ", "- ", "? ", "#", "%"),
    *('"', "'", "\\U99999999", "\\ud800", "\\x", "&a ", "*a", "!!python/object:os.system ", "!t "),
    *("|\n  ", ">", "---", "...", "%YAML 1.1\n", "\t", "\r", "\u2028", "\u202e", "\ufeff", "\x85"),
    *("Python", "maps", "no", "~", "0x1f", "-1", ".inf", "1e999", "2026-13-01", "@x", "`", "a/b"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_pieces_of_yaml_are_read_or_told(shared_folder: Folder, content: str) -> None:
    check_that_it_reads_or_tells(shared_folder.club(CLUB).student(content).root)


@given(st.lists(st.sampled_from((*PIECES, "mentors:", "github: ", "students: ")), max_size=25))
def test_any_club_is_read_or_told(shared_folder: Folder, pieces: list[str]) -> None:
    check_that_it_reads_or_tells(shared_folder.student(WISH).club("".join(pieces)).root)
