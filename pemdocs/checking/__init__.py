"""Turn a project into its findings."""
