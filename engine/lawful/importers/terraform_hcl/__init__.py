"""terraform_hcl: the files of Terraform and OpenTofu themselves (`.tf`, `.tofu`, `.tf.json`), as far as they say it.

A plan (`terraform show -json`) says more, and is to be preferred: see `terraform_plan`. What becomes of the
resources is the same, by the same tables.

- Each folder is a module. One that another one calls by its path is read as it is called; a folder that none
  calls is a root. Modules from elsewhere are listed, with what they make unknown.
- Variables are what they are given, in a call or in a `.tfvars` file among the files, else their defaults.
  Locals are followed, and so are choices, templates and the functions that only put values together. What
  turns on anything else is unknown; nothing is looked up, and no other file is read.
- A block with `count` or `for_each` is one node, under the address of the block. Where it is known that it
  makes nothing it is left out.
- Facts stand at the lines of the files; of those that are written as JSON, at the JSON pointers.

What is not told: what a provider fills in, what data sources find, which workspace there is, who is called
by an address that a program makes up. Files of Terragrunt alone are refused, beside others they are counted: what they
give to modules is in a plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from lawful.importers import Imported, Notice
from lawful.importers._joined import Part, united
from lawful.importers._terraform.names.accounts import settled
from lawful.importers._terraform.state.modules import (
    is_json,
    is_of_terragrunt,
    is_values,
    read_modules,
    roots,
)
from lawful.importers._terraform.translation import translate
from lawful.importers.terraform_hcl.planning import plan_of
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.source import Source, Span

__all__ = ["read", "reads", "recognises"]

_LABEL = r"[ \t]+(?:\"[\w.-]+\"|[\w-]+)"
_BLANK = r"(?>(?:\s|(?:\#|//)[^\n]*|/\*.*?\*/)*)"
#: What a file begins with, after remarks. A block `import` says what it imports, as no program does.
_FIRST = re.compile(
    rf"{_BLANK}(?:(?:(?:resource|data){_LABEL}{_LABEL}|(?:module|provider|variable|output){_LABEL}"
    rf"|locals|terraform|moved|removed)[ \t]*\{{|import[ \t]*\{{{_BLANK}\w+[ \t]*=)",
    re.DOTALL,
)


def recognises(source: Source) -> bool:
    """It is called as files of Terraform are, or begins with a block of one, or has values that it reads by itself."""
    name = PurePath(source.file).name
    if name.endswith((".tf", ".tofu")):
        return True
    if is_values(name):
        plain = name.removesuffix(".json")
        return plain == "terraform.tfvars" or plain.endswith(".auto.tfvars")
    if is_json(name):
        return source.text.lstrip().startswith("{")
    return is_of_terragrunt(source) or (
        not name.endswith(".hcl") and bool(_FIRST.match(source.text))
    )


def reads(source: Source) -> bool:
    """Whether it is of Terraform itself, and not of Terragrunt."""
    return not is_of_terragrunt(source)


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of all modules that no other one calls."""
    wrapped = [source for source in sources if is_of_terragrunt(source)]
    if len(wrapped) == len(sources):
        message = (
            "this is a file of Terragrunt: it says with what modules are called, and is not read"
        )
        help = "import a plan: `terragrunt plan -out shop.plan`, `terragrunt show -json shop.plan > plan.json`"
        raise Rejected([Diagnostic(message, Span(wrapped[0].file, 1), help)])
    modules = read_modules(sources)
    made = [root for root in roots(modules) if root.resources or root.calls]
    plans = settled(plan_of(root, modules) for root in made)
    whole = [
        Part(PurePath(root.folder).name or "root", translate(plan, name))
        for root, plan in zip(made, plans, strict=True)
    ]
    if not whole:
        message = "there are no resources in these files"
        raise Rejected([Diagnostic(message, Span(sources[0].file, 1), "give the others, too")])
    text = "files of Terragrunt: what they give to modules is not read, and a plan has it"
    counted = (Notice(len(wrapped), text),) if wrapped else ()
    told = united(whole)
    return replace(told, notices=(*told.notices, *counted))
