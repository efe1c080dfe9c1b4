-- Works that may be released no more. The last word on a work counts; what was made of it stays, and enters no export.

CREATE TABLE withdrawal (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    source VARCHAR NOT NULL,
    stands BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    steward VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL  -- UTC
);

CREATE VIEW current_withdrawal AS
SELECT * FROM withdrawal QUALIFY row_number() OVER (PARTITION BY source ORDER BY written DESC) = 1;
