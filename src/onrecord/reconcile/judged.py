"""The judgements that stand, as reconcile sees them: the store lays the same ones over the claims that it shows."""

from onrecord.model.rulings import Rulings, rulings, with_fields

__all__ = ["Rulings", "rulings", "with_fields"]
