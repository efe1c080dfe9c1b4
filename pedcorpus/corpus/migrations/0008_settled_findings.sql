-- As before: what a check said last counts, under whatever version and setting it said it. But a check that has only ever
-- run under one id, as most have, needs no look at who said what when: all its rows count. Only the others are compared.
CREATE OR REPLACE VIEW current_finding AS
WITH ids AS (
    SELECT "check", split_part("check", '@', 1) AS name FROM finding GROUP BY "check"
), settled AS (
    SELECT "check" FROM ids WHERE name IN (SELECT name FROM ids GROUP BY name HAVING count(*) = 1)
), rejudged AS (
    SELECT *, split_part("check", '@', 1) AS name FROM finding WHERE "check" NOT IN (SELECT "check" FROM settled)
), latest AS (
    SELECT instruction, name, arg_max("check", written) AS "check" FROM rejudged GROUP BY ALL
), before AS (
    SELECT f.instruction, f.name, max(f.written) AS written
    FROM rejudged AS f JOIN latest AS l USING (instruction, name)
    WHERE f."check" <> l."check" GROUP BY ALL
)
SELECT * FROM finding WHERE "check" IN (SELECT "check" FROM settled)
UNION ALL
SELECT f.* EXCLUDE (name) FROM rejudged AS f
JOIN latest AS l USING (instruction, name, "check")
LEFT JOIN before AS b USING (instruction, name)
WHERE f.written > coalesce(b.written, 0);
