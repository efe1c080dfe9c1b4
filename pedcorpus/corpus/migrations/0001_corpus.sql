-- The corpus as DESIGN draws it: rows are added and superseded, never edited in place or deleted.
-- `written` orders rows across tables; the current row of a thing is its latest.

CREATE SEQUENCE written;

CREATE TABLE source (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    id VARCHAR NOT NULL,
    body VARCHAR NOT NULL  -- the Source record as JSON
);

CREATE TABLE document (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    id VARCHAR NOT NULL,      -- SHA-256 of the bytes
    source VARCHAR NOT NULL,
    path VARCHAR NOT NULL,    -- inside the work's folder
    parser VARCHAR NOT NULL,
    reading VARCHAR NOT NULL, -- parser, kind of work and header map: all that decides what is read from the bytes
    bytes BIGINT NOT NULL,
    pages INTEGER,
    encoding VARCHAR,
    folder VARCHAR NOT NULL   -- where the work's folder was when the file was read
);

CREATE TABLE passage (
    id VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    reading VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    address VARCHAR NOT NULL,     -- JSON
    attributes VARCHAR NOT NULL,  -- JSON
    PRIMARY KEY (id, reading)
);

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
    address VARCHAR NOT NULL,
    PRIMARY KEY (id, reading)
);

CREATE TABLE dialogue (
    id VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    reading VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    domain VARCHAR,
    body VARCHAR NOT NULL,  -- JSON: the record whole
    PRIMARY KEY (id, reading)
);

-- What has been made of which document, so that doing a step twice is doing it once.
CREATE TABLE generation (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    document VARCHAR NOT NULL,
    reading VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    recipe VARCHAR NOT NULL,  -- hash of generators, versions and settings
    drafts INTEGER NOT NULL,
    UNIQUE (document, reading, source, recipe)
);

CREATE TABLE instruction (
    id VARCHAR PRIMARY KEY,
    written BIGINT NOT NULL DEFAULT nextval('written'),
    task VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    generator VARCHAR NOT NULL,
    source VARCHAR NOT NULL,  -- of its first evidence
    parent VARCHAR,
    body VARCHAR NOT NULL     -- canonical JSON; licence and tier come from the sources
);

CREATE TABLE evidence (
    instruction VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    origin_id VARCHAR NOT NULL,
    PRIMARY KEY (instruction, position)
);

CREATE TABLE failure (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    "where" VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL
);

CREATE TABLE finding (
    written BIGINT NOT NULL DEFAULT nextval('written'),
    instruction VARCHAR NOT NULL,
    "check" VARCHAR NOT NULL,  -- name@version
    severity VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    "start" INTEGER,
    "end" INTEGER
);

CREATE TABLE duplicate (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    instruction VARCHAR NOT NULL,
    cluster VARCHAR NOT NULL,
    kept BOOLEAN NOT NULL,
    method VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL
);

CREATE TABLE decision (
    id VARCHAR PRIMARY KEY,
    written BIGINT NOT NULL DEFAULT nextval('written'),
    instruction VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    edited VARCHAR,
    undoes VARCHAR,
    acceptance VARCHAR NOT NULL,
    seconds DOUBLE,
    "at" TIMESTAMP NOT NULL  -- UTC
);

CREATE TABLE preference (
    id VARCHAR PRIMARY KEY,
    written BIGINT NOT NULL DEFAULT nextval('written'),
    task VARCHAR NOT NULL,
    chosen_from VARCHAR NOT NULL,
    rejected_from VARCHAR NOT NULL,
    body VARCHAR NOT NULL
);

CREATE TABLE export (
    version VARCHAR PRIMARY KEY,
    written BIGINT NOT NULL DEFAULT nextval('written'),
    tier VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    manifest_sha256 VARCHAR NOT NULL
);

CREATE TABLE export_item (
    version VARCHAR NOT NULL,
    instruction VARCHAR NOT NULL,
    split VARCHAR NOT NULL,
    PRIMARY KEY (version, instruction)
);

CREATE VIEW current_source AS
SELECT * FROM source QUALIFY row_number() OVER (PARTITION BY id ORDER BY written DESC) = 1;

