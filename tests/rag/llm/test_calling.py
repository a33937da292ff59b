"""Requests to a scripted server on this machine: what goes wrong, and what is made of it."""

import logging
import time

import pytest

from rag.llm import LlmError, open_writer
from rag.llm.calling import Completion
from tests.rag.llm.server import (
    Reply,
    Script,
    breaks_off,
    drips,
    fails,
    hangs,
    hangs_up,
    no_json,
    says,
    scripted,
)

pytest.importorskip("llama_index.llms.openai_like", reason="pip install 'mustanad[openai-like]'")

from llama_index.core.llms import ChatMessage

KEY = "sk-veryverysecret0123456789"


def ask(script: Script, on_text: object = None, **limits: float) -> tuple[Completion, list[float]]:
    """One request, and how long it waited between tries."""
    options = {"timeout_s": 5.0, "deadline_s": 20.0, "retries": 3, **limits}
    writer = open_writer(
        script.url, "m", timeout_s=options["timeout_s"], deadline_s=options["deadline_s"],
        retries=int(options["retries"]), environment={"MUSTANAD_LLM_KEY": KEY},
    )  # fmt: skip
    waits: list[float] = []
    object.__setattr__(writer.caller, "sleep", waits.append)
    completion = writer.caller.complete([ChatMessage(content="?")], on_text)  # type: ignore[arg-type]
    return completion, waits


def failure(script: Script, **limits: float) -> str:
    with pytest.raises(LlmError) as caught:
        ask(script, **limits)
    message = str(caught.value)
    assert "\n" not in message
    assert script.url in message
    assert caught.value.__cause__ is None  # nothing that could hold the key hangs on it
    return message.removeprefix(f"the language model gave no answer: {script.url}: ")


def test_a_reply_is_streamed() -> None:
    pieces: list[str] = []
    with scripted(says("The ", "bridge ", "fell [1].")) as script:
        completion, waits = ask(script, pieces.append)
    assert completion == Completion("The bridge fell [1].", cut=False)
    assert pieces == ["The ", "bridge ", "fell [1]."]
    assert waits == []
    assert script.paths == ["/v1/chat/completions"]
    assert script.requests[0]["stream"] is True
    assert script.requests[0]["model"] == "m"
    assert script.headers[0]["authorization"] == f"Bearer {KEY}"


def test_the_first_piece_comes_before_the_last_was_sent() -> None:
    came: list[float] = []
    with scripted(says("one ", "two ", "three", pause_s=0.2)) as script:
        ask(script, lambda _: came.append(time.monotonic()))
    assert came[-1] - came[0] > 0.3


def test_too_many_requests_is_tried_again() -> None:
    with scripted(fails(429, "slow down"), fails(429, "slow down"), says("yes")) as script:
        completion, waits = ask(script)
    assert completion.text == "yes"
    assert len(waits) == 2
    assert 0.25 <= waits[0] <= 0.75  # half a second, and half of it more or less
    assert 0.5 <= waits[1] <= 1.5


def test_it_waits_as_long_as_the_server_asks() -> None:
    with scripted(fails(429, headers={"Retry-After": "7"}), says("yes")) as script:
        assert ask(script)[1] == [7.0]
    with scripted(fails(429, headers={"Retry-After": "600"}), says("yes")) as script:
        assert failure(script) == "it is asked too much (HTTP 429): no"  # beyond the deadline: no use in waiting
        assert len(script.requests) == 1


def test_a_server_that_keeps_failing_is_given_up() -> None:
    with scripted(fails(500, "out of memory")) as script:
        assert failure(script, retries=2) == "it failed (HTTP 500): out of memory (tried 3 times)"
        assert len(script.requests) == 3


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (400, "it refused the request"),
        (401, "it refused the key"),
        (404, "it has no such model or address"),
        (413, "the request is too long for it"),
        (422, "it refused the request"),
    ],
)
def test_what_will_not_get_better_is_not_tried_again(status: int, meaning: str) -> None:
    with scripted(fails(status, "sorry")) as script:
        assert failure(script) == f"{meaning} (HTTP {status}): sorry"
        assert len(script.requests) == 1


def test_a_redirect_is_not_followed() -> None:
    with scripted(says("stolen")) as elsewhere:
        there = {"Location": f"{elsewhere.url}/chat/completions"}
        with scripted(fails(307, "over there", there)) as script:
            assert "HTTP 307" in failure(script)
        assert elsewhere.requests == []


def test_silence_ends_at_the_time_out_and_is_not_tried_again() -> None:
    started = time.monotonic()
    with scripted(hangs) as script:
        assert failure(script, timeout_s=0.3) == "no answer in time"
        assert len(script.requests) == 1
    assert time.monotonic() - started < 20  # the server would go on for 30


def test_a_server_that_only_drips_ends_at_the_deadline() -> None:
    started = time.monotonic()
    with scripted(drips) as script:
        assert failure(script, deadline_s=0.5) == "no answer in time"
    assert time.monotonic() - started < 20  # the server would go on for 30


def test_what_is_no_json_is_said_to_be_none() -> None:
    with scripted(no_json) as script:
        assert failure(script) == "it replied with something that is not JSON"


@pytest.mark.parametrize("reply", [breaks_off("The bri"), says("The bri", finish=None, done=False)])
def test_a_reply_that_breaks_off_is_tried_again(reply: Reply) -> None:
    with scripted(reply, says("The bridge fell.")) as script:
        completion, waits = ask(script)
    assert completion.text == "The bridge fell."
    assert len(waits) == 1


def test_a_reply_that_breaks_off_in_view_is_not_tried_again() -> None:
    with scripted(breaks_off("The bri"), says("The bridge fell.")) as script:
        pieces: list[str] = []
        with pytest.raises(LlmError, match="broke off"):
            ask(script, pieces.append)
        assert pieces == ["The bri"]
        assert len(script.requests) == 1


def test_a_lost_connection_is_tried_again() -> None:
    with scripted(hangs_up, says("yes")) as script:
        assert ask(script)[0].text == "yes"
    message = failure(script)  # the server is gone
    assert message == "no connection, or it broke off (tried 4 times)"


@pytest.mark.parametrize("reply", [says(), says(" \n")])
def test_an_empty_reply_is_no_answer(reply: Reply) -> None:
    with scripted(reply) as script:
        assert failure(script) == "the reply is empty"


def test_a_reply_cut_at_its_limit_is_known_to_be() -> None:
    with scripted(says("The bri", finish="length")) as script:
        assert ask(script)[0] == Completion("The bri", cut=True)


def test_a_listener_that_raises_ends_the_request() -> None:
    class Enough(Exception):
        pass

    def stop(piece: str) -> None:
        raise Enough(piece)

    with scripted(says(*(["word "] * 400), pause_s=0.01)) as script:
        with pytest.raises(Enough, match="word"):
            ask(script, stop)
        assert script.given_up.wait(5)  # the line is hung up, not read to its end
        assert len(script.requests) == 1


def test_the_key_is_in_no_message_and_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    other = "sk-anotherkey4567890"
    with scripted(
        fails(401, f"Incorrect API key provided: {KEY}, not {other}, Bearer {KEY}\nsee \x1b[31mhere")
    ) as script:
        message = failure(script)
    assert KEY not in message
    assert other not in message
    assert "[key]" in message
    assert "\x1b" not in message
    assert KEY not in caplog.text


def test_a_server_without_a_key_is_sent_no_other_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("MUSTANAD_LLM_KEY", raising=False)
    with scripted(says("yes")) as script:
        open_writer(script.url, "m").caller.complete([ChatMessage(content="?")])
    assert KEY not in str(script.headers)
