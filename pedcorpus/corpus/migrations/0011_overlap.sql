-- Several readers of one instruction, and adjudicators. What decisions come to is a view, `ruling`, that every status is
-- from: the last decision where one reader was asked; what all said where several were; an adjudicator's whatever they
-- said. Answers to calibration items, whose verdict is known, decide nothing.

ALTER TABLE decision ADD COLUMN readers INTEGER DEFAULT 1;
ALTER TABLE decision ADD COLUMN role VARCHAR DEFAULT 'reviewer';
ALTER TABLE decision ADD COLUMN colleague VARCHAR DEFAULT '';

CREATE OR REPLACE VIEW standing_decision AS
SELECT * FROM decision AS d
WHERE d.verdict <> 'undo'
  AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.verdict = 'undo' AND u.undoes = d.id);

-- One row an instruction that somebody decided on: verdict accept, reject or edit with the record that it made, or
-- awaited (not all readers decided yet), or disputed (they did, and disagree).
CREATE VIEW ruling AS
WITH said AS (
    SELECT instruction, reviewer, verdict, edited, readers, role, written FROM standing_decision
    WHERE verdict IN ('accept', 'reject', 'edit') AND acceptance <> 'calibration'
), asked AS (
    SELECT instruction, max(readers) AS readers, bool_or(role = 'adjudicator') AS adjudicated FROM said GROUP BY instruction
), last AS (
    SELECT s.instruction, arg_max(s.verdict, s.written) AS verdict, arg_max({edited: s.edited}, s.written).edited AS edited
    FROM said AS s JOIN asked AS a USING (instruction)
    WHERE (a.adjudicated AND s.role = 'adjudicator') OR (NOT a.adjudicated AND a.readers = 1)
    GROUP BY s.instruction
), voice AS (
    SELECT s.instruction, s.reviewer, any_value(a.readers) AS readers,
           arg_max(s.verdict, s.written) AS verdict, arg_max({edited: s.edited}, s.written).edited AS edited
    FROM said AS s JOIN asked AS a USING (instruction)
    WHERE NOT a.adjudicated AND a.readers > 1 GROUP BY s.instruction, s.reviewer
)
SELECT instruction, verdict, edited FROM last
UNION ALL
SELECT instruction,
       CASE WHEN count(*) < any_value(readers) THEN 'awaited'
            WHEN count(DISTINCT verdict || ' ' || coalesce(edited, '')) > 1 THEN 'disputed'
            ELSE any_value(verdict) END AS verdict,
       CASE WHEN count(*) >= any_value(readers) AND count(DISTINCT verdict || ' ' || coalesce(edited, '')) = 1
            THEN any_value(edited) END AS edited
FROM voice GROUP BY instruction;

CREATE OR REPLACE VIEW own_status AS
WITH made AS (
    SELECT d.edited AS instruction, bool_or(r.instruction IS NOT NULL) AS stands
    FROM decision AS d LEFT JOIN ruling AS r ON r.instruction = d.instruction AND r.edited = d.edited
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
    i.id, i.task, i.topic, i.source, i.generator, i.parent, i.written,
    CASE
        WHEN stale.instruction IS NOT NULL THEN 'superseded'
        WHEN ruling.verdict = 'edit' THEN 'superseded'
        WHEN ruling.verdict = 'reject' THEN 'rejected'
        WHEN ruling.verdict = 'accept' OR made.stands THEN 'accepted'
        WHEN made.instruction IS NOT NULL THEN 'superseded'
        WHEN copies.instruction IS NOT NULL THEN 'duplicate'
        WHEN ruling.verdict IN ('awaited', 'disputed') THEN 'pending'
        WHEN worst.failed IS NULL OR worst.failed THEN 'draft'
        ELSE 'candidate'
    END AS status
FROM instruction AS i
LEFT JOIN ruling ON ruling.instruction = i.id
LEFT JOIN made ON made.instruction = i.id
LEFT JOIN stale ON stale.instruction = i.id
LEFT JOIN worst ON worst.instruction = i.id
LEFT JOIN copies ON copies.instruction = i.id;
