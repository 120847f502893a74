import os
from pathlib import Path

import pytest

from service.configuration.settings import Settings, SettingsError, load_settings


def problem(**variables: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings({f"KINERJA_{name}": value for name, value in variables.items()})
    return str(caught.value)


def test_without_variables_every_server_is_embedded() -> None:
    settings = load_settings({})
    assert settings.database_url is None
    assert settings.temporal_address is None
    assert settings.smtp_url is None
    assert settings.state_directory == Path.cwd() / "var"
    assert settings.public_address == "http://127.0.0.1:8080"
    assert settings.mail_directory == Path.cwd() / "var" / "mailbox"


def test_variables_of_the_process_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINERJA_API_PORT", "9001")
    monkeypatch.setenv("KINERJA_LOG_FORMAT", "JSON")
    settings = load_settings()
    assert settings.api_port == 9001
    assert settings.log_format == "json"


def test_a_problem_in_the_process_environment_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINERJA_API_PORT", "http")
    with pytest.raises(SettingsError, match="KINERJA_API_PORT"):
        load_settings()


def test_an_environment_that_is_given_stands_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KINERJA_API_PORT", "9001")
    assert load_settings({}).api_port == 8080


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load_settings({"KINERJA_DATABASE_URL": "", "KINERJA_SMTP_URL": ""}).database_url is None


@pytest.mark.parametrize(
    "url",
    (
        "postgresql://kinerja:s3cret@db:5432/kinerja",
        "postgres://kinerja:s3cret@db:5432/kinerja",
        "postgresql+asyncpg://kinerja:s3cret@db:5432/kinerja",
    ),
)
def test_each_usual_way_to_write_a_postgresql_address_reaches_asyncpg(url: str) -> None:
    settings = load_settings({"KINERJA_DATABASE_URL": url})
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == "postgresql+asyncpg://kinerja:s3cret@db:5432/kinerja"


def test_the_tls_choice_of_libpq_is_given_in_the_words_of_asyncpg() -> None:
    settings = load_settings({"KINERJA_DATABASE_URL": "postgresql://u:p@db/kinerja?sslmode=require"})
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value().endswith("/kinerja?ssl=require")


@pytest.mark.parametrize(
    ("url", "complaint"),
    (
        ("mysql://u:hunter2@db/kinerja", "must be a PostgreSQL address"),
        ("postgresql://u:hunter2@db", "does not name a database"),
        ("postgresql:///kinerja", "does not name a host"),
        ("postgresql://u:hunter2@db:port/kinerja", "is not an address"),
    ),
)
def test_a_wrong_database_address_is_explained_without_its_password(url: str, complaint: str) -> None:
    text = problem(DATABASE_URL=url)
    assert text.startswith("KINERJA_DATABASE_URL: ")
    assert complaint in text
    assert "postgresql://user:password@host:5432/database" in text
    assert "hunter2" not in text


@pytest.mark.parametrize(
    "address",
    ("temporal", "http://temporal:7233", "temporal:0", "temporal:70000", ":7233", "::1:7233", "a:b"),
)
def test_a_temporal_address_is_host_and_port(address: str) -> None:
    assert "KINERJA_TEMPORAL_ADDRESS: must be host:port" in problem(TEMPORAL_ADDRESS=address)


@pytest.mark.parametrize("address", ("temporal.example.go.id:7233", "10.0.0.1:7233", "[::1]:7233"))
def test_a_good_temporal_address_is_kept(address: str) -> None:
    assert load_settings({"KINERJA_TEMPORAL_ADDRESS": address}).temporal_address == address


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    (tmp_path / "client.pem").write_text("certificate")
    text = problem(TEMPORAL_ADDRESS="t:7233", TEMPORAL_TLS_CERTIFICATE=str(tmp_path / "client.pem"))
    assert "KINERJA_TEMPORAL_TLS_CERTIFICATE and KINERJA_TEMPORAL_TLS_KEY belong together" in text


def test_a_certificate_that_is_not_there_is_named() -> None:
    text = problem(TEMPORAL_ADDRESS="t:7233", TEMPORAL_TLS_CERTIFICATE="/no/such.pem")
    assert text.startswith("KINERJA_TEMPORAL_TLS_CERTIFICATE: is not a file that kinerja can read")


def test_an_api_key_without_an_address_would_be_sent_nowhere() -> None:
    assert "KINERJA_TEMPORAL_ADDRESS is not set" in problem(TEMPORAL_API_KEY="key")


def test_a_mail_server_is_taken_apart() -> None:
    server = load_settings({"KINERJA_SMTP_URL": "smtps://robot:p%40ss@mail.example.go.id"}).smtp_server
    assert server is not None
    assert (server.host, server.port, server.implicit_tls) == ("mail.example.go.id", 465, True)
    assert (server.username, server.password) == ("robot", "p@ss")
    assert "p@ss" not in repr(server)


def test_plain_mail_uses_port_25_unless_told() -> None:
    servers = [load_settings({"KINERJA_SMTP_URL": url}).smtp_server for url in ("smtp://m", "smtp://m:1025")]
    assert [server.port for server in servers if server] == [25, 1025]


def test_a_wrong_mail_address_is_explained_without_its_password() -> None:
    text = problem(SMTP_URL="imap://robot:hunter2@mail")
    assert text.startswith("KINERJA_SMTP_URL: must be the address of a mail server")
    assert "hunter2" not in text


def test_a_short_secret_is_refused_and_not_repeated() -> None:
    text = problem(SECRET="sandi-pendek")
    assert "KINERJA_SECRET: is shorter than 32 characters; make one with" in text
    assert "sandi-pendek" not in text


@pytest.mark.parametrize("port", ("0", "65536", "-1", "http"))
def test_a_port_out_of_range_is_named(port: str) -> None:
    assert problem(API_PORT=port).startswith("KINERJA_API_PORT: ")


def test_a_public_address_loses_its_trailing_slash() -> None:
    settings = load_settings({"KINERJA_PUBLIC_URL": "https://kinerja.example.go.id/app/"})
    assert settings.public_address == "https://kinerja.example.go.id/app"


@pytest.mark.parametrize(
    "url", ("kinerja.example.go.id", "ftp://a", "https://", "https://a/?x=1", "https://[a")
)
def test_a_public_address_is_a_web_address(url: str) -> None:
    assert "KINERJA_PUBLIC_URL: " in problem(PUBLIC_URL=url)


def test_an_api_on_all_interfaces_links_to_this_machine() -> None:
    assert load_settings({"KINERJA_API_HOST": "0.0.0.0"}).public_address == "http://127.0.0.1:8080"  # noqa: S104
    assert load_settings({"KINERJA_API_HOST": "::1"}).public_address == "http://[::1]:8080"


@pytest.mark.parametrize("choice", ("LOG_FORMAT", "LOG_LEVEL"))
def test_a_choice_that_does_not_exist_lists_those_that_do(choice: str) -> None:
    text = problem(**{choice: "loud"})
    assert text.startswith(f"KINERJA_{choice}: ")
    assert "'json'" in text or "'warning'" in text


def test_a_namespace_has_no_spaces() -> None:
    assert problem(TEMPORAL_NAMESPACE="kota contoh").startswith("KINERJA_TEMPORAL_NAMESPACE: ")


def test_a_misspelt_variable_is_told_with_the_right_spelling() -> None:
    text = problem(DATABSE_URL="postgresql://u@db/kinerja")
    assert text == "KINERJA_DATABSE_URL: there is no such setting; did you mean KINERJA_DATABASE_URL?"


def test_a_variable_unlike_any_setting_is_told_to_go() -> None:
    assert "KINERJA_ZZZ: there is no such setting; remove it" in problem(ZZZ="1")


def test_all_problems_are_told_at_once() -> None:
    text = problem(API_PORT="0", SMTP_URL="imap://mail", DATABSE_URL="x")
    assert len(text.splitlines()) == 3


def test_a_state_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    assert "exists but is not a directory" in problem(STATE_DIRECTORY=str(tmp_path / "var"))


def test_a_generated_secret_is_kept_for_the_owner_only(tmp_path: Path) -> None:
    settings = Settings(state_directory=tmp_path / "new")
    secret = settings.token_secret()
    assert len(secret) == 64
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o777 == 0o600
    assert settings.token_secret() == secret
    assert os.listdir(tmp_path / "new") == ["secret"]


def test_a_secret_that_is_set_leaves_no_file(tmp_path: Path) -> None:
    settings = load_settings({"KINERJA_SECRET": "x" * 32, "KINERJA_STATE_DIRECTORY": str(tmp_path)})
    assert settings.token_secret() == "x" * 32
    assert os.listdir(tmp_path) == []


def test_secrets_are_not_printed_with_the_settings() -> None:
    settings = load_settings(
        {
            "KINERJA_DATABASE_URL": "postgresql://u:hunter2@db/kinerja",
            "KINERJA_TEMPORAL_ADDRESS": "t:7233",
            "KINERJA_TEMPORAL_API_KEY": "hunter2",
            "KINERJA_SMTP_URL": "smtp://u:hunter2@mail",
            "KINERJA_SECRET": "hunter2" * 5,
        }
    )
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_another_process_gets_the_same_settings_through_its_environment(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "KINERJA_DATABASE_URL": "postgresql://u:p@db/kinerja?sslmode=require",
            "KINERJA_TEMPORAL_ADDRESS": "t:7233",
            "KINERJA_TEMPORAL_TLS": "true",
            "KINERJA_STATE_DIRECTORY": str(tmp_path),
            "KINERJA_SECRET": "s" * 40,
            "KINERJA_API_PORT": "9000",
        }
    )
    assert load_settings(settings.as_environment()) == settings


