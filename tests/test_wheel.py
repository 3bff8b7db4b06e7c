"""The wheel carries all that a run needs: code, templates, example club, facts, queries, world.

It is built and unpacked as an installer does, and used from an empty folder where nothing of the
checkout can be found by accident.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent
HISTORY = ROOT / "config/history"
STUDENTS = {path.stem for path in (ROOT / "config/students").glob("*.yaml")}
FORMATS = {".md", ".html", ".txt", ".json"}

#: What the entry point that an installer would write does.
ENTRY = """
from importlib.metadata import entry_points
[entry] = entry_points(group="console_scripts", name="foothold")
entry.load()()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the project's own build backend; needs no network."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel in a folder of its own."""
    folder = tmp_path_factory.mktemp("site")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_python(installed: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in an empty home that finds the wheel and its dependencies, but not the checkout.

    Without `site`, the environment's own link to the checkout is not followed.
    """
    libraries = [entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages"))]
    path = os.pathsep.join([str(installed), *libraries])
    return subprocess.run(
        [sys.executable, "-S", "-P", *arguments],
        cwd=home,
        env={"PYTHONPATH": path, "HOME": str(home), "PATH": os.environ["PATH"]},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_code_comes_from_the_wheel(installed, tmp_path):
    done = run_python(installed, tmp_path, "-c", "import bot; print(bot.__file__)")
    assert done.stdout.strip() == str(installed / "bot/__init__.py"), done.stderr


def test_every_file_of_the_package_is_in_the_wheel(wheel):
    files = (path for path in (ROOT / "bot").rglob("*") if path.is_file())
    ours = {path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".pyc"}
    ours |= {
        f"bot/shipped/{path.relative_to(ROOT).as_posix()}"
        for folder in ("templates", "config")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.is_relative_to(HISTORY)
    }
    with ZipFile(wheel) as archive:
        assert ours - set(archive.namelist()) == set()


def test_the_wheel_carries_no_tests_and_no_state(wheel):
    with ZipFile(wheel) as archive:
        tops = {name.split("/")[0].split("-")[0] for name in archive.namelist()}
    assert tops == {"bot", "foothold"}


def test_the_installed_demo_writes_every_digest(installed, tmp_path):
    done = run_python(installed, tmp_path, "-c", ENTRY, "demo", "--out", "digests")
    assert done.returncode == 0, done.stderr
    written = {path for path in (tmp_path / "digests").rglob("*") if path.is_file()}
    assert {path.name for path in written} == {f"{one}{end}" for one in STUDENTS for end in FORMATS}
    assert all(path.stat().st_size > 500 for path in written)
    digests = [json.loads(path.read_text()) for path in written if path.suffix == ".json"]
    assert sum(len(digest["picks"]) for digest in digests) > 5
    assert [path.name for path in tmp_path.iterdir()] == ["digests"]


def test_the_installed_command_knows_its_version(installed, wheel, tmp_path):
    done = run_python(installed, tmp_path, "-c", ENTRY, "--version")
    assert done.stdout.split()[-1] == wheel.name.split("-")[1], done.stderr


def test_a_clubs_own_history_is_in_no_wheel():
    config = WheelBuilder(str(ROOT)).config
    assert config.include_path("config/schemas/history.schema.json")
    assert not config.include_path("config/history/2026-W47.json")
