"""Hosts: which machines a setting names, in a URL, as `host:port`, in a connection string or bare."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lawful_dsl.frozen import frozen

#: Stands in a text for what is not known: a variable without a value, a secret.
UNKNOWN = "\ue000"


@frozen
class Mention:
    """A host that a setting names; `tls` is none where the setting does not say how it is reached.

    A mention is `sure` where the text can be nothing but an address. `host` is empty where it turns
    on what is not known, and whoever it is is somebody where that is sure; and where it is not told, as
    `why` says. The `port` is empty where none is written.
    """

    host: str
    tls: bool | None = None
    sure: bool = True
    why: str = ""
    port: str = ""


#: Why a host is not told.
_NOT_WHITHER = "settings that say who may come, or under which address one is reached: no flow"
_SECRET = "settings that are called after a secret, and look like an address: not told, no flow"
_PATH = (
    "settings that look like a host with a path, under keys that are not called after one: no flow"
)
_SOMEBODY_AT = (
    "settings that name somebody at a host, as a mailbox or a source of code is named: no flow"
)


#: Schemes over TLS, and those that name no machine.
_SECURE = frozenset(
    re.findall(
        r"\S+",
        "https wss tcp+tls rediss amqps mqtts ldaps smtps imaps pop3s ftps sftp ssh nats+tls tls ssl grpcs "
        "mongodb+srv sasl_ssl valkeys couchbases neo4j+s bolt+s kafka+ssl",
    )
)
_NO_MACHINE = frozenset(
    re.findall(r"\S+", "file unix npipe data sqlite sqlite3 mem memory classpath env arn oci")
)
#: The last word of a key whose value is a host, and words of keys that say who may come, not whither.
_HOLDS_HOSTS = frozenset(
    re.findall(
        r"\S+",
        "host hosts hostname hostnames addr addrs address addresses server servers broker brokers endpoint "
        "endpoints url urls uri uris upstream upstreams seed seeds peer peers bootstrap sentinels "
        "smtp smarthost replicaof slaveof",
    )
)
#: The same in one word: `PGHOST`, `dburl`; but neither `curl` nor `vhost`.
_HOLDS_HOST = re.compile(r"\w{2,}(?:host|hostname|url)")
_INBOUND = frozenset(
    re.findall(
        r"\S+",
        "allow allowed allowlist trusted origin origins cors virtual whitelist whitelisted advertised advertise "
        "listen listener listeners bind noproxy exclude excluded denied blocked cookie letsencrypt",
    )
)
#: Keys whose values are addresses of one's own: under a host of the public net one is reached there.
_OWN = re.compile(
    r"(?i)(?:base|site|root|app|public|external|web|self|instance|website|frontend|home)[._-]?"
    r"(?:page|url|uri|domain|host|hostname)|(?:kc_)?host(?:name)?|.*homepage"
    r"|.*(?:site|root|external|canonical|redirect|callback|logout|login)[._-]?(?:url|uri|domain|host|hostname)"
)
#: Schemes of buckets, and what a bucket of each is called, as importers of infrastructure call it.
_BUCKETS = {"s3": "aws:s3", "s3a": "aws:s3", "s3n": "aws:s3", "gs": "google:storage"}
#: Words of keys whose values are for nobody to see.
_SECRETS = frozenset(
    re.findall(
        r"\S+",
        "password passwords passwd passphrase pass pwd requirepass secret secrets token tokens key keys apikey "
        "accesskey secretkey credential credentials cred creds salt jwt bearer license",
    )
)
#: Words at the end of keys whose values are a number, a switch or a name, and no address.
_PLAIN = frozenset(
    re.findall(
        r"\S+",
        "level port ports version tag timeout size user username uid gid db database name mode env environment id "
        "count limit enabled enable disabled debug log format zone tz timezone locale lang language days hours "
        "minutes seconds ttl interval max min prefix path dir directory file replicas workers threads memory cpu",
    )
)
#: Words of keys whose value is the address of a mailbox.
_MAIL = frozenset(("from", "sender", "reply", "email", "mail"))
_LOCAL = frozenset(
    re.findall(
        r"\S+", "local localhost internal svc test example invalid lan home arpa localdomain"
    )
)
#: How hosts end, beside the two letters of countries; and what of two letters are files, more likely.
_ENDINGS = frozenset(
    re.findall(r"\S+", "com net org info biz app dev cloud online site tech gov edu mil")
)
_SUFFIXES = frozenset(
    re.findall(r"\S+", "py js ts sh md rs go so tf pl cc gz db ps rb hs el ml cs vb as")
)
_SHOWN = frozenset(("example.com", "example.net", "example.org"))

_URL = re.compile(
    r"(?<![\w+.:-])(?P<scheme>[A-Za-z][\w+.:-]*)://"
    r"(?P<authority>(?:(?!,[A-Za-z][\w+.-]*://)[^\s/?#\"'`<>\\|;])*)"
    r"(?P<rest>(?:(?!,[A-Za-z][\w+.-]*://)[^\s\"'`<>])*)"
)
_NAME = r"[A-Za-z0-9_](?:[\w.-]*[A-Za-z0-9_])?"
_QUERIED = re.compile(rf"[?&]host=(?P<host>{_NAME})(?=[&:,]|$)")
#: A URL that leaves out its scheme, and a host with a path.
_NO_SCHEME = re.compile(rf"(?<![\w:/])//(?P<host>{_NAME})\.?(?=[:/?#\s,;]|$)")
_WITH_PATH = re.compile(rf"(?P<host>{_NAME})\.?(?::\d{{1,5}})?[/?][^\s,;]*")
_PORT = re.compile(
    rf"(?<![\w.\-/:$%\\{UNKNOWN}])(?P<host>{_NAME})\.?[:#](?P<port>\d{{1,5}})(?![\w.@])"
)
_PAIR = re.compile(
    rf"(?:^|[\s;?&])(?:host|server|data source|hostname|addr)\s*=\s*(?:tcp:)?(?P<host>{_NAME})\.?(?=[\s;,&:]|$)",
    re.IGNORECASE,
)
#: Somebody at a host, with a path there where files are copied to, and a folder of another machine.
_AT = re.compile(
    rf"(?<![\w.%+~@/:$\\{UNKNOWN}-])(?P<user>[\w.%+~{UNKNOWN}-]+)@(?P<host>[\w.{UNKNOWN}-]*[\w{UNKNOWN}])"
    r"(?![\w@])(?P<far>:[/~](?!/))?"
)
_FOLDER = re.compile(rf"(?<![\w.%+~@/:$\\{UNKNOWN}-])(?P<host>{_NAME}):/(?!/)")
#: Units of systemd, which may be somebody's: `getty@tty1.service`.
_UNITS = frozenset(re.findall(r"\S+", "service socket timer target mount path slice scope device"))
#: What is not known where a host would stand, or among hosts, and where a port would.
_OPEN_HOST = re.compile(
    rf"(?:^|[\s;?&])(?:host|server|data source|hostname|addr)\s*=\s*(?:tcp:)?[\w.-]*{UNKNOWN}"
    rf"|(?<![^\s,;])[\w.-]*{UNKNOWN}[\w.{UNKNOWN}-]*:\d{{1,5}}(?![\w.@])",
    re.IGNORECASE,
)
_OPEN_NAME = re.compile(rf"[\w.-]*{UNKNOWN}[\w.{UNKNOWN}-]*(?:[:/?][^@]*)?")
_OPEN_END = re.compile(rf"(?<=\w):{UNKNOWN}(?=[\s,;/]|$)")
#: A secret among the parts of a longer text, as of a connection string.
_HIDDEN = re.compile(
    r"(?i)(?<![\w.-])[\w.-]*(?:password|passwd|pwd|secret|token|key|credentials?)[\"']?(?:\s*=\s*|\s*:\s+|(?<=[\"']):)"
    r"(?:\"[^\"]*\"|'[^']*'|[^\s;&,\"']+)"
)
_NUMBERS = re.compile(r"\d+(?:\.\d+){3}")
_BARE = re.compile(rf"\s*{_NAME}\.?(?:[\s,;]+{_NAME}\.?)*\s*")
_TLS = re.compile(
    r"(?i)\b(?:ssl_?-?mode=(?:require|required|verify[-_]\w+)"
    r"|(?:ssl|tls|usessl|requiressl|encrypt)=(?:true|1|yes|require|strict|mandatory))\b"
)
_HOST = re.compile(
    r"(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:xn--[a-z0-9-]+|[a-z]{2,})"
)


def mentions(key: str, text: str, behind: str = "") -> Iterator[Mention]:
    """The hosts that the text under a key names; a flag of a command is a key, too.

    `behind` is what a text is called that is not known as a whole: the name of a variable, say.
    """
    words = _words(key)
    of_host = _is_of_host(key)
    holds = of_host or (_is_of_host(behind) and _is_whither(behind))
    secure = bool(_TLS.search(text))
    said = [mention for found in _URL.finditer(text) for mention in _of_url(found, secure)]
    if "image" in words:
        return
    if _is_inbound(words):
        yield from _untold((*said, *_without_scheme(text, holds, secure)), _NOT_WHITHER)
    elif _is_own(key):
        named = (*said, *_without_scheme(text, holds, secure))
        yield from _untold((each for each in named if is_outside(each.host)), _NOT_WHITHER)
        inside = (each for each in named if not is_outside(each.host))
        yield from (each if each.host else replace(each, sure=False) for each in inside)
    elif not of_host and not _SECRETS.isdisjoint(words):
        yield from said
        yield from _untold(_without_scheme(text, holds, secure), _SECRET)
    else:
        yield from said
        yield from _without_scheme(text, holds, secure)


def standing(text: str) -> frozenset[str]:
    """All words of a text that have the form of a host or of an address, whatever they are there for."""
    words = (found.strip(".-").lower() for found in re.findall(r"[\w.-]+", text))
    return frozenset(w for w in words if "." in w and (_HOST.fullmatch(w) or _NUMBERS.fullmatch(w)))


def may_be_of_host(key: str) -> bool:
    """Whether the value of a key may be an address: it is not called after a secret, a number or a switch."""
    words = _words(key)
    if not _is_whither(key):
        return False
    return _is_of_host(key) or (_SECRETS.isdisjoint(words) and _PLAIN.isdisjoint(words[-1:]))


def is_told(found: Sequence[Mention]) -> bool:
    """Whether it is known of a setting whom it names, though not all of it is known."""
    sure = [each.host for each in found if each.sure]
    return bool(sure) and all(sure)


def _words(key: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+(?![a-z])", key)]


def _is_of_host(key: str) -> bool:
    """Whether a key is called after a host."""
    words = _words(key)
    last = words[-2:-1] if words[-1:] == ["name"] else words[-1:]
    return key == "-h" or any(w in _HOLDS_HOSTS or _HOLDS_HOST.fullmatch(w) for w in last)


def _is_whither(key: str) -> bool:
    """Whether a key is not called after who may come, or after an address of one's own."""
    return not (_is_inbound(_words(key)) or _is_own(key))