WHATSAPP = {
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "WHATSAPP_ACCESS_TOKEN": "access",
    "WHATSAPP_TEMPLATE_ID": "kinerja_id",
    "WHATSAPP_TEMPLATE_EN": "kinerja_en",
}


def test_several_mail_servers_are_read_in_their_order() -> None:
    servers = load_settings({"KINERJA_SMTP_URL": "smtp://first:25  smtps://u:p@second"}).smtp_servers
    assert [(server.host, server.port) for server in servers] == [("first", 25), ("second", 465)]


def test_a_wrong_one_among_several_mail_servers_is_refused() -> None:
    assert "must be the address of a mail server" in problem(SMTP_URL="smtp://first ftp://second")


def test_a_mail_server_that_is_named_twice_is_refused() -> None:
    assert "names a mail server twice" in problem(SMTP_URL="smtp://mail smtp://mail:25")


def test_without_variables_no_other_channel_is_there() -> None:
    settings = load_settings({})
    assert settings.smtp_servers == ()
    assert settings.whatsapp_phone_number_id is None
    assert settings.telegram_token is None
    assert settings.webhook_url is None


@pytest.mark.parametrize("missing", WHATSAPP)
def test_a_channel_that_is_not_whole_names_what_is_missing(missing: str) -> None:
    given = {name: value for name, value in WHATSAPP.items() if name != missing}
    assert f"KINERJA_{missing} must be set as well" in problem(**given)


