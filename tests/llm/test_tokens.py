import pytest

from pedcorpus.llm import estimate_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("   \n", 0), ("发热咳嗽", 3), ("fever and cough", 4), ("体温 38.5℃", 3)],
    ids=["empty", "space", "Chinese", "English", "mixed"],
)
def test_tokens_follow_the_documented_rule(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens
