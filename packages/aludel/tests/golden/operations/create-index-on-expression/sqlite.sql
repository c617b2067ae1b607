-- there
CREATE UNIQUE INDEX "ix_lower" ON "user" ((lower("email")));
CREATE INDEX "ix_live" ON "user" ("email") WHERE status = 'live';

-- and back
DROP INDEX "ix_live";
DROP INDEX "ix_lower";