def _is_inbound(words: Sequence[str]) -> bool:
    return ("proxy" in words and "no" in words) or not _INBOUND.isdisjoint(words)


def _is_own(key: str) -> bool:
    """Whether a key is called after where one is reached: a page, or a mailbox."""
    words = _words(key)
    mailbox = words[-1:] == ["address"] and not _MAIL.isdisjoint(words)
    # `Host` is how Fluent Bit calls whom it sends to, `HOST` what a program is reached by.
    return mailbox or (key != "Host" and _OWN.fullmatch(key) is not None)


def _untold(said: Iterable[Mention], why: str) -> Iterator[Mention]:
    """That a setting names hosts which are not told."""
    if any(each.host and each.sure and not is_itself(each.host) for each in said):
        yield Mention("", sure=False, why=why)


def _without_scheme(text: str, holds: bool, secure: bool) -> Iterator[Mention]:
    """The hosts in a text, but for those of URLs; `holds` is whether its key is called after a host."""
    text = _OPEN_END.sub("", text) if holds else text
    left = _HIDDEN.sub(" ", _URL.sub(" ", text))
    yield from _at(left)
    for pattern in (_NO_SCHEME, _PORT, _PAIR):
        for found in pattern.finditer(left):
            port = found.groupdict().get("port") or ""
            if int(port or 1) < 65536:
                yield Mention(_plain(found["host"]), True if secure else None, port=port)
        left = pattern.sub(" ", left)
    listed = re.split(r"[\s,;]+", left.strip())
    if _OPEN_HOST.search(left) or (holds and any(map(_OPEN_NAME.fullmatch, listed))):
        yield Mention("")
    if left != text:  # what stands in a list beside addresses is an address, too
        yield from (
            Mention(word) for word in listed if _NUMBERS.fullmatch(word) and is_outside(word)
        )
    elif _BARE.fullmatch(text):
        for host in map(_plain, listed):
            yield Mention(host, None, holds or ".svc" in host)
    elif whole := _WITH_PATH.fullmatch(text.strip()):
        host = _plain(whole["host"])
        if is_outside(host) and not _NUMBERS.fullmatch(host):
            yield Mention(host) if holds else Mention("", sure=False, why=_PATH)
    elif holds and UNKNOWN in text:
        bare = (_plain(word) for word in listed if _BARE.fullmatch(word))
        yield from map(Mention, bare)


