"""What other people's tools read: one file a format. Each takes records in and gives text out, piece by piece."""
