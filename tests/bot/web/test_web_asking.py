"""Many at once: the path is synchronous, its threads are bounded, and nobody gets another's answer."""

from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient

from bot.web.site import ANSWERING_THREADS
from html_pages import page_of

QUESTIONS = ["khai sinh cho con", "đăng ký kết hôn", "sổ đỏ", "xin chào"] * 8


def test_the_threads_that_answer_are_bounded(client: TestClient) -> None:
    assert client.app.state.site.threads.total_tokens == ANSWERING_THREADS


def test_questions_asked_at_once_are_each_answered_with_their_own(client: TestClient) -> None:
    def ask(text: str) -> tuple[str, str]:
        answer = client.post("/api/v1/ask", json={"text": text}).json()
        return text, answer["text"]

    alone = dict(map(ask, QUESTIONS[:4]))
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ask, QUESTIONS))
    assert all(alone[text] == said for text, said in together)


def test_turns_of_many_browsers_do_not_mix(visit) -> None:
    web = visit().app
    browsers = [TestClient(web) for _ in range(6)]

    def converse(number: int) -> list[str]:
        browser = browsers[number]
        for text in (f"xin chào {number}", f"cảm ơn {number}"):
            browser.post("/hoi", data={"text": text})
        return [asked.text for asked in page_of(browser.get("/")).all(".asked")]

    with ThreadPoolExecutor(6) as pool:
        shown = list(pool.map(converse, range(6)))
    assert shown == [[f"Bạn hỏi: xin chào {number}", f"Bạn hỏi: cảm ơn {number}"] for number in range(6)]
