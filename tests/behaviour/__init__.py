"""Behavioural suites after CheckList (Ribeiro and others 2020): one TOML file each, for every model."""
