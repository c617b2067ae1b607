-- there
ALTER TABLE "user"
  ADD COLUMN "email" varchar(50),
  ALTER COLUMN "name" SET NOT NULL,
  DROP COLUMN "old";
CREATE INDEX "ix_name" ON "user" ("name");
ALTER TABLE "user" ADD CONSTRAINT "uq_email" UNIQUE ("email");
ALTER TABLE "user" ADD CONSTRAINT "fk_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id");
ALTER TABLE "user" ADD CONSTRAINT "ck_name" CHECK (length(name) > 1);

-- and back
ALTER TABLE "user" DROP CONSTRAINT "ck_name";
ALTER TABLE "user" DROP CONSTRAINT "fk_team";
ALTER TABLE "user" DROP CONSTRAINT "uq_email";
DROP INDEX "ix_name";
ALTER TABLE "user"
  ADD COLUMN "old" text,
  ALTER COLUMN "name" DROP NOT NULL,
  DROP COLUMN "email";
