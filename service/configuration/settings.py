import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.configuration.channel_settings import check_channels, check_telegram_secret, check_webhook_secret
from service.configuration.secret_file import read_or_create_secret
from service.configuration.server_addresses import (
    SmtpServer,
    check_host_and_port,
    check_host_names,
    check_networks,
    check_web_address,
    postgres_url,
)

PREFIX = "KINERJA_"
Port = Annotated[int, Field(ge=1, le=65535)]

_SHORTEST_SECRET = 32


class SettingsError(Exception):
    """A setting is wrong. The text names each variable, what is wrong with it and what to do."""


class Settings(BaseSettings):
    """The settings of an operator; each comes from the environment variable KINERJA_<NAME>.

    A server whose address is None is embedded: `kinerja serve` starts it and tells the other commands.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, hide_input_in_errors=True
    )

    state_directory: Path = Path("var")
    database_url: SecretStr | None = None
    temporal_address: str | None = None
    temporal_namespace: str = Field(default="default", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$")
    temporal_api_key: SecretStr | None = None
    temporal_tls: bool = False
    temporal_tls_certificate: Path | None = None
    temporal_tls_key: Path | None = None
    temporal_tls_authority: Path | None = None
    temporal_tls_server_name: str | None = None
    smtp_url: SecretStr | None = None
    bounce_domain: str | None = Field(default=None, pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$")
    whatsapp_phone_number_id: str | None = Field(default=None, pattern=r"^[0-9]{5,30}$")
    whatsapp_access_token: SecretStr | None = None
    whatsapp_app_secret: SecretStr | None = None
    whatsapp_verify_token: SecretStr | None = None
    whatsapp_template_id: str | None = Field(default=None, pattern=r"^[a-z0-9_]{1,512}$")
    whatsapp_template_en: str | None = Field(default=None, pattern=r"^[a-z0-9_]{1,512}$")
    reply_to: str | None = Field(default=None, pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$", max_length=254)
    whatsapp_api_url: str = "https://graph.facebook.com/v23.0"
    telegram_token: SecretStr | None = None
    telegram_secret: SecretStr | None = None
    telegram_bot: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_]{5,32}$")
    telegram_api_url: str = "https://api.telegram.org"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    evidence_link_hosts: str | None = None
    mailbox_host: str = "127.0.0.1"
    mailbox_port: Port = 1025
    mailbox_directory: Path | None = None
    secret: SecretStr | None = None
    api_host: str = "127.0.0.1"
    api_port: Port = 8080
    public_url: str | None = None
    trusted_proxies: str | None = None
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator(
        "state_directory",
        "mailbox_directory",
        "temporal_tls_certificate",
        "temporal_tls_key",
        "temporal_tls_authority",
    )
    @classmethod
    def _from_here(cls, path: Path | None) -> Path | None:
        return None if path is None else path.expanduser().absolute()

    @field_validator("state_directory", "mailbox_directory")
    @classmethod
    def _may_be_a_directory(cls, path: Path | None) -> Path | None:
        if path is not None and path.exists() and not path.is_dir():
            raise ValueError("exists but is not a directory; name a directory that kinerja may write to")
        return path

    @field_validator("temporal_tls_certificate", "temporal_tls_key", "temporal_tls_authority")
    @classmethod
    def _is_a_readable_file(cls, path: Path | None) -> Path | None:
        if path is not None and not (path.is_file() and os.access(path, os.R_OK)):
            raise ValueError("is not a file that kinerja can read; give the path of a PEM file")
        return path

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        return None if url is None else SecretStr(postgres_url(url.get_secret_value()))

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None:
            SmtpServer.from_urls(url.get_secret_value())
        return url

    @field_validator("telegram_secret")
    @classmethod
    def _is_what_telegram_takes(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None:
            check_telegram_secret(secret.get_secret_value())
        return secret

    @field_validator("webhook_secret")
    @classmethod
    def _is_a_webhook_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None:
            check_webhook_secret(secret.get_secret_value())
        return secret

    @field_validator("whatsapp_api_url", "telegram_api_url", "webhook_url")
    @classmethod
    def _is_an_address_of_a_provider(cls, url: str | None) -> str | None:
        return None if url is None else check_web_address(url)

    @field_validator("temporal_address")
    @classmethod
    def _is_host_and_port(cls, address: str | None) -> str | None:
        return None if address is None else check_host_and_port(address)

    @field_validator("evidence_link_hosts")
    @classmethod
    def _are_host_names(cls, hosts: str | None) -> str | None:
        return None if hosts is None else check_host_names(hosts)

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, networks: str | None) -> str | None:
        return None if networks is None else check_networks(networks)

    @field_validator("public_url")
    @classmethod
    def _is_web_address(cls, url: str | None) -> str | None:
        return None if url is None else check_web_address(url)

    @field_validator("secret")
    @classmethod
    def _is_long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value()) < _SHORTEST_SECRET:
            raise ValueError(
                f"is shorter than {_SHORTEST_SECRET} characters; make one with "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        return secret

    @field_validator("log_format", "log_level", mode="before")
    @classmethod
    def _in_small_letters(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _certificate_has_its_key(self) -> Self:
        if (self.temporal_tls_certificate is None) != (self.temporal_tls_key is None):
            raise ValueError(
                f"{PREFIX}TEMPORAL_TLS_CERTIFICATE and {PREFIX}TEMPORAL_TLS_KEY belong together; "
                "set both for mutual TLS, or neither"
            )
        return self

    @model_validator(mode="after")
    def _credentials_have_an_engine(self) -> Self:
        if self.temporal_address is None and (
            self.temporal_tls
            or self.temporal_api_key
            or self.temporal_tls_certificate
            or self.temporal_tls_authority
        ):
            raise ValueError(
                f"{PREFIX}TEMPORAL_ADDRESS is not set, but TLS or an API key for it is; set the address of "
                "your Temporal server, or unset the others to use the embedded one"
            )
        return self

    @model_validator(mode="after")
    def _channels_are_whole(self) -> Self:
        given = {name for name in type(self).model_fields if getattr(self, name) is not None}
        check_channels(given, PREFIX)
        return self

    @property
    def smtp_servers(self) -> tuple[SmtpServer, ...]:
        """The servers for outgoing mail, the preferred one first; empty when the embedded mailbox takes it."""
        return () if self.smtp_url is None else SmtpServer.from_urls(self.smtp_url.get_secret_value())

    @property
    def smtp_server(self) -> SmtpServer | None:
        """The preferred one of these servers."""
        return next(iter(self.smtp_servers), None)

    @property
    def mail_domain(self) -> str:
        """The domain of the sender: the host of the public address."""
        host = urlsplit(self.public_address).hostname or "localhost"
        return host if any(letter.isalpha() for letter in host) else "localhost"

    @property
    def mail_sender(self) -> str:
        """The e-mail address from which everything is sent."""
        return f"kinerja@{self.mail_domain}"

    @property
    def mail_directory(self) -> Path:
        """The directory in which the local mailbox keeps its messages."""
        return self.mailbox_directory or self.state_directory / "mailbox"

    @property
    def public_address(self) -> str:
        """The start of all links in messages, without a trailing slash."""
        if self.public_url is not None:
            return self.public_url
        host = "127.0.0.1" if self.api_host in {"0.0.0.0", "::"} else self.api_host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.api_port}"

    def token_secret(self) -> str:
        """The secret that signs tokens: `secret`, or one made once and kept in the state directory."""
        if self.secret is not None:
            return self.secret.get_secret_value()
        return read_or_create_secret(self.state_directory / "secret")

    def as_environment(self) -> dict[str, str]:
        """The variables that give another process these settings. They contain secrets, so never log them."""
        variables: dict[str, str] = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr):
                value = value.get_secret_value()
            if value is not None:
                variables[f"{PREFIX}{name.upper()}"] = str(value)
        return variables


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises one `SettingsError` that names every wrong variable.

    A KINERJA_ variable that does not exist is an error too: a misspelt address would otherwise quietly
    start an embedded server beside the real one.
    """
    problems = _unknown_variables(os.environ if environment is None else environment)
    settings = None
    try:
        settings = Settings() if environment is None else _settings_from(environment)
    except ValidationError as error:
        problems += [
            _sentence(str(detail["loc"][0]) if detail["loc"] else None, detail["msg"])
            for detail in error.errors(include_input=False, include_url=False)
        ]
    if settings is None or problems:
        raise SettingsError("\n".join(problems))
    return settings


def _settings_from(environment: Mapping[str, str]) -> Settings:
    fields = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value != ""
    }
    known: dict[str, Any] = {name: value for name, value in fields.items() if name in Settings.model_fields}
    # No variable has this prefix: only the given values count, not the environment of this process.
    return Settings(_env_prefix="=", **known)


def _unknown_variables(environment: Mapping[str, str]) -> list[str]:
    known = [name.upper() for name in Settings.model_fields]
    problems = []
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name.removeprefix(PREFIX) in known:
            continue
        close = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1)
        advice = f"did you mean {PREFIX}{close[0]}?" if close else "remove it; the README lists them."
        problems.append(f"{name}: there is no such setting; {advice}")
    return problems


def _sentence(field: str | None, message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message if field is None else f"{PREFIX}{field.upper()}: {message}"
