"""The record for programs: the same data and filters as the pages, under /api/v1."""
