-- One row for each break that was announced or credited.
--
-- Times are whole seconds since 1970 in UTC: they sort, they have no zone to get wrong, and every
-- tool can read them. Names of stretches are a JSON array, [] for a message or a natural break.
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
    -- Seconds in which the countdown ran; of a natural break, seconds away.
    stretched_s INTEGER NOT NULL CHECK (stretched_s >= 0),
    snoozes     INTEGER NOT NULL CHECK (snoozes >= 0)
) STRICT;

CREATE INDEX breaks_by_end ON breaks (ended);
