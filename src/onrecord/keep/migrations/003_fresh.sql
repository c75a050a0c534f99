-- The generation in which an article was read or read anew, so that a page can say what has come since a visit.
ALTER TABLE article ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_at ON article (at);
