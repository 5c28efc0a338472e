"""The desk: caseload, record, session log. No models: it reads selectors and calls services of the floors below."""
