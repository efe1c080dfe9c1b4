-- What was asked of a model, and what came of it. The replies themselves are kept apart, in the reply store.

CREATE TABLE request (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    key VARCHAR NOT NULL,      -- hash of the whole request: where its reply is kept
    writer VARCHAR NOT NULL,   -- name@version
    model VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    reading VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    fault VARCHAR NOT NULL,    -- why no draft could be made of it; empty where some were
    drafts INTEGER NOT NULL,
    unusable INTEGER NOT NULL  -- parts of the reply of which no draft could be made
);

CREATE TABLE request_item (
    key VARCHAR NOT NULL,
    writer VARCHAR NOT NULL,
    instruction VARCHAR NOT NULL,
    PRIMARY KEY (key, writer, instruction)
);

CREATE VIEW current_request AS
SELECT * FROM request QUALIFY row_number() OVER (PARTITION BY key, writer ORDER BY written DESC) = 1;

-- As before for files. What a model's reply lacked stands until its document changes or the request is made anew:
-- its failures carry `request:<key>` and are written after the request's row.
CREATE OR REPLACE VIEW standing_failure AS
WITH latest AS (
    SELECT source, path, max(written) AS written FROM document GROUP BY source, path
), last_failed AS (
    SELECT source, path, arg_max(fingerprint, written) AS fingerprint FROM failure
    WHERE path <> '' AND NOT starts_with(fingerprint, 'request:') GROUP BY source, path
), asked AS (
    SELECT 'request:' || key AS fingerprint, max(written) AS written FROM request GROUP BY key
)
SELECT f.* FROM failure AS f
LEFT JOIN latest USING (source, path)
LEFT JOIN last_failed AS l USING (source, path)
LEFT JOIN asked ON asked.fingerprint = f.fingerprint
WHERE f.path = '' OR (
    f.written > coalesce(latest.written, 0)
    AND CASE WHEN starts_with(f.fingerprint, 'request:') THEN f.written > coalesce(asked.written, 0)
             ELSE f.fingerprint = l.fingerprint END
)
QUALIFY row_number() OVER (PARTITION BY f.id ORDER BY f.written DESC) = 1;
