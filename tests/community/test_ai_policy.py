import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.community.ai_policy import MAX_POLICY, read_ai_policy
from tests.community.hostile import REPEATS


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        (
            "## Code\n\nWe do **not** accept AI-generated pull requests.",
            "We do not accept AI-generated pull requests.",
        ),
        (
            "# AI policy\n\nHello.\n\n- No LLM-written commits.\n",
            "No LLM-written commits.",
        ),
        (
            "If you used [Copilot](https://example.org) for a contribution, disclose it.",
            "If you used Copilot for a contribution, disclose it.",
        ),
        (
            "AI-assisted contributions are welcome. But the contributor must understand them.",
            "AI-assisted contributions are welcome. But the contributor must understand them.",
        ),
        (
            "> Pull requests made with\n> generative AI will be `closed`.",
            "Pull requests made with generative AI will be closed.",
        ),
        (
            "No se aceptan contribuciones generadas por IA.",
            "No se aceptan contribuciones generadas por IA.",
        ),
    ],
)
def test_the_projects_own_sentence_is_quoted(text: str, policy: str) -> None:
    assert read_ai_policy([text]) == policy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thank you for contributing to this LLM toolbox! New AI providers are welcome.",
        "Pull requests must include tests that use the LLM double.",
        "We made regular use of AI tools while this was written.",
        "We do not accept AI-generated security reports.",
        "Please read the AI policy before you use Copilot for a contribution.",
        "Maintainers are inundated with AI-generated pull requests.",
        "<!-- AI-generated contributions are not accepted. -->",
        "```\nAI-generated contributions are not accepted.\n```",
        "The air must be clean, and said contributions are accepted.",
    ],
)
def test_speaking_of_models_is_no_policy(text: str) -> None:
    assert read_ai_policy([text]) is None


def test_the_first_text_that_has_a_policy_is_quoted() -> None:
    own, guide = "AI-written patches are rejected.", "AI-written patches are welcome."
    assert read_ai_policy(["Hello.", own, guide]) == own


def test_a_sentence_that_is_too_long_is_cut_where_a_clause_ends() -> None:
    text = "AI-generated contributions are not accepted" + ", whoever sends them" * 20 + "."
    policy = read_ai_policy([text])
    assert policy is not None
    assert len(policy) <= MAX_POLICY
    assert policy.endswith("them…")


@given(st.lists(st.text(max_size=300), max_size=3))
def test_a_policy_of_any_texts_is_one_short_line(texts: list[str]) -> None:
    policy = read_ai_policy(
        [f"AI-generated contributions are not accepted: {text}" for text in texts]
    )
    assert policy is None or (len(policy) <= MAX_POLICY and len(policy.splitlines()) == 1)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(REPEATS), st.sampled_from(REPEATS))
def test_hostile_texts_take_no_time(one: str, other: str) -> None:
    text = ((one + other) * 100_000)[:100_000]
    began = time.process_time()
    read_ai_policy([text])
    assert time.process_time() - began < 0.5
