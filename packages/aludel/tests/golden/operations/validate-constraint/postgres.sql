-- there
ALTER TABLE "user" ADD CONSTRAINT "ck_age" CHECK (age > 0) NOT VALID;
ALTER TABLE "user" ADD CONSTRAINT "fk_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id") NOT VALID;
ALTER TABLE "user" VALIDATE CONSTRAINT "ck_age";
ALTER TABLE "user" VALIDATE CONSTRAINT "fk_team";

-- and back
ALTER TABLE "user"
  DROP CONSTRAINT "fk_team",
  ADD CONSTRAINT "fk_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id") NOT VALID;
ALTER TABLE "user"
  DROP CONSTRAINT "ck_age",
  ADD CONSTRAINT "ck_age" CHECK (age > 0) NOT VALID;
ALTER TABLE "user" DROP CONSTRAINT "fk_team";
ALTER TABLE "user" DROP CONSTRAINT "ck_age";
