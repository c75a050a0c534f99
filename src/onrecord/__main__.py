"""`python -m onrecord` is the command line."""

from onrecord.show.cli import main

main()
