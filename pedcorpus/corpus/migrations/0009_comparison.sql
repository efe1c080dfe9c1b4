-- When duplicates were last sought: up to which row of the tables that decide, and with what settings.
-- Until one of them grows or the settings change, there is nothing to seek.

CREATE TABLE comparison (
    written BIGINT PRIMARY KEY DEFAULT nextval('written'),
    recipe VARCHAR NOT NULL,  -- hash of methods, settings and earlier exports
    until BIGINT NOT NULL     -- the latest row that was seen
);
