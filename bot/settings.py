"""Settings shared by everything, from MOTCUA_… variables; a channel's own settings live in its file."""

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.database import sqlite_url
from knowledge.deadlines import read_hours


class Settings(BaseSettings):
    """Each field is one variable, documented in the README's table (a test compares them)."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA_", extra="ignore")

    database_url: str = Field(default="", description="SQLAlchemy URL; empty: the embedded database in the data folder")
    data_dir: Path = Field(default=Path("data"), description="folder of the embedded database and the generated secret")
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8080, ge=0, le=65535, description="port to listen on")
    workers: int = Field(default=1, ge=1, le=64, description="processes that serve together; more share what they know")
    valkey_url: str = Field(
        default="",
        pattern=r"^((redis|rediss|unix)://.+)?$",
        description="address of a Valkey that processes share (redis://…); empty: they share the database",
    )
    public_url: str = Field(default="", description="address at which citizens reach this server, for links")
    secret: str = Field(default="", description="key of hashes and cookies; empty: made once, kept in the data folder")
    province: str = Field(default="H24", pattern=r"^H\d{2}$", description="province code whose own procedures are kept")
    commune: str = Field(default="", pattern=r"^(\d{5})?$", description="five-digit code of the commune served")
    commune_places: str = Field(
        default="", description="CSV file of where the communes' centres lie: code,latitude,longitude; empty: unknown"
    )
    memory_minutes: int = Field(default=60, ge=1, description="how long a conversation's subject is remembered")
    rate_per_minute: int = Field(default=40, ge=1, description="questions and pages one client may ask for in a minute")
    office_hours: str = Field(
        default="07:30-11:30,13:00-17:00", description="hours of a working day, for due dates; sessions by comma"
    )
    out_of_hours: str = Field(
        default="", description="what who asks for a person reads out of hours, besides when somebody is there again"
    )
    takeover_minutes: int = Field(
        default=30, ge=1, description="how long the assistant keeps quiet in a private chat after staff wrote there"
    )
    question_characters: int = Field(
        default=2_000, ge=100, description="of longer ones the end is read, up to four times this"
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")
    dossier_source: str = Field(
        default="",
        pattern=r"^(tra_cuu|igate)?$",
        description="kind of system asked about dossiers: tra_cuu or igate",
    )
    dossier_url: str = Field(default="", description="address of that system's interface")
    dossier_user: str = Field(default="", description="user for it (tra_cuu)")
    dossier_password: str = Field(default="", description="password for it, or bearer token (igate)")
    dossier_unit: str = Field(default="", description="our unit's code there (madonvi, dstcode)")
    dossier_system: str = Field(default="Hệ thống một cửa", description="name of that system, as citizens read it")
    dossier_token: str = Field(default="", description="token with which systems send payloads; empty: none are taken")
    dossier_always_factor: bool = Field(default=False, description="a code alone never tells a dossier's state")
    dossier_sensitive: str = Field(default="", description="further kinds of procedures to hide, parted by semicolons")
    group_quiet: str = Field(
        default="22:00-06:00",
        pattern=r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$",
        description="hours in which groups are answered only when they call; empty: never",
    )
    notice_quiet: str = Field(
        default="21:00-07:00",
        pattern=r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$",
        description="hours in which no notice is sent to a phone; empty: never",
    )
    group_admins_teach: bool = Field(
        default=False, description="what administrators of groups without an account answer becomes a draft too"
    )
    telegram_token: str = Field(
        default="", pattern=r"^(\d+:\S+)?$", description="token of the Telegram bot; empty: no Telegram"
    )
    telegram_secret: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9_-]{0,256}$",
        description="secret of the webhook under the public address; empty: Telegram is polled",
    )
    telegram_api: str = Field(default="https://api.telegram.org", description="address of the Bot API")
    zalo_bot_token: str = Field(
        default="", pattern=r"^(\S+:\S+)?$", description="token of the Zalo bot; empty: no Zalo Bot"
    )
    zalo_bot_secret: str = Field(
        default="",
        pattern=r"^(\S{8,256})?$",
        description="secret of its webhook under the public address, 8 letters or more; empty: it is polled",
    )
    zalo_bot_name: str = Field(
        default="", description="its name as groups mention it; several are parted by semicolons"
    )
    zalo_bot_link: str = Field(default="", description="link that opens a private chat with it")
    zalo_bot_quota: int = Field(default=3_000, ge=0, description="messages a month by its plan; 0: not watched")
    zalo_bot_api: str = Field(
        default="https://bot-api.zaloplatforms.com", description="address of the Zalo Bot Platform"
    )
    zalo_oa: str = Field(default="", pattern=r"^\d*$", description="id of the Official Account; empty: no OA")
    zalo_oa_app: str = Field(default="", pattern=r"^\d*$", description="id of the app that the OA is linked to")
    zalo_oa_app_secret: str = Field(default="", description="secret of that app, for its tokens")
    zalo_oa_secret: str = Field(default="", description="OA secret key of the webhook page, which signs events")
    zalo_oa_name: str = Field(default="", description="names that call the OA in its groups, parted by semicolons")
    zalo_oa_menu: str = Field(
        default="buttons", pattern=r"^(buttons|list|numbers)$", description="form of menus: buttons, list or numbers"
    )
    zalo_oa_paid: bool = Field(default=False, description="notices may be sent 2 to 7 days after a citizen wrote, paid")
    zalo_oa_template: str = Field(
        default="", pattern=r"^\d*$", description="approved template for notices that come later; empty: none are sent"
    )
    zalo_oa_mute_minutes: int = Field(
        default=30, ge=1, description="how long the bot keeps out of a chat in which an official has written"
    )
    zalo_oa_api: str = Field(default="https://openapi.zalo.me", description="address of the OA interface")
    zalo_oa_login: str = Field(default="https://oauth.zaloapp.com", description="address at which OA tokens are issued")
    keep_exchanges: int = Field(
        default=800, ge=1, description="days for which masked questions are kept: reports look back a year and more"
    )
    keep_addresses: int = Field(default=30, ge=1, description="days for which who waits for staff can be told")
    keep_dossiers: int = Field(default=800, ge=1, description="days for which a dossier without news is kept")
    keep_follows: int = Field(default=400, ge=1, description="days for which a dossier is followed")
    keep_outbox: int = Field(default=30, ge=1, description="days for which messages that were sent or failed are kept")
    approve_own: str = Field(
        default="",
        pattern=r"^(all|\d{5}(,\d{5})*)?$",
        description="communes (codes by comma, or all) whose only member of staff may approve his own drafts",
    )
    widget_origins: str = Field(
        default="",
        pattern=r"^(https?://[^\s,/]+(,https?://[^\s,/]+)*)?$",
        description="sites that may show the widget (https://…, by comma); empty: only this one",
    )
    kiosk_seconds: int = Field(
        default=90, ge=20, le=3_600, description="seconds without a touch after which the kiosk forgets and begins anew"
    )
    is_testing: bool = Field(default=False, description="shows a notice that this server is a trial")

    @property
    def database(self) -> str:
        return self.database_url or sqlite_url(self.data_dir.resolve() / "motcua.sqlite3")

    @field_validator("office_hours")
    @classmethod
    def _are_hours(cls, text: str) -> str:
        read_hours(text)
        return text
