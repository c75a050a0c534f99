-- What assembling needs of each article, in rows found by key (model/shelf.py): one more article costs what it touches.
-- `gone` rows belong to an article that was read anew: they say what is to be assembled again, and are dropped then.
CREATE TABLE trace (
    row INTEGER PRIMARY KEY,
    shelf TEXT NOT NULL,
    item TEXT NOT NULL,
    article TEXT NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    keys TEXT NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX trace_place ON trace (shelf, article, item);
CREATE INDEX trace_item ON trace (item);
CREATE INDEX trace_article ON trace (article);
CREATE INDEX trace_gone ON trace (gone) WHERE gone = 1;
CREATE TABLE trace_key (
    shelf TEXT NOT NULL,
    key TEXT NOT NULL,
    trace INTEGER NOT NULL REFERENCES trace (row) ON DELETE CASCADE,
    PRIMARY KEY (shelf, key, trace)
) WITHOUT ROWID;
CREATE INDEX trace_key_trace ON trace_key (trace);

-- The sum of what all articles say of an actor's names, forms, countries and roles.
CREATE TABLE actor_sum (actor TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;

-- In which assembled record an item stands, and which document is a copy of which, when last assembled.
CREATE TABLE home (item TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX home_record ON home (record);
CREATE TABLE copy (document TEXT PRIMARY KEY, original TEXT NOT NULL) WITHOUT ROWID;

-- The judgements under which the record was last assembled (id and whether it was withdrawn).
CREATE TABLE judged (id TEXT PRIMARY KEY, withdrawn INTEGER NOT NULL) WITHOUT ROWID;

ALTER TABLE article ADD COLUMN traced INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_traced ON article (traced);
INSERT INTO state (name, value) VALUES ('assembled', 0);
