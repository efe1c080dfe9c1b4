-- Acceptance by a sampling plan. A decision that a plan made says which; a plan is kept with the lot that it was for.

ALTER TABLE decision ADD COLUMN plan VARCHAR DEFAULT '';

CREATE OR REPLACE VIEW standing_decision AS
SELECT * FROM decision AS d
WHERE d.verdict <> 'undo'
  AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.verdict = 'undo' AND u.undoes = d.id);

CREATE TABLE review_plan (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    id VARCHAR NOT NULL,   -- hash of parameters, stratum and lot
    body VARCHAR NOT NULL  -- JSON: the record whole, as it stood when rows were accepted by it; the latest counts
);

-- Every row of the lot, the sample included. Held without a key, as passages are: rows are compared before they are added.
CREATE TABLE review_plan_item (
    plan VARCHAR NOT NULL,
    instruction VARCHAR NOT NULL
);
