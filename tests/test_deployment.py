"""The files of deploy/ are well formed, name only what exists, and agree with each other and the guide."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "operator.md").read_text("utf-8")
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())
UNITS = [path for path in FILES if path.suffix in {".service", ".timer"}]
SETTINGS = {f"MOTCUA_{name.upper()}" for name in Settings.model_fields}
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
INSTRUCTIONS = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "CMD"}


@pytest.mark.parametrize("path", [*FILES, ROOT / "docs" / "operator.md"], ids=lambda path: path.name)
def test_every_setting_named_exists(path: Path) -> None:
    assert set(re.findall(r"MOTCUA_[A-Z_]+\b", path.read_text("utf-8"))) <= SETTINGS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_holds_a_secret(path: Path) -> None:
    secrets = r"^ *(\w*(?:SECRET|TOKEN|PASSWORD)\w*)[=:] *(.*)$"
    for name, value in re.findall(secrets, path.read_text("utf-8"), re.MULTILINE):
        assert not value or value.startswith("${"), name


def test_services_volumes_and_networks_that_are_named_are_there() -> None:
    for name, service in SERVICES.items():
        assert set(service.get("depends_on", {})) <= set(SERVICES), name
        assert set(service["networks"]) <= set(COMPOSE["networks"]), name
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert (DEPLOY / source).exists() if source.startswith(".") else source in COMPOSE["volumes"], volume


def test_a_service_waits_only_for_one_that_can_tell_its_health() -> None:
    for service in SERVICES.values():
        for other, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}
            assert "healthcheck" in SERVICES[other]


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("db", "valkey"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_the_settings_of_compose_are_taken() -> None:
    given = {name: str(value) for name, value in SERVICES["motcua"]["environment"].items() if name in SETTINGS}
    filled = {name: re.sub(r"\$\{[^}]*\}", "motcua.example.vn", value) for name, value in given.items()}
    settings = Settings(**{name.removeprefix("MOTCUA_").lower(): value for name, value in filled.items()})
    assert settings.workers == 4
    assert settings.valkey_url.startswith("redis://valkey")
    assert settings.database.startswith("postgresql://")
    assert settings.public_url == "https://motcua.example.vn"


def test_every_variable_that_compose_wants_is_explained() -> None:
    wanted = set(re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yaml").read_text("utf-8")))
    assert wanted == {"DOMAIN", "DB_PASSWORD"}
    assert all(f"{name}=" in GUIDE for name in wanted)


def test_the_image_is_made_of_what_the_checkout_holds() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert {line.split()[0] for line in lines} <= INSTRUCTIONS
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    allowed = set((ROOT / ".dockerignore").read_text("utf-8").split())
    for source in copied:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in allowed, source
    assert lines.index("USER motcua") < lines.index('CMD ["motcua", "serve"]')


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_can_be_read_and_names_files_of_the_guide(path: Path) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    unit.read(path, "utf-8")
    assert unit.has_section("Unit")
    if path.suffix == ".service":
        assert unit["Service"]["User"] == "motcua"
        assert unit["Service"]["EnvironmentFile"] == "/etc/motcua.env"
        assert "/opt/motcua/.venv/bin/motcua" in unit["Service"]["ExecStart"]
    assert path.name in GUIDE or path.name.replace(path.suffix, ".*") in GUIDE


def test_systemd_finds_nothing_wrong_but_that_it_is_not_installed() -> None:
    if not (program := shutil.which("systemd-analyze")):
        pytest.skip("systemd-analyze is not installed")
    run = subprocess.run([program, "verify", *UNITS], capture_output=True, text=True, check=False)
    told = [line for line in run.stderr.splitlines() if "/deploy/" in line or line.startswith("motcua")]
    assert [line for line in told if "is not executable" not in line] == []


# What has a default works as it is; of the others these are left out on purpose.
LEFT_OUT = {
    "set by compose or by the unit": "DATABASE_URL VALKEY_URL",
    "for few: README": "OUT_OF_HOURS APPROVE_OWN ZALO_OA_TEMPLATE COMMUNE_PLACES",
    "for a city with a system of its own: docs/dossiers.md": """DOSSIER_SOURCE DOSSIER_URL DOSSIER_USER
        DOSSIER_PASSWORD DOSSIER_UNIT DOSSIER_TOKEN DOSSIER_SENSITIVE""",
}


def test_the_example_has_every_setting_without_a_default_but_those_left_out_on_purpose() -> None:
    """A new one belongs into deploy/motcua.env.example, or above with the reason why most never touch it."""
    given = re.findall(r"^(MOTCUA_\w+)=", (DEPLOY / "motcua.env.example").read_text("utf-8"), re.MULTILINE)
    left_out = {f"MOTCUA_{name}" for names in LEFT_OUT.values() for name in names.split()}
    empty = {f"MOTCUA_{name.upper()}" for name, field in Settings.model_fields.items() if field.default == ""}
    assert len(given) == len(set(given))
    assert set(given) & left_out == set()
    assert empty - set(given) == left_out


def test_the_example_as_it_is_starts_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty values mean what an absent setting means."""
    lines = (DEPLOY / "motcua.env.example").read_text("utf-8").splitlines()
    for name, value in (line.split("=", 1) for line in lines if line and not line.startswith("#")):
        monkeypatch.setenv(name, value)
    assert Settings().is_testing
    assert Settings().model_dump(exclude={"is_testing"}) == Settings.model_construct().model_dump(
        exclude={"is_testing"}
    )


def test_the_proxy_leads_to_the_service() -> None:
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    without_comments = re.sub(r"#.*", "", text)
    assert without_comments.count("{") == without_comments.count("}")
    assert "reverse_proxy {$UPSTREAM:127.0.0.1:8080}" in text
    assert SERVICES["proxy"]["environment"]["UPSTREAM"] == f"motcua:{Settings.model_fields['port'].default}"


def test_the_guide_names_every_file_and_every_page_it_leads_to_exists() -> None:
    for path in FILES:
        assert path.name in GUIDE or path.name.replace(path.suffix, ".*") in GUIDE or path.name == "Dockerfile"
    for link in re.findall(r"\]\(([^)#:]+)\)", GUIDE):
        assert (ROOT / "docs" / link).exists(), link


DIRECTIVES = {"{$DOMAIN}", "encode", "reverse_proxy", "lb_try_duration"}  # caddyserver.com/docs/caddyfile/directives


def test_the_proxy_s_file_is_of_directives_that_there_are() -> None:
    lines = [line.strip() for line in re.sub(r"#.*", "", (DEPLOY / "Caddyfile").read_text("utf-8")).splitlines()]
    depth = 0
    for line in filter(None, lines):
        depth -= line == "}"
        assert line == "}" or line.split()[0] in DIRECTIVES, line
        assert "{" not in re.sub(r"\{\$\w+(:[^}]*)?\}", "", line).removesuffix(" {"), (
            "a block begins at the end of a line"
        )
        depth += line.endswith(" {")
        assert depth >= 0
    assert depth == 0


def test_the_proxy_itself_takes_its_file() -> None:
    if not (program := shutil.which("caddy")):
        pytest.skip("caddy is not installed: its file was checked by its rules alone")
    command = [program, "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env={"DOMAIN": "motcua.example.vn"})
    assert run.returncode == 0, run.stderr
