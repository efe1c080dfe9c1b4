-- What a check said last counts, under whatever version and setting it said it: a changed threshold judges anew.
-- A check's id is name@version, or name@version:setting; its rows since it last ran under another id are its verdict.
CREATE OR REPLACE VIEW current_finding AS
WITH latest AS (
    SELECT instruction, split_part("check", '@', 1) AS name, arg_max("check", written) AS "check"
    FROM finding GROUP BY ALL
), before AS (
    SELECT f.instruction, l.name, max(f.written) AS written
    FROM finding AS f JOIN latest AS l ON l.instruction = f.instruction AND l.name = split_part(f."check", '@', 1)
    WHERE f."check" <> l."check" GROUP BY ALL
)
SELECT f.* FROM finding AS f
JOIN latest AS l ON l.instruction = f.instruction AND l."check" = f."check"
LEFT JOIN before AS b ON b.instruction = f.instruction AND b.name = l.name
WHERE f.written > coalesce(b.written, 0);
