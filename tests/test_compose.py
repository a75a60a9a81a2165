"""deploy/compose.yaml by the rules of the Compose Specification (compose-spec.io): to break them takes no engine."""

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FILE = Path(__file__).resolve().parents[1] / "deploy" / "compose.yaml"
COMPOSE: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))

# Of the specification, those that we have a use for: what stands in none of them is a mistake, or belongs here first.
TOP = {"name", "services", "networks", "volumes"}
SERVICE = {
    *("build", "image", "command", "user", "env_file", "environment", "volumes", "tmpfs", "networks", "ports"),
    *("depends_on", "healthcheck", "restart", "stop_grace_period", "read_only", "cap_drop", "security_opt"),
}
BUILD, HEALTH = {"context", "dockerfile"}, {"test", "interval", "timeout", "retries", "start_period"}
NETWORK = {"internal"}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
RESTARTS = {"no", "always", "on-failure", "unless-stopped"}
DURATION = re.compile(r"(\d+(us|ms|s|m|h))+")
IMAGE = re.compile(r"[a-z0-9]+([./_-][a-z0-9]+)*:(?P<tag>\w[\w.-]*)")
VOLUME = re.compile(r"[\w./-]+:/[\w./-]*(:ro)?")
PORT = re.compile(r"\d+:\d+")
FILLED = re.compile(r"\$\{[A-Z_]+:\?[^}]+\}")  # refuses to start without a value, and says what to do
SECRET = re.compile(r"(PASSWORD|SECRET|TOKEN|_KEY)$")

Broken = Iterator[str]


def broken_rules(compose: dict[str, Any]) -> Broken:
    yield from (f"unknown key {key}" for key in set(compose) - TOP)
    for name, service in compose["services"].items():
        for rule in RULES:
            yield from (f"{name}: {told}" for told in rule(service, compose))
    for name, network in compose["networks"].items():
        yield from (f"network {name}: unknown key {key}" for key in set(network or {}) - NETWORK)
    used = {
        volume.partition(":")[0] for service in compose["services"].values() for volume in service.get("volumes", ())
    }
    yield from (f"volume {name} is used by nobody" for name in set(compose["volumes"]) - used)


def keys(service: dict[str, Any], _compose: dict[str, Any]) -> Broken:
    found = set(service) - SERVICE, set(service.get("build", {})) - BUILD, set(service.get("healthcheck", {})) - HEALTH
    yield from (f"unknown key {key}" for group in found for key in group)


def image(service: dict[str, Any], _compose: dict[str, Any]) -> Broken:
    """Its version is told, or another one comes some day; only what we build ourselves is simply the latest."""
    found = IMAGE.fullmatch(service.get("image", ""))
    if not found or (found["tag"] == "latest") != ("build" in service):
        yield f"image {service.get('image')} is not pinned"


def times(service: dict[str, Any], _compose: dict[str, Any]) -> Broken:
    health = service.get("healthcheck", {})
    told = [service.get("stop_grace_period", "1s"), *(health.get(key, "1s") for key in HEALTH - {"test", "retries"})]
    yield from (f"{time} is no duration" for time in told if not DURATION.fullmatch(str(time)))
    test = health.get("test", ["CMD", "true"])
    if test[0] not in {"CMD", "CMD-SHELL"} or (test[0] == "CMD-SHELL" and len(test) != 2):
        yield "a check of health is a list that begins with CMD, or CMD-SHELL and one line"


def waiting(service: dict[str, Any], compose: dict[str, Any]) -> Broken:
    for other, how in service.get("depends_on", {}).items():
        if other not in compose["services"] or how.get("condition") not in CONDITIONS:
            yield f"waits for {other} in vain"
        elif how["condition"] == "service_healthy" and "healthcheck" not in compose["services"][other]:
            yield f"{other} cannot tell its health"
    if service.get("restart") not in RESTARTS:
        yield "what it does after a crash is not told"


def mounts(service: dict[str, Any], compose: dict[str, Any]) -> Broken:
    for volume in service.get("volumes", ()):
        source, _, rest = volume.partition(":")
        if not VOLUME.fullmatch(volume) or (not source.startswith(".") and source not in compose["volumes"]):
            yield f"volume {volume} is not known"
        if source.startswith(".") and not rest.endswith(":ro"):
            yield f"{source} of the checkout may be written"
    if service.get("read_only") and not (service.get("tmpfs") or service.get("volumes")):
        yield "it can write nowhere"


