"""Settings of a server process, read once from the environment."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AnyHttpUrl,
    EmailStr,
    Field,
    FilePath,
    SecretStr,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

SHORTEST_KEY = 32
"""Characters that a key has at least: HS256 needs 256 bits (RFC 7518 section 3.2)."""

_FIELDS_OF_CRON = 6
_Quota = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,6}/[1-9][0-9]{0,6}$")]
_MailHost = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9:]([A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?$")]
LogLevel = Literal["debug", "info", "warning", "error", "critical"]


class Settings(BaseSettings):
    """What an operator may change, each as an environment variable `AFTERWORD_<NAME>`.

    Raises `pydantic.ValidationError` when a variable has a value that cannot be used.
    """

    model_config = SettingsConfigDict(env_prefix="AFTERWORD_", frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=8000, description="TCP port to listen on; 0 lets the system choose a free one."
    )
    log_level: LogLevel = Field(default="info", description="The least severe level that is written to the log.")
    max_request_bytes: Annotated[int, Field(ge=1024)] = Field(
        default=2 * 1024 * 1024,
        description="The largest request body, in bytes. 2 MiB holds a batch of 1,000 fact objects of 2 kB.",
    )
    shutdown_seconds: Annotated[int, Field(ge=1)] = Field(
        default=30, description="How long requests in flight may take to finish after SIGTERM, in seconds."
    )
    worker_threads: Annotated[int, Field(ge=1, le=200)] = Field(
        default=8, description="Threads that work on requests, and connections to the database."
    )
    most_waiting: Annotated[int, Field(ge=0)] = Field(
        default=1000, description="Requests that wait for a thread at most; further ones get 503 at once."
    )
    environment: Literal["development", "production"] = Field(
        default="development", description="In production no key is made up."
    )
    background: Literal["inside", "elsewhere"] = Field(
        default="inside",
        description="Whether the server does itself what follows from time, and sends messages, or leaves it to "
        "`afterword worker`.",
    )
    background_schedule: str = Field(
        default="0 * * * * *",
        description="When it is done, as six fields of cron, of which the first is the second; for all processes on a "
        "database the one that started last decides.",
    )
    heartbeat_seconds: Annotated[float, Field(gt=0, le=60)] = Field(
        default=5,
        description="How often a process that does background work says that it lives; after six times of silence "
        "others go on with what it had begun.",
    )
    data_dir: Path = Field(
        default=Path(".data"), description="Where the embedded database and generated keys are kept."
    )
    database_url: str = Field(
        default="",
        description="postgresql://… or sqlite:///…; by default an SQLite file in the data directory.",
    )
    secret_keys: Annotated[list[SecretStr], NoDecode] = Field(
        default=[],
        description="Keys that sign tokens and encrypt the passwords of mailboxes, with commas between them, each of "
        "at least 32 characters; the first signs and encrypts, all verify and decrypt. Before one is taken away, "
        "mailboxes have to be tested once more, which encrypts their passwords with the first.",
    )
    attempts_per_client: _Quota = Field(
        default="100/900",
        description="How often one client may register, log in, refresh or give a password: attempts/seconds.",
    )
    attempts_per_account: _Quota = Field(
        default="100/3600", description="The same on one account, whoever it is: attempts/seconds."
    )
    attempts_per_account_and_client: _Quota = Field(
        default="10/900", description="The same of one client on one account: attempts/seconds."
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses and networks of proxies, with commas between them, whose `X-Forwarded-For` is believed; "
        "without them, all clients behind a proxy share one limit.",
    )
    consent_days: Annotated[int, Field(ge=1, le=36_500)] = Field(
        default=365, description="How long a reference's consent is current; after that it is asked for again, in days."
    )
    mails_per_address: _Quota = Field(
        default="5/3600", description="How often anybody may have a mail sent to one address: mails/seconds."
    )
    mail_host: _MailHost | None = Field(
        default=None,
        description="The server that the system's own mails go through: to confirm addresses, to reset passwords. "
        "Without one they are written into the data directory in development, and not sent in production.",
    )
    mail_port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        default=None, description="Its TCP port; by default 587 for `starttls`, 465 for `tls`, 25 for `none`."
    )
    mail_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="Whether it is spoken to over TLS after STARTTLS, over TLS from the beginning, or in the clear, for"
        " a server on the same machine.",
    )
    mail_username: str | None = Field(default=None, description="The name to log in to it with, if it wants one.")
    mail_password: SecretStr | None = Field(default=None, description="The password to log in to it with.")
    mail_from: EmailStr = Field(
        default="afterword@example.com", description="The address that mails of the system come from."
    )
    mail_ca_file: FilePath | None = Field(
        default=None,
        description="Certificates of authorities, in PEM, that mail servers are trusted by besides the system's. "
        "In development that of `make mail`, once that has made one.",
    )
    mail_private_hosts: bool | None = Field(
        default=None,
        description="`true` or `false`: whether users may name mail servers on private networks, and any port; by "
        "default in development only. Where it is off, the ports are 25, 465, 587, 2465, 2525 and 2587.",
    )
    mailbox_tests: _Quota = Field(
        default="20/3600",
        description="How often a user may have mailboxes tested, which lets this server connect to hosts that the user "
        "names: tests/seconds.",
    )
    messages_per_day: Annotated[int, Field(ge=1)] = Field(
        default=20,
        description="How many messages a user may approve within 24 hours: nobody thanks more people by hand.",
    )
    public_url: AnyHttpUrl | None = Field(
        default=None,
        description="Where clients reach this server, when that differs from the address it sees (behind a proxy "
        "with a path prefix); it stands before every problem type and every `Link`.",
    )
    contact_url: AnyHttpUrl | None = Field(
        default=None, description="A page where people who use this server's API find help; `/openapi.json` names it."
    )
    contact_email: EmailStr | None = Field(
        default=None, description="Whom people who use this server's API may write to; `/openapi.json` names it."
    )

    @field_validator("secret_keys", mode="before")
    @classmethod
    def _separated(cls, given: object) -> object:
        return [key for key in map(str.strip, given.split(",")) if key] if isinstance(given, str) else given

    @field_validator("secret_keys", mode="after")
    @classmethod
    def _long(cls, keys: list[SecretStr]) -> list[SecretStr]:
        if any(len(key.get_secret_value()) < SHORTEST_KEY for key in keys):
            message = "a key must have at least {least} characters; `openssl rand -base64 48` makes a good one"
            raise PydanticCustomError("short_key", message, {"least": SHORTEST_KEY})
        return keys

    @field_validator("background_schedule")
    @classmethod
    def _is_a_schedule(cls, given: str) -> str:
        # Only where one is given: no other command needs it.
        from croniter import croniter  # noqa: PLC0415

        if len(given.split()) != _FIELDS_OF_CRON or not croniter.is_valid(given, second_at_beginning=True):
            message = "write six fields of cron, the first for seconds, such as `0 * * * * *` for each minute"
            raise PydanticCustomError("schedule", message)
        return given

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, given: str) -> str:
        try:
            proxies = [str(ip_network(one.strip())) for one in given.split(",") if one.strip()]
        except ValueError as error:
            raise PydanticCustomError("network", "{wrong}", {"wrong": str(error)}) from None
        return ",".join(proxies)

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, given: str) -> str:
        if not given:
            return given
        # As hosting companies write it.
        url = "postgresql://" + given.removeprefix("postgres://") if given.startswith("postgres://") else given
        known = "postgresql://user:password@host/database or sqlite:////path/to/file.db"
        try:
            address = make_url(url)
        except (ArgumentError, ValueError):
            raise ValueError(f"This is no database URL; write {known}") from None
        if address.drivername not in {"postgresql", "postgresql+psycopg", "sqlite"}:
            raise ValueError(f"{address.drivername!r} is no database that Afterword knows; write {known}")
        return url

    @model_validator(mode="after")
    def _keys_are_there(self) -> Self:
        if self.environment == "production" and not self.secret_keys:
            message = (
                "AFTERWORD_SECRET_KEYS must name a key when AFTERWORD_ENVIRONMENT is production; "
                "`openssl rand -base64 48` makes a good one"
            )
            raise PydanticCustomError("key_missing", message)
        return self

    @model_validator(mode="after")
    def _mail_is_complete(self) -> Self:
        if self.mail_host is not None and "mail_from" not in self.model_fields_set:
            message = "AFTERWORD_MAIL_FROM must name an address of yours when AFTERWORD_MAIL_HOST names a server"
            raise PydanticCustomError("mail_from_missing", message)
        if (self.mail_username is None) != (self.mail_password is None):
            message = "AFTERWORD_MAIL_USERNAME and AFTERWORD_MAIL_PASSWORD must be set together"
            raise PydanticCustomError("mail_login_incomplete", message)
        return self

    @property
    def database(self) -> str:
        """The URL of the database."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'afterword.db'}"

    @property
    def is_development(self) -> bool:
        """Whether somebody is trying things out."""
        return self.environment == "development"

    @property
    def outbox(self) -> Path:
        """The folder of mails that are not sent."""
        return self.data_dir.absolute() / "outbox"

    @property
    def can_mail(self) -> bool:
        """Whether mails of the system go anywhere."""
        return self.mail_host is not None or self.is_development

    @property
    def private_mail_hosts(self) -> bool:
        """Whether users may name mail servers that the public internet does not reach."""
        return self.is_development if self.mail_private_hosts is None else self.mail_private_hosts

    @property
    def mail_authorities(self) -> Path | None:
        """The file of authorities that mail servers are trusted by besides those of the system, if there is one."""
        tried_out = self.data_dir / "mail" / "ca.pem"
        if self.mail_ca_file is None and self.is_development and tried_out.exists():
            return tried_out
        return self.mail_ca_file

    @property
    def public_root(self) -> str:
        """The public URL without a slash at its end; empty when none is set, so that links stay on the origin."""
        return "" if self.public_url is None else str(self.public_url).rstrip("/")

    @property
    def contact(self) -> dict[str, str]:
        """Whom to ask about this server, as the contact object of an OpenAPI document."""
        known = {"url": self.contact_url, "email": self.contact_email}
        return {"name": "Afterword", **{name: str(value) for name, value in known.items() if value is not None}}
