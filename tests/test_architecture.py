"""The package keeps the shape that the README's Architecture section promises.

Every rule judges the package as it is, and every rule is shown to find what breaks it: planted
sources in a temporary package.
"""

from pathlib import Path

import pytest

import bot
from tests.architecture import imports, purity, sizes
from tests.architecture.order import ORDER, SANDBOX
from tests.architecture.package import Modules, read_package

RULES = (
    imports.imports_to_the_left,
    imports.no_import_circles,
    imports.pipeline_and_adapters_apart,
    imports.sandbox_apart,
    imports.adapters_have_few_friends,
    imports.libraries_have_owners,
    imports.no_imports_by_name,
    purity.core_is_pure,
    purity.only_the_command_line_speaks,
    purity.bugs_are_caught_at_the_door,
    sizes.inits_are_empty,
    sizes.files_are_small,
    sizes.functions_are_small,
    sizes.parameters_are_few,
    sizes.modules_say_their_duty,
    sizes.no_drawers,
)

#: Names that look forbidden and are not, and borders that are just kept.
INNOCENT = {
    "bot/__init__.py": '"""The bot."""\n',
    "bot/harvest/__init__.py": "",
    "bot/harvest/plan.py": '"""Plans."""\nfrom bot.terms import week\n',
    "bot/harvest/issue.py": '"""Issues."""\nfrom bot.harvest import plan\nimport bot.terms\n',
    "bot/terms.py": '"""Terms."""\nfrom datetime import time\ndef week(now): return now.today\n',
    "bot/report.py": '"""Reports."""\nfrom urllib.parse import quote\nfrom pydantic import Field\n',
    "bot/session.py": '"""Opens."""\nimport os\nfrom datetime import datetime\n'
    "now, token = datetime.now(), os.environ['X']\n",
    "bot/sandbox/server.py": '"""Serves."""\nimport graphql\ntry: 1\nexcept Exception: 2\n',
    "bot/cli/main.py": '"""Door."""\nimport click\nfrom bot.sandbox import server\nprint(1)\n',
    "bot/delivery.py": '"""Sends."""\ntry: 1\nexcept BaseException:\n    raise\n',
    "bot/ranking/edge.py": '"""Just fits."""\nclass A:\n    def few(self, a, b, c, d, e): ...\n'
    "def long():\n"
    + "    0\n" * (sizes.MAX_FUNCTION - 1)
    + "\n" * (sizes.MAX_FILE - sizes.MAX_FUNCTION - 3),
}

