"""Hosts: what a setting names, and what only looks like it."""

from __future__ import annotations

import pytest

from lawful.importers._commands import arguments
from lawful.importers._hosts import (
    UNKNOWN,
    Mention,
    is_itself,
    is_outside,
    looks_public,
    mentions,
)
from lawful.importers._stores import keeps_data


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("X", "http://till", [("till", False)]),
        ("X", "https://u:p%40ss@till:8443/a?b=c#d", [("till", True)]),
        ("X", "postgres://u:p@till:5432/db?sslmode=require", [("till", True)]),
        ("X", "postgres://u:p@till:5432/db?sslmode=prefer", [("till", False)]),
        ("X", "postgres://u:a/b@till/db", [("till", False)]),
        ("X", "mongodb://one:1,two:2/db", [("one", False), ("two", False)]),
        ("X", "mongodb+srv://one.org/db", [("one.org", True)]),
        ("X", "http://one:1,https://two:2", [("one", False), ("two", True)]),
        ("X", "jdbc:mysql://till:3306/db?useSSL=true", [("till", True)]),
        ("X", "jdbc:sqlserver://till:1433;databaseName=x", [("till", False)]),
        ("X", "jdbc:oracle:thin:@till:1521:x", [("till", None)]),
        ("X", "u:p@tcp(till:3306)/db", [("till", None)]),
        ("X", "https://web.pay.com.", [("web.pay.com", True)]),
        ("X", "https://web.pay.com.:8443/a", [("web.pay.com", True)]),
        ("X", "web.pay.com.:443", [("web.pay.com", None)]),
        ("TILL_HOST", "web.pay.com.", [("web.pay.com", None)]),
        ("X", "//cdn.pay.com/x", [("cdn.pay.com", None)]),
        ("X", "/srv//till", []),
        ("X", "// till", []),
        ("X", "https://bücher.org/x", [("xn--bcher-kva.org", True)]),
        ("X", "pay.com/12", []),
        ("PAY_URL", "pay.com/12", [("pay.com", None)]),
        ("IMAGE_URL", "pay.com/12", []),
        ("BASE_URL", "api/v1", []),
        ("PGHOST", "till", [("till", None)]),
        ("VHOST", "till", []),
        ("API_KEY", "sk.live.made-up.com:443", []),
        ("PASSWORD", "made-up.foo.com:99", []),
        ("--token", "made.up.com:99", []),
        ("API_KEY", "https://pay.com/key", [("pay.com", True)]),
        ("TOKEN_HOST", "till", [("till", None)]),
        ("X", "Server=till;Password=made.up.com:99;", [("till", None)]),
        ("X", '{"password": "made.up.com:99", "to": "till:1"}', [("till", None)]),
        ("X", "s3://orders/2024", [("aws:s3:orders", True)]),
        ("X", "gs://orders", [("google:storage:orders", True)]),
        ("BASE_URL", "https://shop.pay.com", []),
        ("BASE_URL", "http://till:80", [("till", False)]),
        ("OPENAI_BASE_URL", "https://api.pay.com/v1", [("api.pay.com", True)]),
        ("API_EXTERNAL_URL", "https://shop.pay.com", []),
        ("--web.external-url", "https://shop.pay.com", []),
        ("HOSTNAME", "shop.pay.com", []),
        ("DB_HOSTNAME", "db.pay.com", [("db.pay.com", None)]),
        ("-h", "till", [("till", None)]),
        ("-H", "till", []),
        ("--replicaof", "till", [("till", None)]),
        ("X", "host=till port=5432 sslmode=verify-full", [("till", True)]),
        ("X", "Server=tcp:till,1433;Database=x;", [("till", None)]),
        ("X", "one:1 two:2,three:3", [("one", None), ("two", None), ("three", None)]),
        ("X", "one:1;9.9.9.9;10.0.0.1", [("one", None), ("9.9.9.9", None)]),
        ("X", "9.9.9.9", []),
        ("X", "", []),
        ("X", "TILL:80", [("till", None)]),
        ("X", "file:///etc/till", []),
        ("X", "unix:///run/till.sock", []),
        ("X", "repo/till:7", []),
        ("X", "till:7.2", []),
        ("X", "till:99999", []),
        ("X", f"http://{UNKNOWN}:80", [("", None)]),
        ("X", f"{UNKNOWN}till:80", [("", None)]),
        ("X", f"{UNKNOWN}:80", [("", None)]),
        ("X", f"80:{UNKNOWN}", []),
        ("X", UNKNOWN, []),
        ("X", f"host={UNKNOWN} password={UNKNOWN} dbname={UNKNOWN}", [("", None)]),
        ("X", f"host=till password={UNKNOWN} dbname={UNKNOWN}", [("till", None)]),
        ("X", f"{UNKNOWN}:{UNKNOWN}@tcp(till:3306)/{UNKNOWN}", [("till", None)]),
        ("X", f"https://{UNKNOWN}.pay.com/", [("", None)]),
        ("X", f"https://till/{UNKNOWN}", [("till", True)]),
        ("TILL_ADDR", f"till:{UNKNOWN}", [("till", None)]),
        ("TILL_ADDR", f"{UNKNOWN}:{UNKNOWN}", [("", None)]),
        ("TILL_HOSTS", f"till,{UNKNOWN}", [("", None), ("till", None)]),
        ("TILL_BROKERS", f"till:1,{UNKNOWN}:1", [("till", None), ("", None)]),
        ("TILL_URL", f"{UNKNOWN}/v1", [("", None)]),
        ("TILL_PASSWORD", UNKNOWN, []),
        ("SITE_URL", UNKNOWN, []),
        ("MAIL_FROM_ADDRESS", UNKNOWN, []),
        ("CORS_HOSTS", UNKNOWN, []),
        ("LOG_LEVEL", UNKNOWN, []),
        ("TILL_HOST", UNKNOWN, [("", None)]),
        ("TILL_HOST", "till", [("till", None)]),
        ("tillHostname", "till", [("till", None)]),
        ("DATABASE_NAME", "till", []),
        ("TILL_HOST_NAME", "till", [("till", None)]),
        ("discovery.seed_hosts", "one,two", [("one", None), ("two", None)]),
        ("X", "till.shop.svc.cluster.local", [("till.shop.svc.cluster.local", None)]),
        ("CORS_ORIGIN", "http://till:80", []),
        ("ALLOWED_HOSTS", "till", []),
        ("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://till:9092", []),
        ("NO_PROXY", "till:80", []),
        ("CACHE_IMAGE", "till:7", []),
        ("X", "postgres://u:p@/shop?host=db.pay.com&x=y", [("db.pay.com", False)]),
        ("X", "postgres:///shop?host=/run/db", []),
        ("X", "http://till?host=db.pay.com", [("till", False)]),
        ("X", "me@nas.pay.com:/x", [("nas.pay.com", None)]),
        ("X", "me@till:/x", [("till", None)]),
        ("X", f"me@{UNKNOWN}:/x", [("", None)]),
        ("X", "nas.pay.com:/x", [("nas.pay.com", None)]),
        ("X", "till:/x", []),
        ("X", "git@pay.com:/x", []),
        ("X", "me@pay.com", []),
        ("ADMIN_ADDRESS", "me@pay.com", []),
        ("X", "shop/web@sha256:abc", []),
    ],
)
def test_what_a_setting_names(key: str, text: str, expected: list[tuple[str, bool | None]]) -> None:
    found = [(each.host, each.tls) for each in mentions(key, text) if each.sure]
    assert found == expected


