-- there
DROP INDEX "ix_email";
DROP INDEX "ix_unique";
DROP INDEX IF EXISTS "none";

-- and back
CREATE UNIQUE INDEX "ix_unique" ON "user" ("email");
CREATE INDEX "ix_email" ON "user" ("email");