DOC = '"""Doc."""\n'
PLANTS = (
    (imports.imports_to_the_left, "bot/terms.py", "import bot.harvest.plan", "right"),
    (imports.imports_to_the_left, "bot/harvest/x.py", "from bot import ranking", "right"),
    (imports.imports_to_the_left, "bot/corpus/x.py", "def f():\n from bot.app import g", "right"),
    (
        imports.imports_to_the_left,
        "bot/digest.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n from bot.pipeline import Run",
        "bot/digest.py:5: digest imports pipeline",
    ),
    (imports.imports_to_the_left, "bot/terms.py", "from .harvest import plan", "imports harvest"),
    (imports.imports_to_the_left, "bot/corpus/x.py", "from ..app import g", "imports app"),
    (imports.imports_to_the_left, "bot/gossip.py", "", "gossip has no place"),
    (imports.pipeline_and_adapters_apart, "bot/pipeline.py", "import bot.adapters.sql", "adapters"),
    (imports.pipeline_and_adapters_apart, "bot/adapters/sql.py", "from bot import pipeline", "pip"),
    (imports.sandbox_apart, "bot/sandbox/world.py", "from bot.terms import Week", "bot.terms"),
    (imports.sandbox_apart, "bot/app.py", "from bot.sandbox.world import World", "bot.sandbox"),
    (
        imports.adapters_have_few_friends,
        "bot/cli/show.py",
        "def f():\n from bot.adapters.folder import write_message",
        "bot.adapters",
    ),
    (imports.libraries_have_owners, "bot/report.py", "from jinja2 import Environment", "jinja2"),
    (imports.libraries_have_owners, "bot/session.py", "def f():\n import sqlite3", "sqlite3"),
    (imports.libraries_have_owners, "bot/app.py", "import leftpad.left", "leftpad"),
    (imports.no_imports_by_name, "bot/app.py", "import importlib as i\ni.import_module('x')", "by"),
    (imports.no_imports_by_name, "bot/app.py", "__import__('bot.cli')", "__import__"),
    (purity.core_is_pure, "bot/harvest/x.py", "def f(): return os.environ\nimport os", "environ"),
    (purity.core_is_pure, "bot/digest.py", "import datetime as d\nd.date.today()", "today"),
    (purity.core_is_pure, "bot/digest.py", "from datetime import datetime as d\nd.now", ".now"),
    (purity.core_is_pure, "bot/report.py", "from time import monotonic", "time.monotonic"),
    (purity.core_is_pure, "bot/ranking/x.py", "import numpy as np\nnp.random", "numpy.random"),
    (purity.core_is_pure, "bot/ranking/x.py", "from secrets import choice", "secrets"),
    (purity.core_is_pure, "bot/journal.py", "from urllib.request import urlopen", "urllib.request"),
    (purity.core_is_pure, "bot/vocabulary.py", "import socket", "socket"),
    (purity.core_is_pure, "bot/pipeline.py", "import subprocess", "subprocess"),
    (purity.only_the_command_line_speaks, "bot/app.py", "print(1)", "print"),
    (purity.only_the_command_line_speaks, "bot/app.py", "import sys\nsys.exit", "sys.exit"),
    (purity.only_the_command_line_speaks, "bot/app.py", "from click import echo", "click.echo"),
    (purity.only_the_command_line_speaks, "bot/sandbox/x.py", "raise SystemExit", "SystemExit"),
    (purity.bugs_are_caught_at_the_door, "bot/app.py", "try: 1\nexcept Exception: 2", "catches"),
    (purity.bugs_are_caught_at_the_door, "bot/app.py", "try: 1\nexcept: 2", "catches"),
    (
        purity.bugs_are_caught_at_the_door,
        "bot/app.py",
        "try: 1\nexcept (OSError, Exception) as error: raise ValueError from error",
        "catches",
    ),
    (sizes.inits_are_empty, "bot/harvest/__init__.py", "", "not empty"),
    (sizes.files_are_small, "bot/app.py", "\n" * (sizes.MAX_FILE - 2), "301 lines"),
    (sizes.functions_are_small, "bot/app.py", "def f():\n" + " 0\n" * 40, "f has 41 lines"),
    (sizes.functions_are_small, "bot/app.py", "async def f():\n" + " 0\n" * 40, "f has 41"),
    (sizes.parameters_are_few, "bot/app.py", "def f(a, b, /, c, d=1, *, e, f): ...", "6 para"),
    (sizes.parameters_are_few, "bot/app.py", "class A:\n def f(self,a,b,c,d,e,f): ...", "6 para"),
    (sizes.no_drawers, "bot/utils.py", "", "utils is a drawer"),
    (sizes.no_drawers, "bot/harvest/models.py", "", "models is a drawer"),
    (sizes.no_drawers, "bot/common/terms.py", "", "common is a drawer"),
)


def build_package(folder: Path, sources: dict[str, str]) -> Modules:
    for path, source in sources.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(source, encoding="utf-8")
    return read_package(folder / "bot")


def named(rule: object) -> str:
    return getattr(rule, "__name__", "")


@pytest.fixture(scope="module")
def package() -> Modules:
    return read_package(Path(bot.__file__).parent)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_package_keeps_the_rule(rule, package):
    assert rule(package) == []


def test_the_order_names_what_exists(package):
    assert set(ORDER) == {module.stage for module in package} - {"", SANDBOX}


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_what_keeps_the_rule_is_not_accused(rule, tmp_path):
    assert rule(build_package(tmp_path, INNOCENT)) == []


@pytest.mark.parametrize(("rule", "path", "source", "told"), PLANTS)
def test_a_planted_violation_is_found(rule, path, source, told, tmp_path):
    [violation] = rule(build_package(tmp_path, INNOCENT | {path: f"{DOC}\n{source}\n"}))
    assert violation.startswith(path)
    assert told in violation


def test_a_violation_tells_its_line(tmp_path):
    package = build_package(tmp_path, {"bot/terms.py": f"{DOC}\n\nfrom bot.app import f\n"})
    assert imports.imports_to_the_left(package) == [
        "bot/terms.py:4: terms imports app, to its right"
    ]


def test_a_module_without_docstring_is_found(tmp_path):
    package = build_package(tmp_path, {"bot/terms.py": "# a comment\nX = 1\n"})
    assert sizes.modules_say_their_duty(package) == ["bot/terms.py:1: has no docstring"]


def test_a_circle_of_imports_is_found_also_within_a_stage(tmp_path):
    circle = {
        "bot/harvest/a.py": "from bot.harvest import b",
        "bot/harvest/b.py": "def f():\n    from bot.harvest.c import g",
        "bot/harvest/c.py": "import bot.harvest.a",
        "bot/harvest/d.py": "import bot.harvest.a",
    }
    violations = imports.no_import_circles(build_package(tmp_path, circle))
    assert [violation.partition(":")[0] for violation in violations] == [
        f"bot.harvest.{name}" for name in "abc"
    ]


def test_every_rule_has_a_planted_violation():
    told_apart = {sizes.modules_say_their_duty, imports.no_import_circles}
    assert set(RULES) == {plant[0] for plant in PLANTS} | told_apart
