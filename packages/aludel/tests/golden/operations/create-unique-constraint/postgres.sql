-- there
ALTER TABLE "user" ADD CONSTRAINT "uq_email" UNIQUE ("email");
ALTER TABLE "user" ADD CONSTRAINT "uq_user_team_id_email" UNIQUE ("team_id", "email");

-- and back
ALTER TABLE "user" DROP CONSTRAINT "uq_user_team_id_email";
ALTER TABLE "user" DROP CONSTRAINT "uq_email";