def test_a_name_under_any_key_is_not_sure() -> None:
    assert list(mentions("STORAGE", "till")) == [Mention("till", None, False)]


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("API_KEY", "sk.live.made-up.com:443", "called after a secret"),
        ("CORS_ORIGIN_API_URL", "https://api.pay.com/x", "who may come"),
        ("SENTRY", "o1.ingest.pay.com/12", "a host with a path"),
        ("API_KEY", "sk-live-made-up", ""),
        ("LISTEN", "0.0.0.0:80", ""),
        ("BASE_URL", "https://shop.pay.com", "under which address one is reached"),
        ("CONFIG", "etc/till.json", ""),
        ("X", "Alerts <me@pay.com>", "somebody at a host"),
        ("X", "git@pay.com:shop/web", "somebody at a host"),
        ("X", "getty@tty1.service", ""),
        ("X", "web@sha256:abc", ""),
    ],
)
def test_what_is_not_told_is_counted(key: str, text: str, why: str) -> None:
    found = [each for each in mentions(key, text) if each.why]
    assert all(why in each.why and not each.host for each in found)
    assert bool(found) == bool(why)


def test_a_name_that_may_be_a_host_of_the_public_net() -> None:
    likely = ("smtp2.pay.org", "pay.de")
    unlikely = ("till.json", "org.till.Main".lower(), "main.py")
    assert [looks_public(host) for host in likely] == [True] * len(likely)
    assert [looks_public(host) for host in unlikely] == [False] * len(unlikely)


