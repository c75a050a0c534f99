"""Pictures: records in, SVG out. Drawn on the server, coloured by the stylesheet, no script, no inline style."""
