-- Records are numbered by kind, day and id (keep/keys.py): a page of them, newest first, is a walk over the numbers,
-- also through the full-text index, which now holds what can be asked for (`tags`) beside the words.
-- What stood in `record` is renumbered by the writer that runs this (keep/lite.py) and record_1 is dropped then.
DROP TABLE record_actor;
DROP TABLE record_country;
DROP TABLE member;
DROP TABLE words;
DROP INDEX record_id;
DROP INDEX record_article;
DROP INDEX record_document;
DROP INDEX record_kind;
DROP INDEX record_type;
DROP INDEX record_status;
DROP INDEX record_deal;
ALTER TABLE record RENAME TO record_1;

-- `body` is the record as it was read or assembled; `laid` the same under the standing judgements, where they change it.
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
    laid BLOB,
    body BLOB NOT NULL
);
CREATE INDEX record_id ON record (id) WHERE id IS NOT NULL;
CREATE INDEX record_article ON record (article, place);
CREATE INDEX record_document ON record (document, kind);
CREATE INDEX record_type ON record (kind, type);
CREATE INDEX record_status ON record (kind, status);
CREATE INDEX record_day ON record (kind, day);
CREATE INDEX record_deal ON record (deal) WHERE deal IS NOT NULL;

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
CREATE TABLE member (
    record INTEGER NOT NULL REFERENCES record (row) ON DELETE CASCADE,
    whole TEXT NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (record, part)
) WITHOUT ROWID;
CREATE INDEX member_whole ON member (whole, part);
CREATE INDEX member_part ON member (part);

CREATE VIRTUAL TABLE words USING fts5 (title, text, tags, tokenize = 'unicode61 remove_diacritics 2');

-- How many records there are of a kind (`by` empty), and of each of its types and statuses.
CREATE TABLE tally (
    kind TEXT NOT NULL,
    "by" TEXT NOT NULL,
    value TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (kind, "by", value)
) WITHOUT ROWID;

-- `generation` goes up with every change, so that a reader can tell whether what it has is still what is kept.
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO state (name, value) VALUES ('generation', 0);

ALTER TABLE article ADD COLUMN outlet TEXT;
