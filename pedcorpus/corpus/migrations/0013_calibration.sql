-- Items whose verdict is known, offered to reviewers among the others. The latest row of an instruction counts; one
-- without a verdict says that it is offered no more.

CREATE TABLE calibration (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    instruction VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,  -- accept, reject, edit; empty when it was removed
    reason VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,   -- given, adjudicated, agreed
    "by" VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL    -- UTC
);

CREATE VIEW current_calibration AS
SELECT * FROM calibration
QUALIFY row_number() OVER (PARTITION BY instruction ORDER BY written DESC) = 1 AND verdict <> '';

-- As before, but a decision in bulk or by a sampling plan is nobody's reading where several were asked.
CREATE OR REPLACE VIEW ruling AS
WITH said AS (
    SELECT instruction, reviewer, verdict, edited, readers, role, acceptance, written FROM standing_decision
    WHERE verdict IN ('accept', 'reject', 'edit') AND acceptance <> 'calibration'
), asked AS (
    SELECT instruction, max(readers) AS readers, bool_or(role = 'adjudicator') AS adjudicated,
           arg_max({verdict: verdict, edited: edited}, (role = 'adjudicator', written)) AS last
    FROM said GROUP BY instruction
), voice AS (
    SELECT s.instruction, s.reviewer, any_value(a.readers) AS readers,
           arg_max({verdict: s.verdict, edited: s.edited}, s.written) AS word
    FROM said AS s JOIN asked AS a USING (instruction)
    WHERE NOT a.adjudicated AND a.readers > 1 AND s.acceptance = 'reviewed' GROUP BY s.instruction, s.reviewer
), heard AS (
    SELECT instruction, any_value(word) AS word, count(*) < any_value(readers) AS is_awaited,
           count(DISTINCT word) > 1 AS is_disputed
    FROM voice GROUP BY instruction
)
SELECT instruction, last.verdict AS verdict, last.edited AS edited FROM asked WHERE adjudicated OR readers = 1
UNION ALL
SELECT instruction,
       CASE WHEN is_awaited THEN 'awaited' WHEN is_disputed THEN 'disputed' ELSE word.verdict END AS verdict,
       CASE WHEN NOT (is_awaited OR is_disputed) THEN word.edited END AS edited
FROM heard;

-- As before, every instruction's own status worked out once for both the row and what revised it. A revision that its
-- readers are about to decide keeps the place that it took as a candidate.
CREATE OR REPLACE VIEW instruction_status AS
WITH own AS (
    SELECT * FROM own_status
), revised AS (
    SELECT l.ancestor AS id, bool_or(r.status = 'accepted') AS is_accepted
    FROM lineage AS l JOIN own AS r ON r.id = l.revision
    WHERE r.status IN ('accepted', 'candidate', 'pending') GROUP BY l.ancestor
)
SELECT
    o.id, o.task, o.topic, o.source, o.generator, o.written,
    CASE
        WHEN o.status IN ('rejected', 'superseded') THEN o.status
        WHEN revised.is_accepted OR (revised.id IS NOT NULL AND o.status <> 'accepted') THEN 'superseded'
        ELSE o.status
    END AS status
FROM own AS o LEFT JOIN revised ON revised.id = o.id;
