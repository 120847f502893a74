"""Systems of appraisal as data: a folder each, and the loader that rejects bad ones."""
