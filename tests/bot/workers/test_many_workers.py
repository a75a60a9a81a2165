"""The product as its operator runs it, one process or several: nothing lost, nothing answered twice, one memory."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from running_service import (
    ANEW,
    PATIENCE,
    SMALL,
    WHOLE,
    Platforms,
    Service,
    Writer,
    on_telegram,
    on_zalo,
    platforms,
    running,
    until,
)

from knowledge.catalogue import publish
from knowledge.clock import now
from knowledge.database import open_database
from sample_procedures import CATALOGUE, make_procedure, new
from small_service import SAID

ASKS = {
    "khai sinh": "làm giấy khai sinh cho con cần giấy tờ gì",
    "kết hôn": "đăng ký kết hôn cần gì",
    "tạm trú": "đăng ký tạm trú cần gì",
}
SUBJECTS = list(ASKS)


@pytest.fixture
async def world() -> AsyncIterator[Platforms]:
    async with platforms() as found:
        yield found


@pytest.fixture
def few_procedures(migrated_postgres_url: str) -> str:
    database = open_database(migrated_postgres_url, migrating=False)
    with database.session() as session:
        procedures = [make_procedure(code, name=f"Thủ tục {name}") for code, (name, _) in SAID.items()]
        publish(session, new(*procedures), CATALOGUE, now=now())
    database.close()
    return migrated_postgres_url


@pytest.fixture(params=["one process, SQLite", "four processes, PostgreSQL and Valkey"])
def deployment(request: pytest.FixtureRequest) -> dict[str, Any]:
    if request.param.startswith("one"):
        return {"program": WHOLE, "workers": 1, "DATABASE_URL": "", "VALKEY_URL": ""}
    urls = {"DATABASE_URL": "few_procedures", "VALKEY_URL": "valkey_url"}
    return {"program": SMALL, "workers": 4} | {name: request.getfixturevalue(value) for name, value in urls.items()}


async def test_each_update_is_answered_once_each_conversation_remembered_and_a_dead_process_replaced(
    deployment: dict[str, Any], tmp_path: Path, world: Platforms
) -> None:
    settings = {"SECRET": "for tests only", "PUBLIC_URL": "https://motcua.example.vn", "RATE_PER_MINUTE": "10"}
    with running(folder=tmp_path, **settings, **world.settings, **deployment) as service:
        await service.wait()
        await all_are_answered_once(service, world)
        await the_web_remembers_and_limits(service)
        if deployment["workers"] > 1:
            await a_killed_process_costs_nothing_but_what_nobody_can_know(service, world, deployment["workers"])


def writers(world: Platforms, numbers: range) -> list[Writer]:
    """Two of three on Telegram, the others on Zalo."""
    return [on_zalo(who, world.zalo) if who % 3 == 0 else on_telegram(who, world.telegram) for who in numbers]


def asked(people: list[Writer], number: str) -> list[Any]:
    return [writer.update(number, ASKS[SUBJECTS[at % 3]]) for at, writer in enumerate(people)]


async def all_are_answered_once(service: Service, world: Platforms) -> None:
    people = writers(world, range(101, 119))
    await service.take(asked(people, "1"))
    await until(lambda: all(len(writer.texts()) >= 1 for writer in people))
    await service.take([writer.update("2", "mất bao nhiêu tiền") for writer in people])
    await until(lambda: all(len(writer.texts()) >= 2 for writer in people))
    for at, writer in enumerate(people):
        first, second = writer.texts()
        assert (SUBJECTS[at % 3] in first.lower(), "phí" in second.lower()) == (True, True)
        assert SUBJECTS[at % 3] in second.lower()
    for server in world:
        assert 1 <= len(server.named("setWebhook")) <= service.leads  # not once a process


async def the_web_remembers_and_limits(service: Service) -> None:
    """Each request comes to whichever process is next."""
    async with httpx.AsyncClient(limits=ANEW, timeout=PATIENCE, follow_redirects=True) as client:
        for asked in (ASKS["khai sinh"], "mất bao nhiêu tiền"):
            page = (await client.post(f"{service.url}/hoi", data={"text": asked})).text
        assert page.count('class="turn') >= 2
        together = (client.get(f"{service.url}/gioi-thieu") for _ in range(60))
        statuses = [response.status_code for response in await asyncio.gather(*together)]
    assert 429 in statuses
    assert statuses.count(200) < 30  # with limits of their own four processes let 40 through


async def a_killed_process_costs_nothing_but_what_nobody_can_know(
    service: Service, world: Platforms, workers: int
) -> None:
    """The one with the lead is killed while it answers. All are answered once, but for what was on its way in that
    moment: nobody can know whether it arrived, so it is not sent again, and the operator is told of how many."""
    people = writers(world, range(201, 246))
    bringing = asyncio.create_task(service.take(asked(people, "1")))
    await until(lambda: sum(map(len, (writer.texts() for writer in people))) >= 3)
    leader, *_ = await until(lambda: service.leaders(world))
    leader.kill()
    await bringing
    last = [on_telegram(999, world.telegram), on_zalo(999, world.zalo)]
    await service.take(asked(last, "1"))
    await until(lambda: all(writer.texts() for writer in last))
    await until(lambda: sum(bool(writer.texts()) for writer in people) + service.unclear >= len(people))
    await until(lambda: len(service.workers) == workers and leader not in service.workers)
    await service.take(asked(people, "1"))  # once more, to whichever processes are there now
    await service.take([writer.update("2", "mất bao nhiêu tiền") for writer in last])
    await until(lambda: all(len(writer.texts()) == 2 for writer in last))
    assert max(len(writer.texts()) for writer in people) == 1
