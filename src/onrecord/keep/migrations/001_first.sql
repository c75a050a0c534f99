-- What one reading of one source gave. `key` is the document's id, or "rejected:" and the source where there is none.
CREATE TABLE article (
    key TEXT PRIMARY KEY,
    published TEXT,
    digest BLOB NOT NULL
) WITHOUT ROWID;

-- Every record of the wire format. `article` is empty for what is assembled over articles and for judgements.
-- `place` is the order within the article; `day` is what records are sorted by, [since, until] what they are found by.
CREATE TABLE record (
    row INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT,
    article TEXT REFERENCES article (key) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    document TEXT,
    since TEXT,
    until TEXT,
    day TEXT,
    status TEXT,
    type TEXT,
    deal TEXT,
    body BLOB NOT NULL
);
CREATE INDEX record_id ON record (id);
CREATE INDEX record_article ON record (article, place);
CREATE INDEX record_document ON record (document, kind);
-- In the order in which records are shown, so that a page of them needs no sorting (SQLite puts NULL last in DESC).
CREATE INDEX record_kind ON record (kind, day DESC, id, article, place);
CREATE INDEX record_type ON record (kind, type, day DESC, id, article, place);
CREATE INDEX record_status ON record (kind, status, day DESC, id, article, place);
CREATE INDEX record_deal ON record (deal) WHERE deal IS NOT NULL;

-- Each name under which an actor occurs, once; `folded` is what comparisons see.
CREATE TABLE name (
    row INTEGER PRIMARY KEY,
    actor TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (actor, folded)
);
CREATE VIRTUAL TABLE name_words USING fts5 (folded, content = 'name', content_rowid = 'row', tokenize = 'unicode61');
CREATE TABLE record_actor (
    record INTEGER NOT NULL REFERENCES record (row) ON DELETE CASCADE,
    name INTEGER NOT NULL REFERENCES name (row),
    PRIMARY KEY (record, name)
) WITHOUT ROWID;
CREATE INDEX record_actor_name ON record_actor (name);

CREATE TABLE record_country (
    record INTEGER NOT NULL REFERENCES record (row) ON DELETE CASCADE,
    country TEXT NOT NULL,
    PRIMARY KEY (record, country)
) WITHOUT ROWID;
CREATE INDEX record_country_country ON record_country (country);

-- What an assembled record is made of: claims, and the documents that they stand in.
CREATE TABLE member (
    record INTEGER NOT NULL REFERENCES record (row) ON DELETE CASCADE,
    whole TEXT NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (record, part)
) WITHOUT ROWID;
CREATE INDEX member_whole ON member (whole, part);
CREATE INDEX member_part ON member (part);

-- The words of documents and statements.
CREATE VIRTUAL TABLE words USING fts5 (title, text, tokenize = 'unicode61 remove_diacritics 2');
