"""Files of Compose: what becomes of services, variables, overlays, volumes and addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful import importers
from lawful.cli import main
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source
from tests.importers.imported import Told, told, written

SHOP = """
services:
  web:
    image: shop/web:${TAG}
    ports: ["80:8080", "127.0.0.1:9000:9000"]
    environment:
      TILL: http://till:80
      MAIL_HOST: smtp.mailer.com
      PAY: https://api.pay.com/v1
      MODE: db
    depends_on: [db, till]
  till:
    build: .
    environment: ["DB=postgres://u:secret@db:5432/till?sslmode=require"]
    links: ["db:ledger"]
    command: run --ledger ledger:5432 --peer=http://localhost:80
  db:
    image: postgres:16
    volumes: ["data:/var/lib/postgresql/data"]
volumes:
  data:
"""


def compose(text: str, folder: Path = Path("/nowhere")) -> Told:
    return told("compose", Source(str(folder / "compose.yaml"), text))


def service(lines: str, more: str = "") -> Told:
    """What a service `web` with these lines tells, beside a `db` and a `till`."""
    own = "".join(f"    {line}\n" for line in lines.splitlines())
    return compose(
        f"services:\n  web:\n{own}  db: {{image: redis}}\n  till: {{image: shop/till}}\n{more}"
    )


def test_services_flows_and_hosts_outside() -> None:
    shop = compose(SHOP)
    assert shop.kinds == {
        "web": "service",
        "till": "service",
        "db": "store",
        "smtp.mailer.com": "recipient",
        "api.pay.com": "recipient",
    }
    assert shop.ends == {
        "web -> till",
        "web -> smtp.mailer.com",
        "web -> api.pay.com",
        "till -> db",
    }
    assert shop.line("web -> api.pay.com") == "web -> api.pay.com using tls ..."
    assert shop.line("web -> till") == "web -> till"
    assert shop.line("till -> db") == "till -> db"  # `ledger:5432` does not say so
    assert shop.line("service web") == "service web in unknown exposed = yes"
    assert shop.line("store db") == "store db in unknown"
    assert shop.count("answers") == 4
    assert shop.count("perhaps not its address") == 1
    assert shop.count("wait for one") == 1
    assert shop.count("machine itself: not exposed") == 1
    assert shop.count("machine itself: no flow") == 1
    assert shop.count("without a value") == 1
    assert shop.count("alone: what it keeps") == 1
    assert "secret" not in shop.text
    assert "v1" not in shop.text


def test_every_fact_has_the_line_where_it_stands() -> None:
    flows = {
        f"{f.source} -> {f.target}": f.span
        for f in compose(SHOP).imported.flows.statements
        if hasattr(f, "target")
    }
    assert str(flows["web -> api.pay.com"]) == "/nowhere/compose.yaml:9:12"


@pytest.mark.parametrize(
    "lines",
    [
        "environment: {A: 'http://db'}",
        "environment: ['A=http://db']",
        "environment: {DB_HOST: db}",
        "command: --db db:6379",
        "command: [run, --db-host, db]",
        "entrypoint: ['sh', '-c', 'wait db:6379 && run']",
        "logging: {options: {fluentd-address: 'db:24224'}}",
        "environment: {A: 'http://${NONE:-db}:80'}",
        "environment: {A: 'http://${NONE:-${NEITHER-db}}:80'}",
        "environment: {A: 'http://${NONE:+x}db:80'}",
        "environment: {A: 'redis://${USER}:${PASSWORD:?said}@db:6379'}",
        "links: ['db:store']\nenvironment: {A: 'http://store:1'}",
        "command: rsync -a /d me@db:d",
        "command: [mysql, -hdb]",
        "environment: {A: 'me@db:/d'}",
        "post_start: [{command: 'run --to http://db:80'}]",
        "pre_stop: [{command: [run], environment: ['A=http://db:80']}]",
    ],
)
def test_what_names_a_service_is_a_flow(lines: str) -> None:
    assert service(lines).ends == {"web -> db"}


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("environment: {A: 'http://web'}", ""),
        ("environment: {A: 'http://localhost:80'}", "machine itself"),
        ("environment: {A: '${H}'}", "without a value"),
        ("environment: {SITE_URL: '${SITE}'}", "turn on what has no value"),
        ("environment: {A: 'http://$${HOST}:80'}", ""),
        ("environment: {A: 'http://elsewhere:80'}", "names that are of no node"),
        ("environment: {A: 'http://db.corp.internal:80'}", "not of the public net"),
        ("environment: {A: 'https://shop.example.com'}", "not of the public net"),
        (
            "environment: {PASSWORD: , API_KEY: '${URL}', PORT: '${PORT}', LEVEL: }",
            "without a value",
        ),
        ("image: 'x:${TAG}'\ndns: ['${DNS}']", "without a value"),
        ("environment: {DATABASE: db}", "perhaps not its address"),
        ("depends_on: {db: {condition: service_started}}", "wait for one"),
        ("links: [db]", "wait for one"),
        ("healthcheck: {test: 'curl http://db'}", "check of health"),
        ("labels: {a: 'http://db'}", "labels"),
        ("network_mode: 'service:db'", "network of another"),
        ("profiles: [dev]", "profile"),
        ("image: '${IMAGE}'", "turns on a variable"),
        ("volumes: ['./a:/a']", ""),
        ("ports: ['${BIND}:80:80']", "not known whether exposed"),
        ("ports: ['127.0.0.1:80:80', {target: 80, host_ip: '::1'}]", "not exposed"),
    ],
)
def test_what_is_no_flow_is_counted(lines: str, word: str) -> None:
    shop = service(lines)
    assert shop.ends == set()
    assert "exposed" not in shop.text
    if word:
        assert shop.count(word)


def test_services_are_known_by_all_their_names() -> None:
    names = ("shop-db", "DB.shop", "cache", "10.1.0.2")
    text = """