def test_what_is_outside_and_what_is_here() -> None:
    outside = ("api.pay.com", "*.pay.com", "9.9.9.9", "xn--bcher-kva.org")
    inside = ("till", "till.local", "x.example.com", "10.0.0.1", "till.internal", "a..b", "1.2")
    assert [is_outside(host) for host in outside] == [True] * len(outside)
    assert [is_outside(host) for host in inside] == [False] * len(inside)
    assert [is_itself(host) for host in ("localhost", "127.0.0.1", "::1", "0.0.0.0")] == [True] * 4
    assert not is_itself("till")


def test_who_knocks_at_a_port_names_its_host() -> None:
    script = "until nc -z -v till 5432; do sleep 1; done"
    assert [m.host for key, text in arguments([script]) for m in mentions(key, text) if m.sure] == [
        "till"
    ]
    assert ("", "80") in arguments(["run till 80"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["rsync", "-e", "ssh", "/d", "me@till:d"], ["till"]),
        (["rsync -a \\\n /d me@till:d\ncat a@pay.com:b"], ["till"]),
        (["rsync --chown me:us /d /e"], []),
        (["scp x y.pay.com:z"], ["y.pay.com"]),
        (["sh", "-c", "scp x me@till:y"], ["till"]),
        (["bash -c 'tar c / | ssh me@till \"cat > x\"'"], ["till"]),
        (["ssh -p 22 -R 80:localhost:80 y.pay.com z.pay.com"], ["y.pay.com"]),
        (["ssh 9.9.9.9"], ["9.9.9.9"]),
        (["sftp", "-b", "me@x.pay.com", "me@till:/x"], ["till"]),
        (["systemctl restart ssh web.service"], []),
        (["ssh -T git@pay.com"], []),
        (["git clone me@pay.com:a"], []),
        (["dump x|mysql -htill"], ["till"]),
        (["mysql", "-htill"], ["till"]),
        (["psql -help"], []),
        (["tool -hdb.pay.com"], ["db.pay.com"]),
        (["tool -hill"], []),
        (["cat /d >/dev/tcp/till/99"], ["till"]),
        (["nc -w 5 9.9.9.9 99"], ["9.9.9.9"]),
    ],
)
def test_whom_programs_call_in_ways_of_their_own(words: list[str], expected: list[str]) -> None:
    found = [m for key, text in arguments(words) for m in mentions(key, text)]
    assert [each.host for each in found if each.sure] == expected


def test_the_words_of_a_command_have_their_flags() -> None:
    assert list(arguments(["run --till=a:1 --host b", "-x", "c:2"])) == [
        ("", "run"),
        ("--till", "a:1"),
        ("--host", "b"),
        ("-x", "c:2"),
    ]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('echo "see https://docs.pay.com"; run --to https://api.pay.com', ["https://api.pay.com"]),
        ("if true; then echo https://docs.pay.com; fi", []),
        ("echo stats | nc https://till 80", ["https://till"]),
        ("printf 'at https://docs.pay.com'\ncurl https://api.pay.com", ["https://api.pay.com"]),
        ("run --echo https://api.pay.com", ["https://api.pay.com"]),
    ],
)
def test_what_a_script_says_to_its_reader_is_no_address(script: str, expected: list[str]) -> None:
    assert [text for _, text in arguments([script]) if "https:" in text] == expected


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("redis", True),
        ("redis:7-alpine", True),
        ("docker.io/bitnami/postgresql-repmgr:16", True),
        ("registry:5000/mssql/server:2022@sha256:abc", True),
        ("confluentinc/cp-kafka", True),
        ("clickhouse/clickhouse-server", True),
        ("shop/orders-db:1", True),
        ("", False),
        ("shop/orders", False),
        ("redis-exporter", False),
        ("mongo-express", False),
        ("kafka-ui", False),
        ("redis/insight", False),
    ],
)
def test_which_images_keep_data(image: str, expected: bool) -> None:
    assert keeps_data(image) == expected


@pytest.mark.parametrize(
    ("key", "behind", "somebody"),
    [
        ("MAIL", "MAIL_URL", True),
        ("MAIL", "mail-endpoint", True),
        ("MAIL", "MAILER", False),
        ("MAIL", "SITE_URL", False),
        ("MAIL_PASSWORD", "MAIL_URL", False),
    ],
)
def test_what_a_variable_is_called_may_say_that_its_value_is_an_address(
    key: str, behind: str, somebody: bool
) -> None:
    assert any(each.sure for each in mentions(key, UNKNOWN, behind)) is somebody
