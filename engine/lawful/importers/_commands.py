"""Commands: their words, each with its flag, and the hosts that programs are given in ways of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lawful.importers._hosts import UNKNOWN, is_outside, looks_public

#: The key of what can be nothing but a host.
_OF_HOST = "-h"
#: What a script says to who reads its output.
_SAYS = re.compile(
    r"(?m)(?:^|(?<=[;&|({])|(?<=\bthen\b)|(?<=\bdo\b)|(?<=\belse\b))\s*(?:echo|printf)\b"
    r"(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|[^\s;&|\"']+))*"
)
#: Who asks whether a port is open, or sends there, and has the port apart; and how the shell itself does.
_KNOCKS = re.compile(
    r"\b(?:nc|ncat|netcat|telnet)(?:[ \t]+-\w+(?:[ \t]+\d+(?=[ \t]))?)*[ \t]+"
    r"([A-Za-z][\w.-]*|\d+(?:\.\d+){3})[ \t]+(\d{1,5})\b"
)
_DEVICE = re.compile(rf"/dev/(?:tcp|udp)/([\w.{UNKNOWN}-]+)/(\d{{1,5}})\b")
_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s\"']+")

#: Who copies files to another machine, and who logs in there; clients of databases and queues.
_COPIES = frozenset(("rsync", "scp"))
_LOGS_IN = frozenset(("autossh", "sftp", "ssh", "sshfs"))
_CLIENT = re.compile(
    r"(?:mysql|mariadb)[\w-]*|psql|pg_\w+|createdb|dropdb|vacuumdb|(?:redis|valkey)-cli|mosquitto_[ps]ub"
)
_PROGRAM = rf"{'|'.join(sorted(_COPIES | _LOGS_IN))}|{_CLIENT.pattern}"
_RUNS = re.compile(rf"(?<![\w.-])(?:{_PROGRAM})\s")
#: The flags of a login that have a value, which is none to whom it goes.
_VALUED = frozenset(f"-{letter}" for letter in "BDEFILOPQRSWbceilmopsw")
_HOST = rf"[\w.{UNKNOWN}-]*[\w{UNKNOWN}]"
_FAR = re.compile(rf"(?:(?P<user>[^\s@/:]+)@)?(?P<host>{_HOST})(?P<path>:(?!//).*)?", re.DOTALL)
_GLUED = re.compile(rf"-h(?!elp$)(?P<host>{_HOST})")


def arguments(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The words of a command, each with the flag whose value it is; empty for those of none."""
    flag = program = ""
    for text in words:
        said = _DEVICE.sub(r" \1:\2", _KNOCKS.sub(r" \1:\2", _SAYS.sub(" ", text)))
        end = 0
        for found in _WORD.finditer(said):
            if "\n" in said[end : found.start()] and said[end - 1 : end] != "\\":
                program = ""
            end = found.end()
            word = found[0].strip("\"'")
            if re.search(r"\s", word) and _RUNS.search(word):
                yield from arguments([word])
                flag = ""
                continue
            key, sign, value = word.partition("=")
            bare = word.strip("[](),;")
            if word[:1] in "|&;":
                program = ""
            if host := _glued(program, bare):
                yield _OF_HOST, host
                flag = ""
            elif sign and re.fullmatch(r"-{0,2}[\w.-]+", key):
                yield key, value
                flag = ""
            elif word.startswith("-"):
                flag = word
            elif host := _far(program, flag, bare):
                yield _OF_HOST, host
                flag = ""
                program = program if program in _COPIES else ""
            else:
                yield flag, word
                program = (not (flag and program) and _program(word)) or program
                flag = ""
            if word[-1:] in "|&;":
                program = ""


def _program(word: str) -> str:
    """The program that a word is, of those that have a way of their own to name a host; else empty."""
    name = re.split(r"[|;&(`/]", word.strip("[](),;\"'"))[-1]
    known = name in _COPIES or name in _LOGS_IN or _CLIENT.fullmatch(name)
    return name if known else ""


def _glued(program: str, word: str) -> str:
    """The host that stands in one word with the flag for it: `-hdb.pay.com`."""
    found = _GLUED.fullmatch(word)
    host = found["host"] if found else ""
    return host if _CLIENT.fullmatch(program) or _is_public(host) else ""


def _far(program: str, flag: str, word: str) -> str:
    """The host to which a program copies, or logs in; `git@` is whence code comes."""
    found = _FAR.fullmatch(word)
    if found is None or found["user"] == "git" or len(found["host"]) < 2 - (UNKNOWN in word):
        return ""
    host, path = found["host"], found["path"] or ""
    if program in _COPIES:
        told = path and (found["user"] or "." in host or path[1:2] in tuple("/~.:"))
    else:
        told = program in _LOGS_IN and flag not in _VALUED and (found["user"] or _is_public(host))
    return host if told else ""


def _is_public(host: str) -> bool:
    """Whether a word is a host of the public net, or the address of one, most likely."""
    return is_outside(host) and (host.replace(".", "").isdecimal() or looks_public(host))
