-- What is read out of files is held without a key: rows are compared with what is there before they are added, nothing
-- looks one up by key, and the index of a million statements takes more memory than all the rest of adding them.

ALTER TABLE passage RENAME TO keyed_passage;
CREATE TABLE passage (
    id VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    reading VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    address VARCHAR NOT NULL,     -- JSON
    attributes VARCHAR NOT NULL   -- JSON
);
INSERT INTO passage BY NAME SELECT * FROM keyed_passage;
DROP TABLE keyed_passage;

ALTER TABLE triple RENAME TO keyed_triple;
CREATE TABLE triple (
    id VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    reading VARCHAR NOT NULL,
    head VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    tail VARCHAR NOT NULL,
    head_type VARCHAR NOT NULL,
    tail_type VARCHAR NOT NULL,
    attributes VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    address VARCHAR NOT NULL
);
INSERT INTO triple BY NAME SELECT * FROM keyed_triple;
DROP TABLE keyed_triple;
