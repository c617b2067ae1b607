-- there
ALTER TABLE "user" DROP CONSTRAINT "fk";
ALTER TABLE "user" DROP CONSTRAINT "uq";

-- and back
ALTER TABLE "user" ADD CONSTRAINT "uq" UNIQUE ("age");
ALTER TABLE "user" ADD CONSTRAINT "fk" FOREIGN KEY ("team_id") REFERENCES "team" ("id");
