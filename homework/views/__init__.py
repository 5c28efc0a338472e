"""Staff pages of homework alone: the library, ending a task, its page of paper."""
