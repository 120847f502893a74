"""The JSON API: one package for each noun. `service.policy` decides all rights."""
