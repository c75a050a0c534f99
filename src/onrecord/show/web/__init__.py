"""The record as pages: drawn on the server, without script, nothing from another host."""
