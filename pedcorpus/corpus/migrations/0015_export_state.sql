-- The state that a version was made of: the number of the latest row there was. A version exported before this was kept
-- has none.
ALTER TABLE export ADD COLUMN until BIGINT;
