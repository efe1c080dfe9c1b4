-- A revision (an instruction with a parent) that stands takes the place of every instruction that it goes back to.
-- One that failed a check, is a duplicate or was rejected does not stand. What a reviewer accepted gives way only to a
-- revision that was accepted too.

CREATE VIEW own_status AS
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
    i.id, i.task, i.topic, i.source, i.generator, i.parent, i.written,
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

-- Every revision with each instruction that it goes back to, step by step.
CREATE VIEW lineage AS
WITH RECURSIVE steps AS (
    SELECT parent AS ancestor, id AS revision FROM instruction WHERE parent IS NOT NULL
    UNION
    SELECT s.ancestor, i.id FROM steps AS s JOIN instruction AS i ON i.parent = s.revision
)
SELECT * FROM steps;

-- The one place that says where an instruction stands.
CREATE OR REPLACE VIEW instruction_status AS
WITH revised AS (
    SELECT l.ancestor AS id, bool_or(r.status = 'accepted') AS is_accepted
    FROM lineage AS l JOIN own_status AS r ON r.id = l.revision
    WHERE r.status IN ('accepted', 'candidate') GROUP BY l.ancestor
)
SELECT
    o.id, o.task, o.topic, o.source, o.generator, o.written,
    CASE
        WHEN o.status IN ('rejected', 'superseded') THEN o.status
        WHEN revised.is_accepted OR (revised.id IS NOT NULL AND o.status <> 'accepted') THEN 'superseded'
        ELSE o.status
    END AS status
FROM own_status AS o LEFT JOIN revised ON revised.id = o.id;
