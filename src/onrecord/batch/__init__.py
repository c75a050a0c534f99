"""Archives: the same `per_article` over millions of articles, on any number of workers, stopped and resumed."""
