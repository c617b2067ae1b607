-- there
ALTER TABLE "user" DROP CONSTRAINT "fk_team";
ALTER TABLE "user" DROP CONSTRAINT "uq_both";
ALTER TABLE "user" DROP CONSTRAINT "ck_age";
ALTER TABLE "user" DROP CONSTRAINT "pk_given";
ALTER TABLE "user" DROP CONSTRAINT IF EXISTS "none";

-- and back
ALTER TABLE "user" ADD CONSTRAINT "pk_given" PRIMARY KEY ("id");
ALTER TABLE "user" ADD CONSTRAINT "ck_age" CHECK (age > 0);
ALTER TABLE "user" ADD CONSTRAINT "uq_both" UNIQUE ("age", "team_id");
ALTER TABLE "user" ADD CONSTRAINT "fk_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id");
