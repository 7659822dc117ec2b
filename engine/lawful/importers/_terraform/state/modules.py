"""Modules: the folders of files in HCL, what each declares, and which of them calls which."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from lawful.importers._hcl import Attribute, Block, Body, Expression, Literal, Traversal, parse
from lawful.importers._terraform.state.in_json import parse_json, parse_values
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span

#: What Terraform itself is told, and moves within its state: nothing of a system.
_SILENT = {"terraform", "import", "removed", "check", "ephemeral", "action", "list"}
#: How files of Terragrunt end, and what stands in them and in no others that end so.
_OF_TERRAGRUNT = ".hcl"
_TERRAGRUNT = re.compile(
    r"^(?:(?:include|dependency|generate|unit|stack)\s+\"[\w.-]+\"\s*\{|(?:dependencies|remote_state)\s*\{"
    r"|inputs\s*=)",
    re.MULTILINE,
)


@frozen
class Declared:
    """A resource, or what is looked up, as it is declared."""

    type: str
    name: str
    data: bool
    body: Body
    span: Span

    @property
    def places(self) -> dict[str, Span]:
        """Where each of its settings stands first."""
        found = {block.type: block.span for block in reversed(self.body.blocks)}
        return {**found, **{name: each.span for name, each in self.body.attributes.items()}}


@dataclass
class Module:
    """What the files of one folder declare."""

    folder: str
    span: Span
    resources: dict[tuple[bool, str, str], Declared] = field(default_factory=dict)
    variables: dict[str, Block] = field(default_factory=dict)
    given: dict[str, Attribute] = field(default_factory=dict)
    locals: dict[str, Attribute] = field(default_factory=dict)
    outputs: dict[str, Block] = field(default_factory=dict)
    calls: dict[str, Block] = field(default_factory=dict)
    providers: dict[str, Block] = field(default_factory=dict)
    moved: list[Block] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def in_hcl(name: str) -> bool:
    """Whether a file is one of Terraform, by its name."""
    return name.endswith((".tf", ".tofu", _OF_TERRAGRUNT)) or is_json(name) or is_values(name)


def is_of_terragrunt(source: Source) -> bool:
    """Whether a text is one of Terragrunt, by its name and what stands in it."""
    name = PurePath(source.file).name
    if not name.endswith(_OF_TERRAGRUNT):
        return False
    return name.startswith("terragrunt.") or bool(_TERRAGRUNT.search(source.text))


def is_json(name: str) -> bool:
    """Whether a file is one of Terraform that is written as JSON."""
    return name.endswith((".tf.json", ".tofu.json"))


def is_values(name: str) -> bool:
    """Whether a file gives values to variables."""
    return name.endswith((".tfvars", ".tfvars.json"))


def read_modules(sources: Sequence[Source]) -> dict[str, Module]:
    """The modules by their folders. What cannot be read raises `Rejected`."""
    found: dict[str, Module] = {}
    read = (each for each in sources if not each.file.endswith(_OF_TERRAGRUNT))
    for source in sorted(read, key=lambda each: (_overrides(each.file), each.file)):
        folder = posixpath.normpath(PurePath(source.file).parent.as_posix())
        module = found.setdefault(folder, Module(folder, Span(source.file, 1)))
        body = _parsed(source)
        if is_values(source.file):
            module.given |= body.attributes
        else:
            _declare(module, body, _overrides(source.file))
    return found


def _parsed(source: Source) -> Body:
    """What a file says, in either way of writing."""
    if is_json(source.file):
        return parse_json(source)
    return parse_values(source) if source.file.endswith(".json") else parse(source)


def roots(modules: Mapping[str, Module]) -> list[Module]:
    """The modules that no other one calls; all of them, where they call one another in a circle."""
    called = {
        folder
        for module in modules.values()
        for call in module.calls.values()
        if (folder := source_of(module, call)) is not None and folder != module.folder
    }
    return [modules[f] for f in sorted(modules) if f not in called] or list(modules.values())


def source_of(module: Module, call: Block) -> str | None:
    """The folder of a module that is called; none where it comes from elsewhere."""
    text = text_of(call.body.attributes.get("source"))
    if not text.startswith(("./", "../")) and text not in (".", ".."):
        return None
    return posixpath.normpath(posixpath.join(module.folder, text))


def text_of(attribute: Attribute | None) -> str:
    """The text that an attribute is given as it stands; empty for all else."""
    value = attribute.value if attribute else None
    return value.value if isinstance(value, Literal) and isinstance(value.value, str) else ""


def reference_of(expression: Expression | None) -> str:
    """What a bare reference (`aws.north`), or the text of one, says; empty for all else."""
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        return expression.value
    if isinstance(expression, Traversal) and isinstance(expression.root, str):
        return ".".join([expression.root, *(s for s in expression.steps if isinstance(s, str))])
    return ""


def _overrides(file: str) -> bool:
    stem = PurePath(file).name.partition(".")[0]
    return stem == "override" or stem.endswith("_override")


def _declare(module: Module, body: Body, overrides: bool) -> None:
    """What a file adds to its module."""
    for block in body.blocks:
        match block.type, block.labels:
            case (("resource" | "data"), (type, name)):
                key = block.type == "data", type, name
                declared = Declared(type, name, key[0], block.body, block.span)
                known = module.resources.get(key)
                if known is not None and not overrides:
                    _twice(f"{type}.{name}", block)
                module.resources[key] = _over(known, declared) if known else declared
            case (("variable" | "output" | "module"), (name,)):
                _named(module, block, name, overrides)
            case "provider", (name,):
                alias = text_of(block.body.attributes.get("alias"))
                module.providers[f"{name}.{alias}" if alias else name] = block
            case "moved", ():
                module.moved.append(block)
            case "locals", ():
                module.locals |= block.body.attributes
            case type, _ if type not in _SILENT:
                module.left[type] += 1
    for name, attribute in body.attributes.items():
        message = f"this is not of Terraform: `{name}` stands in no block"
        raise Rejected([Diagnostic(message, attribute.span, "write values into a `.tfvars` file")])


def _named(module: Module, block: Block, name: str, overrides: bool) -> None:
    declared = {"variable": module.variables, "output": module.outputs, "module": module.calls}
    if name in declared[block.type] and not overrides:
        _twice(f"{block.type}.{name}", block)
    declared[block.type][name] = block


def _over(known: Declared, other: Declared) -> Declared:
    """A resource with what an override says instead."""
    types = {block.type for block in other.body.blocks}
    blocks = (*(b for b in known.body.blocks if b.type not in types), *other.body.blocks)
    body = Body({**known.body.attributes, **other.body.attributes}, blocks)
    return Declared(known.type, known.name, known.data, body, known.span)


def _twice(address: str, block: Block) -> None:
    message = f"`{address}` is declared twice in one folder"
    raise Rejected([Diagnostic(message, block.span, "leave one of the two out")])


def blocks_of(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """The blocks by their types, in order."""
    found: dict[str, list[Block]] = {}
    for block in blocks:
        found.setdefault(block.type, []).append(block)
    yield from found.items()
