"""terraform_plan: plans of Terraform and OpenTofu, as `terraform show -json PLANFILE` writes them.

What becomes of a plan:

- Resources that keep or handle data are nodes with their addresses: a database, a bucket, a log
  group is a `store`; a function, a gateway, a cluster is a `service`. Parts (a stage, a listener,
  a member of a cluster) belong to their whole; a template to who runs it. Who may do what, over
  which network, alarms and the like are left out, and counted by type.
- A flow is what a setting of a known type says: triggers, targets, integrations, subscriptions,
  sinks of logs and events, replicas, snapshots and backups, members of load balancers, addresses
  that a program gets in its environment. A reference alone is no flow: a table says for each type
  and setting which end is which. References are followed through variables, modules, `each` and
  outputs; what `local.*` stands for is not in a plan, so such settings are matched by value.
- What flows to or from something outside of the plan ends at a node named after it: an ARN without
  its account, a bucket, the host of an address.
  What is in another account is told apart by a digest of it.
- Of whom a setting names that is known only after apply, and that nothing in the plan explains, it is known
  that they are there: a node under the address of the setting, `known_later = yes`, of which nothing is told.
- What anyone may reach gets a flow from `internet`, what anyone may read one to `public`; both are
  `exposed = yes`, an attribute of the vocabulary `infrastructure`.
- Files in HCL beside a plan say at which lines its resources stand; the facts are those of the plan.
- Of several plans, what one names and another makes is one node, known by its ARN, bucket or host; so is
  what a plan looks up. Addresses that two plans have get the name of their file before them; those of a plan that
  is given as `NAME=FILE` have that name before them in any case.
- Security rules from one group to another give flows between their members; this is counted.
- The place of a node is the country of its region; its environment is that of a tag. `encrypted
  at rest` and `tls` are measures where a setting says so. What is known only after apply is unknown.
  A setting that says that data are not encrypted makes the list of measures whole.

What a plan does not tell: categories of data, purposes, bases, persons, parties, and what programs do
with what they know. No value of a setting is taken over but regions, hosts and names in addresses.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import Literal

from lawful.importers import Imported, Retelling
from lawful.importers._joined import Part, united
from lawful.importers._since import Before, since
from lawful.importers._terraform.hidden.comparable import partners_before
from lawful.importers._terraform.hidden.retold import Basis, hidden
from lawful.importers._terraform.names.accounts import settled
from lawful.importers._terraform.outside.sharing import SHARED
from lawful.importers._terraform.state.modules import in_hcl, read_modules
from lawful.importers._terraform.state.placing import placed
from lawful.importers._terraform.state.resources import Plan
from lawful.importers._terraform.translation import translate
from lawful.importers.terraform_plan.past import read_before, tells_changes
from lawful.importers.terraform_plan.plan import Accounts, accounts_in, open_plan, read_plan
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.source import Source, Span

__all__ = ["BESIDE", "NAMED", "read", "read_change", "recognises"]

#: What else may be read with a plan: the files that it was made of.
BESIDE = ("terraform_hcl",)
#: A name that is given with a plan stands before its ids, `NAME/ADDRESS`.
NAMED: Literal[True] = True


def recognises(source: Source) -> bool:
    """A plan has the version of its format, and the resources that it changes or will leave."""
    text = source.text
    return '"format_version"' in text and any(
        f'"{key}"' in text for key in ("resource_changes", "planned_values", "terraform_version")
    )


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of some plans, as they leave it."""
    [told] = _wholes(sources, (_Opened.leaves,), name)
    return told


def read_change(sources: Sequence[Source], *, name: str) -> tuple[Imported, Imported]:
    """The system of some plans, as it was before and as they leave it; what is moved has its new address in both."""
    before, after = _wholes(sources, (_Opened.found, _Opened.leaves), name)
    return before, after


class _Opened:
    """A plan that was opened: a large one takes a while, and room, so each of its sides is read once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.at = open_plan(source)
        self.tells_changes = tells_changes(self.at)

    def leaves(self) -> Plan:
        """The plan as it leaves all."""
        return read_plan(self.at, self.accounts)

    def found(self) -> Plan:
        """The plan as all was before it. Raises `Rejected` where it does not tell that."""
        return self._before

    def then(self, plan: Plan) -> Plan:
        """The same, with the accounts that the ids of a plan leave out; of a state nothing was that is told."""
        if not self.tells_changes:
            return replace(plan, resources=())
        return replace(self._before, homes=plan.homes)

    def close(self) -> None:
        """Give up what of it was read: most of a large plan stands in it more than once."""
        if self.tells_changes:
            self.found()
        self.at.value.clear()

    @cached_property
    def accounts(self) -> Accounts:
        """Its accounts, which are those of both sides."""
        return accounts_in(self.at)

    @cached_property
    def _before(self) -> Plan:
        return read_before(self.at, self.accounts)


#: What a plan tells of one time.
_Side = Callable[[_Opened], Plan]


def _wholes(sources: Sequence[Source], sides: Sequence[_Side], name: str) -> list[Imported]:
    """What all the plans tell on each side, each node that several know under the address that it is made at."""
    written = [source for source in sources if in_hcl(source.file)]
    modules = read_modules(written)
    opened = [_Opened(source) for source in sources if not in_hcl(source.file)]
    names = _names([each.source for each in opened])
    read = [settled(map(side, opened)) for side in sides]
    for each in opened:
        each.close()
    found = []
    for side, plans in zip(sides, read, strict=True):
        parts = [
            _part(called, each, side, placed(plan, modules) if modules else plan, name)
            for called, each, plan in zip(names, opened, plans, strict=True)
        ]
        found.append(united(parts))
    return found


def _part(called: str, opened: _Opened, side: _Side, plan: Plan, name: str) -> Part:
    """What one plan tells on one side, with whom it hides of those whom it named before."""
    then = partial(opened.then, plan)
    found = translate(plan, name, then)
    if side is _Opened.leaves and opened.tells_changes:
        is_shared = any(id.endswith(SHARED) for id in found.accounts)
        accounts = partners_before(then) if is_shared else {}
        retelling = (Retelling(Basis(then), hidden),)
        found = since(found, Before(accounts=accounts, retelling=retelling), ())
    addresses = frozenset(each.address for each in plan.resources)
    # A plan tells itself what was before, so that it need not be kept to be told again.
    found = replace(found, addresses=addresses, retelling=())
    return Part(called, found, named=bool(opened.source.called))


def _names(plans: Sequence[Source]) -> list[str]:
    """What may stand before the ids of each plan: the name given with it, else that of its file or of its path."""
    given = [source.called for source in plans if source.called]
    for source in plans:
        if given.count(source.called) > 1:
            said = Diagnostic(
                f"two plans are called `{source.called}`",
                Span(source.file),
                "give each its own name",
            )
            raise Rejected([said])
    paths = {Path(source.file).resolve(): source for source in plans if not source.called}
    stems = Counter(path.stem for path in paths)
    stems.update(given)
    names = {source.file: _name(path, stems, paths) for path, source in paths.items()}
    return [source.called or names[source.file] for source in plans]


def _name(path: Path, stems: Counter[str], paths: Iterable[Path]) -> str:
    """The name of a file without its ending; its path from where those of all part, where another is called so."""
    if stems[path.stem] == 1:
        return path.stem
    folder = PurePath(os.path.commonpath([str(each.parent) for each in paths]))
    own = path.relative_to(folder)
    alike = sum(each.with_suffix("") == path.with_suffix("") for each in paths)
    return str(own if alike > 1 else own.with_suffix("")).replace(os.sep, "/")
