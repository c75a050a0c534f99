-- Which document is an earlier version of which, beside what it copies; both are laid over the documents (keep/rows.py).
-- The record is assembled once more from its traces, so that they are filled.
ALTER TABLE copy ADD COLUMN version TEXT;
DELETE FROM copy;
UPDATE state SET value = 0 WHERE name = 'assembled';
