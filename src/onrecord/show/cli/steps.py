"""`onrecord steps`: the order in which an article is read."""


def steps() -> None:
    """Print the steps of reading: what each needs and what it gives.

    Example: onrecord steps
    """
    from rich import box
    from rich.table import Table

    from onrecord.pipeline import PER_ARTICLE
    from onrecord.show.cli.screen import screen

    table = Table("step", "needs", "gives", box=box.SIMPLE_HEAD)
    for step in PER_ARTICLE:
        table.add_row(step.name, ", ".join(step.needs), ", ".join(step.gives))
    screen().print(table)
