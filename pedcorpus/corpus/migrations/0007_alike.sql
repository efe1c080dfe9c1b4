-- Instructions that share a question or an answer, though all of them stay: no duplicates, but a report's clusters.
-- A row whose cluster is the instruction itself, and that no other row shares, says that it is alike no more.

CREATE TABLE alike (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    instruction VARCHAR NOT NULL,
    cluster VARCHAR NOT NULL,
    kept BOOLEAN NOT NULL,      -- always true: all stay
    method VARCHAR NOT NULL,    -- near-question@1, near-answer@1
    similarity DOUBLE NOT NULL  -- to the instruction that the cluster is called after
);

CREATE VIEW current_alike AS
SELECT *, split_part(method, '@', 1) AS level FROM alike
QUALIFY row_number() OVER (PARTITION BY instruction, split_part(method, '@', 1) ORDER BY written DESC) = 1;
