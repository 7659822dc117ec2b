"""Arrows: which settings of which types of resource say that data flow, from where to where.

As of November 2026, by the documentation of the providers `aws` (6), `azurerm` (4), `google` (7) and
the older names that plans still have. A reference is no flow by itself, and often points the other
way: each line says which end is which. `.` is the resource that has the setting. A `*` after a
setting says that it has much else in it (an environment, a script, a definition): only references
to what keeps or handles data count there, and values only where they name such a thing in full. A line
that ends in `when SETTING=VALUE` counts where that is so.
"""

from __future__ import annotations

from itertools import chain

from lawful.importers._terraform.scripts import SCRIPTS
from lawful.importers._terraform.state.resources import Resource
from lawful.importers._terraform.tables.arrows_of_aws import AWS
from lawful.importers._terraform.tables.arrows_of_azure import AZURE
from lawful.importers._terraform.tables.arrows_of_google import GOOGLE
from lawful.importers._terraform.tables.arrows_of_others import LOGS, OTHERS
from lawful.importers._terraform.tables.kinds_of_others import MANIFESTS
from lawful_dsl.frozen import frozen


@frozen
class Arrow:
    """The settings of a type that name the ends of a flow; those that are `loose` have much else in them.

    With `when` there is one only where another setting has a value.
    """

    type: str
    source: str
    target: str
    loose: frozenset[str] = frozenset()
    when: str = ""
    value: str = ""

    def holds(self, resource: Resource) -> bool:
        """Whether a resource has what the line is about: a value, any at all (`set`) or none (`unset`)."""
        found = [str(each).lower() for each in resource.found(self.when)] if self.when else []
        if self.value in ("set", "unset"):
            there = any(found) or resource.is_unknown(self.when)
            return there == (self.value == "set")
        return not self.when or self.value in found


def _arrows(text: str) -> tuple[Arrow, ...]:
    found = []
    for line in text.strip().splitlines():
        type, source, _, target, *condition = line.split()
        ends = source.removesuffix("*"), target.removesuffix("*")
        loose = frozenset(end[:-1] for end in (source, target) if end.endswith("*"))
        when, _, value = condition[-1].partition("=") if condition else ("", "", "")
        found.append(Arrow(type, *ends, loose, when, value))
    return tuple(found)


#: Where the containers of each kind of program stand that runs in a cluster.
_PODS = {
    "kubernetes_cron_job kubernetes_cron_job_v1": "spec.job_template.spec.template.spec",
    "kubernetes_daemonset kubernetes_daemon_set_v1 kubernetes_deployment kubernetes_deployment_v1 kubernetes_job"
    " kubernetes_job_v1 kubernetes_replication_controller kubernetes_replication_controller_v1"
    " kubernetes_stateful_set kubernetes_stateful_set_v1": "spec.template.spec",
    "kubernetes_pod kubernetes_pod_v1": "spec",
}
_MANIFEST_PODS = ("spec", "spec.template.spec", "spec.jobTemplate.spec.template.spec")
_OF_CONTAINERS = ("args", "command", "env")
PROGRAMS = "\n".join(
    [
        *(
            f"{type} . -> {pod}.{container}.{setting}*"
            for types, pod in _PODS.items()
            for type in types.split()
            for container in ("container", "init_container")
            for setting in _OF_CONTAINERS
        ),
        *(
            f"{type} . -> manifest.{pod}.{container}.{setting}*"
            for type in MANIFESTS
            for pod in _MANIFEST_PODS
            for container in ("containers", "initContainers")
            for setting in _OF_CONTAINERS
        ),
    ]
)
#: What start scripts are told by references, beside what they say themselves.
TEXTS = "\n".join(f"{type} . -> {path}*" for type, path in SCRIPTS)

ARROWS = tuple(
    chain.from_iterable(map(_arrows, (AWS, AZURE, GOOGLE, OTHERS, PROGRAMS, LOGS, TEXTS)))
)

#: Origins of content: what a store has, it gives; what serves requests, gets them.
ORIGINS = (
    ("aws_cloudfront_distribution", "origin.domain_name"),
    ("google_compute_url_map", "default_service"),
)
