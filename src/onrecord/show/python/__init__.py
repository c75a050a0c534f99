"""The record from Python: `onrecord.open`, `onrecord.read_text`, frames, notebooks, a spaCy component."""
