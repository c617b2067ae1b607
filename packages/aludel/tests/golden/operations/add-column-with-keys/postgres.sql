-- there
ALTER TABLE "user" ADD COLUMN "team_id" integer;
ALTER TABLE "user" ADD CONSTRAINT "fk_user_team_id_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id") ON DELETE CASCADE;
ALTER TABLE "user" ADD COLUMN "code" varchar(10);
ALTER TABLE "user" ADD CONSTRAINT "uq_user_code" UNIQUE ("code");

-- and back
ALTER TABLE "user" DROP CONSTRAINT "uq_user_code";
ALTER TABLE "user" DROP COLUMN "code";
ALTER TABLE "user" DROP CONSTRAINT "fk_user_team_id_team";
ALTER TABLE "user" DROP COLUMN "team_id";