def test_receipts_of_whatsapp_need_whatsapp() -> None:
    text = problem(WHATSAPP_APP_SECRET="a", WHATSAPP_VERIFY_TOKEN="b")
    assert "KINERJA_WHATSAPP_PHONE_NUMBER_ID must be set as well" in text


def test_the_telegram_secret_needs_the_bot() -> None:
    assert "KINERJA_TELEGRAM_TOKEN must be set as well" in problem(TELEGRAM_SECRET="a" * 32)


@pytest.mark.parametrize("secret", ("short", "with blanks in the middle of it", "ä" * 32))
def test_a_telegram_secret_that_telegram_would_not_send_is_refused(secret: str) -> None:
    text = problem(TELEGRAM_TOKEN="1:x", TELEGRAM_SECRET=secret)
    assert text.startswith("KINERJA_TELEGRAM_SECRET: must be 16 to 256 letters")
    assert secret not in text


def test_a_webhook_secret_says_how_to_make_one() -> None:
    text = problem(WEBHOOK_URL="https://gateway.example", WEBHOOK_SECRET="hunter2")
    assert "openssl rand -base64 32" in text
    assert "hunter2" not in text


def test_a_webhook_without_its_secret_is_refused() -> None:
    assert "KINERJA_WEBHOOK_SECRET must be set as well" in problem(WEBHOOK_URL="https://gateway.example")


@pytest.mark.parametrize(
    ("public", "domain"),
    (("https://kinerja.kota.example", "kinerja.kota.example"), ("http://127.0.0.1:8080", "localhost")),
)
def test_mail_comes_from_the_host_that_people_know(public: str, domain: str) -> None:
    assert load_settings({"KINERJA_PUBLIC_URL": public}).mail_domain == domain


def test_hosts_whose_links_are_tried_are_named_one_after_the_other() -> None:
    settings = load_settings({"KINERJA_EVIDENCE_LINK_HOSTS": "arsip.example.go.id localhost 10.0.0.1"})
    assert settings.evidence_link_hosts == "arsip.example.go.id localhost 10.0.0.1"


@pytest.mark.parametrize(
    "hosts", ("https://arsip.example.go.id", "arsip.example.go.id:8080", "a,b", "*.go.id")
)
def test_what_is_no_name_of_a_host_is_refused(hosts: str) -> None:
    assert "KINERJA_EVIDENCE_LINK_HOSTS: must be names of hosts" in problem(EVIDENCE_LINK_HOSTS=hosts)


def test_proxies_are_addresses_or_networks() -> None:
    settings = load_settings({"KINERJA_TRUSTED_PROXIES": "127.0.0.1 10.0.0.0/8 ::1"})
    assert settings.trusted_proxies == "127.0.0.1 10.0.0.0/8 ::1"
    for proxies in ("*", "proxy.example.go.id", "10.0.0.1/8", "127.0.0.1,::1"):
        assert "KINERJA_TRUSTED_PROXIES: must be addresses or networks" in problem(TRUSTED_PROXIES=proxies)
