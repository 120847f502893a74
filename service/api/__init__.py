"""The JSON API: one package for each noun, all rights from `service.policy`."""
