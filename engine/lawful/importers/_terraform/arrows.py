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

from lawful.importers._terraform.arrows_of_aws import AWS
from lawful.importers._terraform.arrows_of_azure import AZURE
from lawful.importers._terraform.arrows_of_google import GOOGLE
from lawful.importers._terraform.resources import Resource
from lawful_dsl.frozen import frozen


@frozen
class Arrow:
    """The settings of a type that name the ends of a flow; `loose` ones have much else in them.

    With `when` there is one only where another setting has a value.
    """

    type: str
    source: str
    target: str
    loose: bool = False
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
        when, _, value = condition[-1].partition("=") if condition else ("", "", "")
        found.append(Arrow(type, *ends, "*" in source + target, when, value))
    return tuple(found)


#: Other clouds, what deploys to a cluster, and who hosts programs.
OTHERS = """
cloudflare_dns_record . -> content
cloudflare_logpush_job . -> destination_conf
cloudflare_record . -> content
cloudflare_record . -> value
digitalocean_app . -> spec.env*
digitalocean_app . -> spec.service.env*
digitalocean_app . -> spec.worker.env*
digitalocean_droplet . -> user_data*
hcloud_server . -> user_data*
helm_release . -> set*
helm_release . -> values*
heroku_addon app_id -> .
heroku_app . -> config_vars*
kubernetes_cron_job . -> spec.job_template.spec.template.spec.container.env*
kubernetes_cron_job_v1 . -> spec.job_template.spec.template.spec.container.env*
kubernetes_daemon_set_v1 . -> spec.template.spec.container.env*
kubernetes_daemonset . -> spec.template.spec.container.env*
kubernetes_deployment . -> spec.template.spec.container.env*
kubernetes_deployment_v1 . -> spec.template.spec.container.env*
kubernetes_job . -> spec.template.spec.container.env*
kubernetes_job_v1 . -> spec.template.spec.container.env*
kubernetes_pod . -> spec.container.env*
kubernetes_pod_v1 . -> spec.container.env*
kubernetes_replication_controller . -> spec.template.spec.container.env*
kubernetes_stateful_set . -> spec.template.spec.container.env*
kubernetes_stateful_set_v1 . -> spec.template.spec.container.env*
scaleway_container . -> environment_variables*
scaleway_function . -> environment_variables*
vercel_project . -> environment*
vercel_project_environment_variable project_id -> value*
"""

ARROWS = tuple(chain.from_iterable(map(_arrows, (AWS, AZURE, GOOGLE, OTHERS))))

#: Origins of content: what a store has, it gives; what serves requests, gets them.
ORIGINS = (
    ("aws_cloudfront_distribution", "origin.domain_name"),
    ("google_compute_url_map", "default_service"),
)