def _at(text: str) -> Iterator[Mention]:
    """The hosts at which a text names somebody: plainly told only where it names a path there, too.

    Who that is may be a person, and is not looked at further; the user `git` is whence code comes.
    """
    for found in _AT.finditer(text):
        host, far = _plain(found["host"]), bool(found["far"]) and found["user"] != "git"
        if UNKNOWN in host:
            yield Mention("", sure=far)
        elif far:
            yield Mention(host)
        elif is_outside(host) and host.rpartition(".")[2] not in _UNITS:
            yield Mention("", sure=False, why=_SOMEBODY_AT)
    for found in _FOLDER.finditer(text):
        host = _plain(found["host"])
        if is_outside(host) and (_NUMBERS.fullmatch(host) or looks_public(host)):
            yield Mention(host)


def _plain(host: str) -> str:
    """The name of a host in small letters of ASCII, without the dot at its end."""
    host = host.lower().rstrip(".")
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _of_url(found: re.Match[str], secure: bool) -> Iterator[Mention]:
    scheme = found["scheme"].lower().rpartition(":")[2]
    if scheme in _NO_MACHINE:
        return
    authority, rest = found["authority"], found["rest"]
    if scheme in _BUCKETS:
        if re.fullmatch(_NAME, authority):
            yield Mention(f"{_BUCKETS[scheme]}:{authority}", True)
        return
    if "@" not in authority and "@" in rest and not scheme.startswith("http"):
        authority = re.split(r"[/?#;]", rest.rpartition("@")[2])[0]  # a password with a slash
    for host in authority.rpartition("@")[2].split(","):
        name = host.partition("]")[0].strip("[") if "[" in host else host.partition(":")[0]
        port = host.rpartition("]")[2].rpartition(":")[2] if ":" in host else ""
        if not name:  # as clients of PostgreSQL take it: `postgres:///shop?host=till`
            yield from (Mention(_plain(each["host"]), secure) for each in _QUERIED.finditer(rest))
        elif UNKNOWN in name:
            yield Mention("")
        elif re.fullmatch(rf"{_NAME}\.?", name) or "[" in host:
            yield Mention(_plain(name), scheme in _SECURE or secure, port=port)


def is_outside(host: str) -> bool:
    """Whether a name or an address is one of the public net, and none that is local or for examples."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    return (
        _HOST.fullmatch(host) is not None
        and host.rpartition(".")[2] not in _LOCAL
        and ".".join(host.rsplit(".", 2)[-2:]) not in _SHOWN
    )


def is_bucket(host: str) -> bool:
    """Whether what is mentioned is a bucket, and not a host."""
    return host.startswith(("aws:s3:", "google:storage:"))


def looks_public(host: str) -> bool:
    """Whether a name ends as most hosts of the public net do, and not as files and classes do."""
    last = host.rpartition(".")[2]
    return last in _ENDINGS or (len(last) == 2 and last not in _SUFFIXES)


def is_possible(mention: Mention) -> bool:
    """Whether what is mentioned may be a host of the public net to which data flow, and is not told as one."""
    if mention.why:
        return mention.why in (_PATH, _SOMEBODY_AT)
    host = mention.host
    return not mention.sure and is_outside(host) and looks_public(host)


def is_itself(host: str) -> bool:
    """Whether a name is that of the machine on which it is read, or of none."""
    if host.rpartition(".")[2] == "localhost" or host in ("host.docker.internal", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
