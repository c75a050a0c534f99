"""onrecord reads the news on conflict and diplomacy and keeps the record."""

TYPE_CHECKING = False  # typing itself takes longer to import than all of this
if TYPE_CHECKING:
    from onrecord.show.python.record import Record, open, read_text  # noqa: A004 - read as onrecord.open

__version__ = "0.1.0"

__all__ = ["Record", "__version__", "open", "read_text"]


def __getattr__(name: str) -> object:
    """Load what a name needs when it is first asked for: `import onrecord` itself costs next to nothing."""
    if name in {"Record", "open", "read_text"}:
        from onrecord.show.python import record  # noqa: PLC0415

        return getattr(record, name)
    message = f"module 'onrecord' has no attribute {name!r}"
    raise AttributeError(message)
