"""The record for language-model agents: questions in, answers with their sentences out. Read-only."""
