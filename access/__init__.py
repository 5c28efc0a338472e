"""Who may do what: the wall (row-level security built from the models' rules), `acting_as`, permissions, the clinic gate, the start-up check.

Not for anything about a client.
"""
