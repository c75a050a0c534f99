"""A briefing: the record in, sentences made by templates alone out, each with its footnotes."""
