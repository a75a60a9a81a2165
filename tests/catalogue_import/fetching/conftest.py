"""A fetch against a local server, with a clock that only its own sleeping moves."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from catalogue_import.fetching.fetching import Fetch, Plan, fetch
from catalogue_import.fetching.portal import Patience, Portal
from catalogue_import.fetching.report import FetchReport
from catalogue_import.fetching.store import Store
from portal_records import detail, own
from portal_server import FakePortal, serving

Fetcher = Callable[..., FetchReport]


class Sleeper:
    """Sleeping takes no time here, and is remembered."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.naps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.at += timedelta(seconds=seconds)

    def clock(self) -> datetime:
        return self.at

    @property
    def waits(self) -> list[float]:
        """The waits between attempts, without the pauses before every call."""
        return [nap for nap in self.naps if nap != PAUSE]


PAUSE = 0.25


@pytest.fixture
def sleeper(now: datetime) -> Sleeper:
    return Sleeper(now)


@pytest.fixture
def portal() -> Iterator[FakePortal]:
    """Five procedures, one of them the province's own."""
    with serving(FakePortal([own(), *(detail(f"1.00000{at}") for at in range(1, 5))])) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "portal"


@pytest.fixture
def run(portal: FakePortal, folder: Path, sleeper: Sleeper) -> Fetcher:
    """Runs a fetch one call at a time, so that answers come in order; parts of the plan are named as keywords."""

    def fetch_once(progress: Any = lambda *_: None, **plan: Any) -> FetchReport:
        patience = Patience(sleeper.clock, sleeper.sleep, random.Random(1), PAUSE)
        with httpx.Client(timeout=60) as client:
            door = Portal(client, portal.base, patience)
            return fetch(Fetch(door, Store(folder), Plan(**{"connections": 1, **plan}), patience, progress))

    return fetch_once
