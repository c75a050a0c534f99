"""Records of an archive of any size, multiplied from a few made-up articles with varied names and days."""
