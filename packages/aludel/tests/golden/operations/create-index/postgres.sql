-- there
CREATE INDEX "ix_email" ON "user" ("email");
CREATE UNIQUE INDEX "ix_user_team_id_email" ON "user" ("team_id", "email");
CREATE INDEX "ix_team" ON "user" ("team_id", "id" DESC) INCLUDE ("email") WITH ("fillfactor" = '70');

-- and back
DROP INDEX "ix_team";
DROP INDEX "ix_user_team_id_email";
DROP INDEX "ix_email";
