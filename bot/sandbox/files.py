"""The files of a repository's newest commit, and which of them GitHub takes for a community's.

Comes in: repositories. Goes out: paths and texts. A guide of which only the text is known
(`contributing`) lies in the root, as `CONTRIBUTING.md`; a code of conduct of which only the key is
known is no file. Source of the places and their order: docs.github.com "Setting guidelines for
repository contributors" (names in any case, with any extension). That a code of conduct is looked
for in the same order is an assumption.
"""

from pathlib import PurePosixPath

from bot.sandbox.things import Repository

#: The one branch that each repository has.
BRANCH = "main"
#: Where a community's files may lie; the first that has one is shown.
FOLDERS = (".github", "", "docs")
GUIDE = "contributing"
CONDUCT = "code_of_conduct"
README = "readme"


def files_of(home: Repository) -> dict[str, str]:
    """Give all files, a path's text each; paths are case-sensitive, as git's are."""
    guide = {} if home.contributing is None else {"CONTRIBUTING.md": home.contributing}
    return guide | home.files


def find_file(home: Repository, name: str) -> str | None:
    """Give the path of a community's file by its name without extension, in lower case."""
    found: dict[str, str] = {}
    for path in sorted(files_of(home)):
        place = PurePosixPath(path)
        folder = "" if place.parent.name == "" else str(place.parent)
        if folder.lower() in FOLDERS and place.stem.lower() == name:
            found.setdefault(folder.lower(), path)
    return next((found[folder] for folder in FOLDERS if folder in found), None)


def list_folder(home: Repository, folder: str) -> dict[str, bool]:
    """Tell what stands in a folder ("" is the root), by name, and whether it is a folder."""
    within = f"{folder}/" if folder else ""
    names: dict[str, bool] = {}
    for path in files_of(home):
        if path.startswith(within):
            name, slash, _ = path.removeprefix(within).partition("/")
            names[name] = bool(slash)
    return dict(sorted(names.items()))
