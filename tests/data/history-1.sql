-- A history as version 1 of the tables has it. Never changed: every later version has to open it.
CREATE TABLE breaks (
    id          INTEGER PRIMARY KEY,
    reminder    TEXT    NOT NULL,
    stretches   TEXT    NOT NULL,
    due         INTEGER,
    announced   INTEGER,
    started     INTEGER,
    ended       INTEGER NOT NULL,
    outcome     TEXT    NOT NULL CHECK (outcome IN (
        'completed', 'abandoned', 'skipped', 'missed', 'natural', 'absorbed'
    )),
    stretched_s INTEGER NOT NULL CHECK (stretched_s >= 0),
    snoozes     INTEGER NOT NULL CHECK (snoozes >= 0)
) STRICT;
CREATE INDEX breaks_by_end ON breaks (ended);
INSERT INTO breaks VALUES
    (1, 'upper-back', '["shoulder_roll"]', 1772442000, 1772442010, 1772442020, 1772442070, 'completed', 45, 0),
    (2, 'eyes', '[]', NULL, NULL, 1772443000, 1772443600, 'natural', 600, 0);
PRAGMA user_version = 1;
