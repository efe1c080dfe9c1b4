-- What a version said of itself, and the settings that decided its bytes: so that it can be made again when its folder
-- is lost. A version exported before this was kept has neither.
ALTER TABLE export ADD COLUMN manifest VARCHAR;
ALTER TABLE export ADD COLUMN settings VARCHAR;