services:
  web: {environment: {A: "http://%s:80"}}
  db:
    container_name: shop-db
    hostname: db.shop
    networks: {back: {aliases: [cache], ipv4_address: 10.1.0.2}}
"""
    for name in names:
        assert compose(text % name).ends == {"web -> db"}
    assert compose("services: {web: {environment: {A: 'http://a'}}, a: {hostname: a}}").ends == {
        "web -> a"
    }


def test_names_given_to_fixed_addresses_are_followed() -> None:
    text = """
services:
  web:
    extra_hosts: ["ledger:10.1.0.2", "far=10.9.9.9"]
    environment: {A: "http://ledger:80", B: "http://far:80"}
  db: {networks: {back: {ipv4_address: 10.1.0.2}}}
"""
    assert compose(text).ends == {"web -> db"}


def test_a_volume_of_several_services_is_a_store_between_them() -> None:
    shop = service(
        "volumes: ['up:/up', 'own:/own', './conf.yml:/conf.yml']",
        "  reader: {volumes: [{type: volume, source: up, target: /in, read_only: true}, './conf.yml:/c.yml']}\n"
        "  taker: {volumes_from: ['web:ro']}\n",
    )
    assert shop.kinds["volumes.up"] == "store"
    assert shop.ends == {
        "web -> volumes.up",
        "volumes.up -> web",
        "volumes.up -> reader",
        "volumes.up -> taker",
        "web -> volumes.own",
        "volumes.own -> web",
        "volumes.own -> taker",
    }
    assert shop.count("folders of the machine") == 1


def test_variables_come_from_the_file_beside_and_never_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUTER", "till")
    files = {
        "compose.yaml": "services:\n"
        "  web: {environment: ['DB_ADDR', 'A=http://${OUTER}', \"B=${QUOTED}\"], env_file: [web.env, {path: no.env}]}\n"
        "  db: {image: redis}\n  till: {image: x}\n  mail: {image: x}\n  log: {image: x}\n",
        ".env": "# the shop\nexport PORT=6379 # of it\nDB=db\nDB_ADDR=\"${DB}:${PORT}\"\nQUOTED='$${DB}'\n",
        "web.env": "MAIL=http://mail:25\nB=http://log\n",
    }
    sources = written(tmp_path, files)
    shop = told("compose", sources[0])
    assert shop.ends == {"web -> db", "web -> mail", "web -> web.environment.A"}
    assert shop.count("files of variables") == 1
    given = Source(str(tmp_path / "other.env"), "DB_ADDR=till:80\n")
    assert told("compose", sources[0], given).ends == {
        "web -> till",
        "web -> mail",
        "web -> web.environment.A",
    }


def test_later_files_are_merged_as_compose_does(tmp_path: Path) -> None:
    first = """
