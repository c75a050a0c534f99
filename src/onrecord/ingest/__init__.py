"""From the world to `RawArticle`s: files, pages, JSON Lines. What can't be taken becomes a `Rejection`."""
