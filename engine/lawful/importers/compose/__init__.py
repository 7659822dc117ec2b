"""compose: files of Docker Compose, with the variables and files that lie beside them.

What becomes of them:

- A service is a node with its name: a `store`, where its image is that of a database, a cache, a
  queue or the like, else a `service`. With ports that are published to all it is `exposed = yes`.
- A value of `environment`, of an `env_file`, of `command`, `entrypoint`, hooks or of the options of `logging` that
  names another service, in a URL, as `host:port`, in a connection string, or alone where its key is
  called after a host, is a flow from the one to the other. Services are known by their names, the
  aliases of their networks, `container_name`, `hostname`, links and fixed addresses.
- The machine itself, with a port that a service publishes, is that service. Logs that a driver sends to a cloud flow
  to a store of it.
- A host of the public net that is named so is a `recipient` with its name. A flow is `using tls` if all
  that names its target says so (`https`, `sslmode=require`).
- Whom a setting does not tell, as it turns on a variable without a value or a file that is not read, is a node
  under service and key, `known_later = yes`, where the setting is called after an address.
- A named volume that several services mount is a store `volumes.NAME` between them, which they write,
  unless they mount it to read, and read. So is a folder of the machine, by its path, `./uploads`.
- Several files are merged in their order, and `compose.override.yaml` over a file that is given alone,
  as Compose merges them (`!reset`, `!override`), with `include`
  and `extends` of files in the same folder or below. Variables have the values of the `.env`
  beside the first file, or of those `.env` files that are given; never those of the environment.

What is not told: what flows, whose, what for; regions; who owns what. `depends_on` and `links` say
who waits for whom, which is no flow. Addresses inside images, in files that are mounted and in labels
are not seen. Services of all profiles are taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawful.importers import Imported
from lawful.importers._forms import is_schema
from lawful.importers.compose.project import read_project
from lawful.importers.compose.translation import translate
from lawful_dsl.source import Source

__all__ = ["APART", "read", "recognises"]

#: In a folder that is looked through, what stands in one folder is one system.
APART = "folder"

_GAP = r"[^\S\n]*(?:#[^\n]*)?\n(?:[^\S\n]*(?:#[^\n]*)?\n)*"
_SERVICES = re.compile(
    rf"^(?:services|\"services\"|'services')[ \t]*:[ \t]*(?:[&!][\w-]+[ \t]*)?{_GAP}[ \t]+[\w.\"'-]+[ \t]*:",
    re.MULTILINE,
)
#: In braces: at the beginning of a line, or within a text that is braces as a whole, as JSON is.
_BRACES = re.compile(r"^\"?services\"?[ \t]*:\s*\{", re.MULTILINE)
_WITHIN = re.compile(r"\A\s*(?=\{)(?s:.*?)[{,]\s*\"?services\"?\s*:\s*\{")


def recognises(source: Source) -> bool:
    """A file of Compose has `services`, which are a mapping; one of Kubernetes has `apiVersion`."""
    text = source.text
    if "services" not in text:  # what is large is not gone through line by line
        return False
    if re.search(r"^apiVersion\s*:", text, re.MULTILINE) or '"bomFormat"' in text:
        return False
    if _SERVICES.search(text) or _BRACES.search(text):
        return True
    return _WITHIN.search(text) is not None and not is_schema(source)


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of one project."""
    project, whole = read_project(sources)
    return translate(project, whole, name)
