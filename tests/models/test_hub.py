import pytest

from pedcorpus.errors import UsageError
from pedcorpus.models.hub import find_on_hub, is_hub_name, with_weights

pytest.importorskip("huggingface_hub", reason="needs the [train] extra")

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A Hub's cache that nothing can be fetched into."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


def cached(cache, **files):
    root = cache / "models--ward--small"
    snapshot = root / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    (root / "refs").mkdir()
    (root / "refs/main").write_text(COMMIT)
    for name, text in files.items():
        (snapshot / name.replace("_json", ".json").replace("_safetensors", ".safetensors")).write_text(text)
    return snapshot


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("baichuan-inc/Baichuan2-7B-Base", True),
        ("ward/small@v1.0", True),
        ("small", False),
        ("/models/small", False),
        ("./models/small", False),
        ("models/ward/small", False),
    ],
)
def test_names_of_models_on_the_hub_are_told_from_folders(text, expected):
    assert is_hub_name(text) is expected


def test_a_cached_model_is_found_with_its_commit(cache):
    folder = cached(cache, config_json="{}", model_safetensors="")
    model = find_on_hub("ward/small")
    assert (model.repository, model.commit, model.folder) == ("ward/small", COMMIT, folder)
    assert find_on_hub(f"ward/small@{COMMIT}") == with_weights(model) == model


def test_a_model_that_is_nowhere_is_one_line_that_says_what_to_do(cache):
    with pytest.raises(
        UsageError, match=r"ward/none: is no folder here and not in .*run `hf download ward/none`"
    ) as told:
        find_on_hub("ward/none")
    assert "\n" not in str(told.value)


def test_a_revision_that_is_not_cached_is_told(cache):
    cached(cache, config_json="{}")
    with pytest.raises(UsageError, match="ward/small@v9: is no folder here"):
        find_on_hub("ward/small@v9")


def test_a_repository_without_a_model_is_refused(cache):
    cached(cache)
    with pytest.raises(UsageError, match=r"has no config\.json on the Hub"):
        find_on_hub("ward/small")


def test_weights_that_are_not_there_are_missed(cache):
    cached(cache, config_json="{}")
    with pytest.raises(UsageError, match=r"has no weights that can be loaded"):
        with_weights(find_on_hub("ward/small"))
