"""Terraform: what becomes of resources and their configuration, whichever files tell of them.

- `state`: the resources, what is known of them, and what refers to what.
- `tables`: what each type is, and which of its settings say that data flow. A type that is new is a line here.
- `names`: which node a value stands for.
- `outside`: who else gets data, and where anyone may come.
- `objects`: what a plan makes in Kubernetes.
- `hidden`: what is known only later, or is not told any more and may be all the same.

`translation` makes a system of all that: nodes at their `places`, with their `measures`, and the `flows` between them.
"""
