import pytest

from pedcorpus import flow
from pedcorpus.errors import UsageError


@pytest.fixture
def filled(workspace, textbooks):
    flow.init_workspace(workspace)
    flow.ingest(workspace, [textbooks])
    return workspace


def test_the_first_fragment_that_carries_the_task_is_shown(filled):
    request = flow.prompt_for(filled, "trerecom")
    assert set(request.planned) == {"trerecom"}
    assert "地西泮0.3～0.5 mg/kg" in request.ask.messages[-1].content


def test_the_fragment_of_a_passage_is_shown(filled):
    (shown, *_) = (row for row in flow.list_passages(filled, "textbooks") if "单纯型" in row.passage.text)
    request = flow.prompt_for(filled, "medkqa", passage=shown.passage.id[:8])
    assert "24小时内仅发作1次" in request.ask.messages[-1].content


def test_the_model_is_told_in_the_language_that_is_asked_for(filled):
    request = flow.prompt_for(filled, "medkqa", language="en")
    assert request.ask.messages[0].content.startswith("You are")


@pytest.mark.parametrize(
    ("task", "chosen", "told"),
    [
        ("medqa", {}, "did you mean 'medkqa'"),
        ("medkqa", {"source": "textbook"}, "did you mean 'textbooks'"),
        ("medkqa", {"passage": "zzzz"}, "no passage's id starts with 'zzzz'"),
        ("medkqa", {"passage": ""}, None),
    ],
    ids=["task", "source", "passage", "an empty id is none"],
)
def test_what_is_not_there_is_named_with_what_is(filled, task, chosen, told):
    if told is None:
        assert flow.prompt_for(filled, task, **chosen).planned
    else:
        with pytest.raises(UsageError, match=told):
            flow.prompt_for(filled, task, **chosen)


def test_what_is_shown_is_the_body_of_the_request(filled):
    request = flow.prompt_for(filled, "medkqa")
    payload = flow.sent_payload(filled, request)
    assert payload["messages"] == [message.model_dump() for message in request.ask.messages]
    assert payload["response_format"]["json_schema"]["strict"] is True
