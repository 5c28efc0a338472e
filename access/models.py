"""No tables. The module exists because `post_migrate` is sent only for apps that have one."""
