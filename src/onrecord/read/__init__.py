"""From `RawArticle` to `Document` and `Reading`: the only place that knows the parser and the learned model."""