def reach(service: dict[str, Any], compose: dict[str, Any]) -> Broken:
    yield from (f"network {name} is not known" for name in service["networks"] if name not in compose["networks"])
    yield from (
        f"port {port} is no pair in quotation marks"
        for port in service.get("ports", ())
        if not PORT.fullmatch(str(port))
    )


def settings(service: dict[str, Any], _compose: dict[str, Any]) -> Broken:
    """Values are texts: YAML makes 1 of "1" and True of "yes"; and no secret stands in the file."""
    for name, value in service.get("environment", {}).items():
        if not isinstance(value, str) or not re.fullmatch(r"[A-Z_]+", name):
            yield f"{name} is no text"
        elif "$" in FILLED.sub("", value):
            yield f"{name} may be empty without a word"
        elif SECRET.search(name) and not FILLED.fullmatch(value):
            yield f"{name} stands in the file"
        elif re.search(r"://[^/@]*:(?!\$\{)[^/@]+@", value):
            yield f"{name} holds a password"


def rights(service: dict[str, Any], _compose: dict[str, Any]) -> Broken:
    if service.get("cap_drop") == ["ALL"] and "user" not in service and "build" not in service:
        yield "it begins as root and has no right to become anybody else"


RULES: tuple[Callable[[dict[str, Any], dict[str, Any]], Broken], ...] = (
    *(keys, image, times, waiting, mounts, reach, settings, rights),
)


def test_the_file_breaks_no_rule() -> None:
    assert list(broken_rules(COMPOSE)) == []


def test_no_line_is_written_twice() -> None:
    """YAML takes the last of two keys without a word."""
    for node in walk(yaml.compose(FILE.read_text("utf-8"))):
        if isinstance(node, yaml.MappingNode):
            names = [key.value for key, _ in node.value]
            assert len(names) == len(set(names)), names


def walk(node: Any) -> Iterator[Any]:
    yield node
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            yield from (below for part in pair for below in walk(part))
    elif isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from walk(part)


def test_our_own_image_begins_as_nobody_special() -> None:
    dockerfile = (FILE.parent / "Dockerfile").read_text("utf-8")
    assert re.search(r"^USER motcua$", dockerfile, re.MULTILINE)


@pytest.mark.parametrize(
    ("where", "value", "told"),
    [
        ("services.db.imgae", "x", "db: unknown key imgae"),
        ("services.db.image", "postgres", "db: image postgres is not pinned"),
        ("services.db.image", "postgres:latest", "db: image postgres:latest is not pinned"),
        ("services.db.healthcheck.interval", 5, "db: 5 is no duration"),
        ("services.db.healthcheck.intervall", "5s", "db: unknown key intervall"),
        ("services.db.healthcheck.test", ["pg_isready"], "db: a check of health is a list"),
        ("services.proxy.depends_on", {"bot": {"condition": "service_healthy"}}, "proxy: waits for bot in vain"),
        ("services.proxy.depends_on", {"motcua": {"condition": "healthy"}}, "proxy: waits for motcua in vain"),
        ("services.db.volumes", ["database:/var/lib/postgresql"], "db: volume database:/var/lib/postgresql is not"),
        ("services.proxy.volumes", ["./Caddyfile:/etc/caddy/Caddyfile"], "proxy: ./Caddyfile of the checkout"),
        ("services.proxy.ports", [80], "proxy: port 80 is no pair"),
        ("services.db.networks", ["back"], "db: network back is not known"),
        ("services.db.restart", "sometimes", "db: what it does after a crash"),
        ("services.motcua.environment.MOTCUA_WORKERS", 4, "motcua: MOTCUA_WORKERS is no text"),
        ("services.db.environment.POSTGRES_PASSWORD", "geheim", "db: POSTGRES_PASSWORD stands in the file"),
        ("services.db.environment.POSTGRES_PASSWORD", "${DB_PASSWORD}", "db: POSTGRES_PASSWORD may be empty"),
        (
            "services.motcua.environment.MOTCUA_DATABASE_URL",
            "postgresql://a:b@db/c",
            "motcua: MOTCUA_DATABASE_URL holds",
        ),
        ("services.valkey.user", None, "valkey: it begins as root"),
        ("volumes.more", {}, "volume more is used by nobody"),
        ("versions", "3", "unknown key versions"),
    ],
)
def test_a_mistake_is_seen(where: str, value: Any, told: str) -> None:
    compose = copy.deepcopy(COMPOSE)
    *path, last = where.split(".")
    place = compose
    for name in path:
        place = place[name]
    place[last] = value
    if value is None:
        del place[last]
    assert any(line.startswith(told) for line in broken_rules(compose)), list(broken_rules(compose))
