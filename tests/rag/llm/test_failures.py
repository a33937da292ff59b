"""What an exception of a client library says."""

import json

import pytest

from rag.llm.failures import failure_of


class Status(Exception):
    def __init__(self, status_code: int, message: str = "said", body: object = None) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.body = body


@pytest.mark.parametrize(
    ("status", "retry"), [(400, False), (401, False), (408, True), (429, True), (500, True), (529, True)]
)
def test_what_may_be_tried_again(status: int, retry: bool) -> None:
    assert failure_of(Status(status), "there").retry is retry


def test_time_outs_are_not() -> None:
    assert failure_of(TimeoutError(), "there").line == "there: no answer in time"
    assert not failure_of(TimeoutError(), "there").retry


def test_the_cause_is_looked_at() -> None:
    try:
        try:
            raise ConnectionRefusedError("refused")
        except ConnectionRefusedError as cause:
            raise RuntimeError("something") from cause
    except RuntimeError as error:
        assert failure_of(error, "there").retry


def test_the_servers_own_words_are_taken() -> None:
    body = {"error": {"message": "no such model"}}
    assert failure_of(Status(404, "Error code: 404 - {…}", body), "there").line.endswith("(HTTP 404): no such model")
    assert failure_of(Status(404, "plain", {"error": "text"}), "there").line.endswith("(HTTP 404): text")


def test_a_status_below_300_is_none() -> None:
    # Ollama's own class has -1 where it knows none.
    assert failure_of(Status(-1, "model is broken"), "there").line == "there: Status: model is broken"


def test_keys_are_taken_out_and_long_words_cut() -> None:
    line = failure_of(Status(401, "bad key hunter2 " + "x" * 1000), "there", ["hunter2"]).line
    assert "hunter2" not in line
    assert "bad key [key]" in line
    assert len(line) < 330


def test_broken_json() -> None:
    error = json.JSONDecodeError("x", "doc", 0)
    assert failure_of(error, "there").line == "there: it replied with something that is not JSON"
