-- What a dialogue says without the identifiers of those who held it. Generators, quotes, reviews and exports read this
-- table alone; `dialogue` keeps the originals, and only de-identification reads them.

CREATE TABLE deidentified (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    original VARCHAR NOT NULL,  -- id of the dialogue as it was read
    document VARCHAR NOT NULL,
    reading VARCHAR NOT NULL,
    recipe VARCHAR NOT NULL,    -- hash of recognisers, versions and settings
    id VARCHAR NOT NULL,        -- by its own content: an original cannot be tried against it
    body VARCHAR NOT NULL,      -- JSON: the record whole
    replaced VARCHAR NOT NULL   -- JSON: how many identifiers of each kind
);

CREATE VIEW latest_deidentified AS
SELECT * FROM deidentified QUALIFY row_number() OVER (PARTITION BY original, reading ORDER BY written DESC) = 1;

-- As before, under the id that evidence names. One that was read and not de-identified yet has no body here.
CREATE OR REPLACE VIEW current_dialogue AS
SELECT coalesce(s.id, g.id) AS id, g.document, g.reading, g.purpose, g.domain, s.body
FROM dialogue AS g LEFT JOIN latest_deidentified AS s ON s.original = g.id AND s.reading = g.reading
WHERE EXISTS (SELECT 1 FROM current_document AS d WHERE d.id = g.document AND d.reading = g.reading);
