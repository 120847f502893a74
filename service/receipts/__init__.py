"""The receipt of a result, shown with its evidence."""
