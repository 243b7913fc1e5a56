"""Settings of a server process, read once from the environment."""

from typing import Annotated, Literal

from pydantic import AnyHttpUrl, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

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
    worker_threads: Annotated[int, Field(ge=1)] = Field(
        default=8, description="Threads that run endpoints written as plain functions."
    )
    public_url: AnyHttpUrl | None = Field(
        default=None,
        description="Where clients reach this server, when that differs from the address it sees (behind a proxy "
        "with a path prefix); it stands before every problem type and every `Link`.",
    )

    @property
    def public_root(self) -> str:
        """The public URL without a slash at its end; empty when none is set, so that links stay on the origin."""
        return "" if self.public_url is None else str(self.public_url).rstrip("/")
