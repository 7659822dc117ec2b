"""Names: which node a value stands for: by an id, an ARN, a path, a host, an account."""
