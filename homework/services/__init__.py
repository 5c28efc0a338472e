"""Everything that writes homework: loading the library, agreeing and ending tasks, runs and answers. Nothing else may."""
