"""The servers that kinerja needs, started and watched on one machine."""