CREATE VIEW current_document AS
SELECT * FROM document QUALIFY row_number() OVER (PARTITION BY source, path ORDER BY written DESC) = 1;

CREATE VIEW current_passage AS
SELECT * FROM passage AS p
WHERE EXISTS (SELECT 1 FROM current_document AS d WHERE d.id = p.document AND d.reading = p.reading);

CREATE VIEW current_triple AS
SELECT * FROM triple AS t
WHERE EXISTS (SELECT 1 FROM current_document AS d WHERE d.id = t.document AND d.reading = t.reading);

CREATE VIEW current_dialogue AS
SELECT * FROM dialogue AS g
WHERE EXISTS (SELECT 1 FROM current_document AS d WHERE d.id = g.document AND d.reading = g.reading);

-- A failure stands until a later revision of its file is read well, or fails in another way.
CREATE VIEW standing_failure AS
WITH latest AS (
    SELECT source, path, max(written) AS written FROM document GROUP BY source, path
), last_failed AS (
    SELECT source, path, arg_max(fingerprint, written) AS fingerprint FROM failure WHERE path <> '' GROUP BY source, path
)
SELECT f.* FROM failure AS f
LEFT JOIN latest USING (source, path)
LEFT JOIN last_failed AS l USING (source, path)
WHERE f.path = '' OR (f.written > coalesce(latest.written, 0) AND f.fingerprint = l.fingerprint)
QUALIFY row_number() OVER (PARTITION BY f.id ORDER BY f.written DESC) = 1;

CREATE VIEW current_finding AS
SELECT * FROM finding
QUALIFY rank() OVER (PARTITION BY instruction, split_part("check", '@', 1)
                     ORDER BY CAST(split_part("check", '@', 2) AS INTEGER) DESC) = 1;

CREATE VIEW current_duplicate AS
SELECT * FROM duplicate QUALIFY row_number() OVER (PARTITION BY instruction ORDER BY written DESC) = 1;

CREATE VIEW standing_decision AS
SELECT * FROM decision AS d
WHERE d.verdict <> 'undo'
  AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.verdict = 'undo' AND u.undoes = d.id);

-- The one place that says where an instruction stands.
CREATE VIEW instruction_status AS
WITH verdict AS (
    SELECT instruction, arg_max(verdict, written) AS verdict FROM standing_decision
    WHERE verdict IN ('accept', 'reject', 'edit') GROUP BY instruction
), edited AS (
    SELECT d.edited AS instruction, bool_or(s.id IS NOT NULL) AS stands
    FROM decision AS d LEFT JOIN standing_decision AS s USING (id)
    WHERE d.edited IS NOT NULL GROUP BY d.edited
), stale AS (
    SELECT DISTINCT instruction FROM evidence AS e
    WHERE NOT EXISTS (SELECT 1 FROM current_passage AS p WHERE p.id = e.origin_id)
      AND NOT EXISTS (SELECT 1 FROM current_triple AS t WHERE t.id = e.origin_id)
      AND NOT EXISTS (SELECT 1 FROM current_dialogue AS g WHERE g.id = e.origin_id)
), worst AS (
    SELECT instruction, bool_or(severity = 'error') AS failed FROM current_finding GROUP BY instruction
), copies AS (
    SELECT instruction FROM current_duplicate WHERE NOT kept
)
SELECT
    i.id, i.task, i.topic, i.source, i.generator, i.written,
    CASE
        WHEN stale.instruction IS NOT NULL THEN 'superseded'
        WHEN verdict.verdict = 'edit' THEN 'superseded'
        WHEN verdict.verdict = 'reject' THEN 'rejected'
        WHEN verdict.verdict = 'accept' OR edited.stands THEN 'accepted'
        WHEN edited.instruction IS NOT NULL THEN 'superseded'
        WHEN copies.instruction IS NOT NULL THEN 'duplicate'
        WHEN worst.failed IS NULL OR worst.failed THEN 'draft'
        ELSE 'candidate'
    END AS status
FROM instruction AS i
LEFT JOIN verdict ON verdict.instruction = i.id
LEFT JOIN edited ON edited.instruction = i.id
LEFT JOIN stale ON stale.instruction = i.id
LEFT JOIN worst ON worst.instruction = i.id
LEFT JOIN copies ON copies.instruction = i.id;
