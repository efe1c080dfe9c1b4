-- Doctors' blind votes on pairs of replies. What was judged is kept beside the judgement: files of runs come and go.

CREATE TABLE vote_run (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    id VARCHAR NOT NULL,     -- hash of ids, questions and replies
    model VARCHAR NOT NULL,  -- whose they are; empty where the file does not say
    path VARCHAR NOT NULL    -- of the file, from the workspace on where it lies in it
);

-- Held without a key, as passages are: a run is added once, with all its replies.
CREATE TABLE vote_reply (
    run VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    body VARCHAR NOT NULL  -- the RunReply record as JSON
);

CREATE TABLE vote_pairing (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    id VARCHAR NOT NULL,     -- the same whichever run is named first
    run_a VARCHAR NOT NULL,  -- the run that was named first when the pairing was made
    run_b VARCHAR NOT NULL
);

CREATE TABLE vote (
    id VARCHAR PRIMARY KEY,
    written BIGINT NOT NULL DEFAULT nextval('written'),
    run_a VARCHAR NOT NULL,
    run_b VARCHAR NOT NULL,
    pair VARCHAR NOT NULL,
    voter VARCHAR NOT NULL,
    dimension VARCHAR NOT NULL,
    choice VARCHAR NOT NULL,  -- a, b or tie
    "left" VARCHAR NOT NULL,  -- the run that stood first on the screen
    seconds DOUBLE,
    "at" TIMESTAMP NOT NULL   -- UTC
);

CREATE TABLE vote_hand_in (
    id VARCHAR PRIMARY KEY,
    written BIGINT NOT NULL DEFAULT nextval('written'),
    run_a VARCHAR NOT NULL,
    run_b VARCHAR NOT NULL,
    voter VARCHAR NOT NULL,
    judged BIGINT NOT NULL,
    pairs BIGINT NOT NULL,
    "at" TIMESTAMP NOT NULL  -- UTC
);

-- Each doctor's last word on each pair in each dimension.
CREATE VIEW current_vote AS
SELECT * FROM vote
QUALIFY row_number() OVER (PARTITION BY run_a, run_b, pair, voter, dimension ORDER BY written DESC) = 1;
