"""Objects: what a plan makes in Kubernetes, as manifests or as blocks of its own."""