services:
  web:
    environment: [A=http://db, B=http://till]
    command: --x db:1
    ports: ["80:80"]
    volumes: ["one:/data"]
  db: {image: redis, volumes: ["one:/data"]}
  till: {image: x}
  old: {image: x}
"""
    second = """
services:
  web:
    environment: {A: "http://till"}
    command: --x till:1
    ports: !override ["127.0.0.1:80:80"]
    volumes: ["two:/data"]
  old: !reset null
"""
    sources = written(tmp_path, {"compose.yaml": first, "compose.override.yaml": second})
    shop = told("compose", *sources)
    assert shop.ends == {"web -> till"}
    assert set(shop.kinds) == {"web", "db", "till"}
    assert "exposed" not in shop.text
    reset = "services:\n  web:\n    environment: !reset {}\n    command: !reset null\n"
    sources = written(tmp_path, {"compose.yaml": first, "compose.override.yaml": reset})
    assert "web -> db" not in told("compose", *sources).ends


def test_include_and_extends_follow_files_beside_and_no_others(tmp_path: Path) -> None:
    files = {
        "shop/compose.yaml": """
include:
  - parts/db.yaml
  - path: [parts/mail.yaml]
    env_file: parts/mail.env
  - ../outside.yaml
services:
  web:
    extends: {file: parts/base.yaml, service: base}
    environment: {B: "http://${NAME:-db}"}
  worker: {extends: web, command: run mail:25}
""",
        "shop/parts/base.yaml": "services:\n  base: {extends: root}\n"
        "  root: {environment: [A=http://mail, B=http://mail2], ports: ['80:80']}\n",
        "shop/parts/db.yaml": "services: {db: {image: redis, environment: {A: 'http://${MAIL}'}}}\n",
        "shop/parts/.env": "MAIL=mail\nNAME=other\n",
        "shop/parts/mail.yaml": "services: {mail: {image: x, environment: {A: 'http://${TO}'}}}\n",
        "shop/parts/mail.env": "TO=db\n",
        "outside.yaml": "services: {spy: {image: x}}\n",
    }
    sources = written(tmp_path, files)
    shop = told("compose", sources[0])
    assert set(shop.kinds) == {"web", "worker", "db", "mail"}
    assert shop.ends == {
        "web -> mail",
        "web -> db",
        "worker -> mail",
        "worker -> db",
        "db -> mail",
        "mail -> db",
    }
    assert shop.line("service web") == "service web in unknown exposed = yes"
    assert shop.count("files to include") == 1


def test_anchors_and_merge_keys() -> None:
    text = """
x-common: &common {environment: &env {A: "http://db"}}
services:
  web: {<<: *common}
  till: {environment: {<<: *env, A: "http://web"}}
  db: {image: redis}
"""
    assert compose(text).ends == {"web -> db", "till -> web"}


def test_the_order_of_services_changes_nothing() -> None:
    parts = [
        "  a: {environment: {X: 'http://b'}}\n",
        "  b: {environment: {X: 'http://a', Y: 'https://c.org'}}\n",
    ]
    texts = {compose("services:\n" + "".join(order)).text for order in (parts, parts[::-1])}
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("services: [a]", "there are no services here"),
        ("services:\n  a: 1\n", "`a` is not a service"),
        ("services:\n  a'b: {}\n", "`a'b` is no name of a service"),
        ("[services]", "this is not a file of Compose"),
        ("services: {a: {extends: a}}", "`a` extends itself"),
        ("services: {a: {extends: b}}", "there is no service `b` to extend"),
        ("services: {a: {image: x", "this is not YAML"),
        ("services: {a: {image: *x}}", "this is not YAML"),
        ("services: {a: {image: x, image: y}}", "is said twice"),
        (
            "a: &a [x]\n"
            + "".join(
                f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]\n"
                for p, n in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + "services: *i",
            "too many values",
        ),
        ("services: &a {x: *a}", "contains itself"),
        ("services: " + "{a: " * 1000, "nested too deeply"),
        ("services:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 300)), "nested too deeply"),
        ("", "there are no services here"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, message: str) -> None:
    with pytest.raises(Rejected, match=message):
        compose(text)


def test_variables_that_multiply_are_refused(tmp_path: Path) -> None:
    lines = "A0=xxxxxxxxxx\n" + "".join(f"A{n + 1}=$A{n}$A{n}\n" for n in range(60))
    sources = written(tmp_path, {"compose.yaml": "services: {a: {image: x}}", ".env": lines})
    with pytest.raises(Rejected, match="unfold to too much"):
        told("compose", sources[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHOP, True),
        ("# shop\nservices: # all\n\n  # first\n  web:\n    image: x\n", True),
        ("services: {web: {image: x}}", True),
        ('{"name": "shop", "services": {"web": {"image": "x"}}}', True),
        ('{"bomFormat": "CycloneDX", "services": [{"name": "x"}]}', False),
        ("services:\n  - docker\n", False),
        ("apiVersion: v1\nkind: ConfigMap\nservices:\n  a:\n    b: c\n", False),
        ("", False),
    ],
)
def test_which_texts_are_files_of_compose(text: str, expected: bool) -> None:
    assert ("compose" in importers.detect(Source("x", text))) == expected


def test_the_command_writes_a_system_that_checks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(
        tmp_path,
        {
            "compose.yaml": SHOP,
            "p.law": "policy p\n  effective 2024-01-01\nuse common\n\nforbid transfer of all_data\n",
        },
    )
    out = tmp_path / "out"
    assert main(["import", str(tmp_path / "compose.yaml"), "-o", str(out)]) == 0
    assert "notice: 4 flows" in capsys.readouterr().err
    assert main(["check", str(out / "compose.flow"), "--policy", str(tmp_path / "p.law")]) == 0
    assert "undetermined" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["compose", "kubernetes"])
@pytest.mark.parametrize("text", ["services: {a: {", "a: &a [*a]", "", "[]", "services: 1\n"])
def test_the_command_refuses_what_is_not_whole_and_writes_nothing(
    kind: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (source,) = written(tmp_path, {"m.yaml": text})
    out = tmp_path / "out"
    assert main(["import", source.file, "-o", str(out), "--kind", kind]) == 2
    assert capsys.readouterr().err.count("error:") == 1
    assert not out.exists()


def test_a_store_that_is_built_is_known_by_its_name() -> None:
    told = compose(
        "services: {elasticsearch: {build: .}, till: {build: .}, redis: {image: shop/x}}"
    )
    assert told.kinds == {"elasticsearch": "store", "till": "service", "redis": "service"}


def test_a_bucket_is_a_store_outside() -> None:
    told = service("environment: {ARCHIVE: 's3://orders/2024'}")
    assert told.kinds["aws:s3:orders"] == "store"
    assert "web -> aws:s3:orders" in told.ends
    assert told.imported.outside["aws:s3:orders"] == ("aws:s3:orders",)


@pytest.mark.parametrize(
    ("lines", "id"),
    [
        ("environment: {DB_HOST: }", "environment.DB_HOST"),
        ("environment: {A: 'http://${HOST}:80'}", "environment.A"),
        ("environment: {MAIL: '${MAIL_URL}'}", "environment.MAIL"),
        ("environment: ['MAIL=${MAIL_URL}']", "environment.MAIL"),
        ("environment: {MAIL_URL_FILE: /run/secrets/mail}", "environment.MAIL_URL"),
        ("command: run --peer-url=${PEER}", "command.peer-url"),
        ("command: run -psecret http://${PEER}", "command"),
        ("logging: {options: {gelf-address: 'udp://${LOGS}:1'}}", "logging.gelf-address"),
    ],
)
def test_whom_a_setting_names_that_is_not_told_is_somebody(lines: str, id: str) -> None:
    shop = service(lines)
    assert shop.ends == {f"web -> web.{id}"}
    assert shop.line(f"store web.{id}").endswith('"Not told here" in unknown known_later = yes')
    assert f"web.{id}" not in shop.imported.outside
    assert shop.count("who is not told here") == 1


def test_somebody_at_a_host_is_counted_and_not_told() -> None:
    shop = service("environment: {ALERTS: 'jo@pay.com', SOURCE: 'git@pay.com:shop/web'}")
    assert not shop.ends
    assert shop.count("name somebody at a host") == 2


def test_a_file_of_variables_may_name_one_whose_value_is_outside(tmp_path: Path) -> None:
    text = "services:\n  web: {image: x, env_file: web.env}\n"
    sources = written(tmp_path, {"compose.yaml": text, "web.env": "MAIL_URL\nLEVEL\n"})
    assert told("compose", sources[0]).ends == {"web -> web.environment.MAIL_URL"}


def test_the_file_that_compose_merges_by_itself_is_read(tmp_path: Path) -> None:
    call = "services: {web: {environment: {A: 'https://api.mail.com'}}}\n"
    files = {
        "compose.yaml": "services:\n  web: {image: x}\n",
        "compose.override.yaml": call,
        "prod.yaml": "services:\n  web: {image: x}\n",
        "prod.override.yaml": call,
    }
    usual, over, other, _ = written(tmp_path, files)
    assert told("compose", usual).ends == {"web -> api.mail.com"}
    assert told("compose", usual).count("merges over the one given") == 1
    assert told("compose", usual, over).count("merges over the one given") == 0
    assert told("compose", usual, other).ends == set()
    assert told("compose", other).ends == set()


@pytest.mark.parametrize(
    ("options", "target"),
    [
        ("{type: nfs, o: 'addr=nfs.mail.com,rw', device: ':/x'}", "nfs.mail.com"),
        ("{type: nfs, o: 'rw,addr=9.9.9.9'}", "9.9.9.9"),
        (
            "{type: cifs, o: 'username=u,password=p', device: '//files.mail.com/x'}",
            "files.mail.com",
        ),
        ("{type: nfs, o: 'rw,addr=${NFS}'}", "web.volumes.data"),
    ],
)
def test_a_volume_on_another_machine_is_a_flow_to_it(options: str, target: str) -> None:
    volumes = f"volumes:\n  data: {{driver_opts: {options}}}\n"
    assert service("volumes: ['data:/x']", volumes).ends == {f"web -> {target}"}
