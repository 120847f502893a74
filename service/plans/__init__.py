"""The plan of an appraisal, its revisions, and how it hangs together with the plans above and below."""
