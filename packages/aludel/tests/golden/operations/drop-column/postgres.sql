-- there
ALTER TABLE "user" DROP CONSTRAINT "uq_age";
DROP INDEX "ix_both";
ALTER TABLE "user"
  DROP COLUMN "age",
  DROP COLUMN IF EXISTS "none";

-- and back
ALTER TABLE "user" ADD COLUMN "age" integer;
CREATE INDEX "ix_both" ON "user" ("email", "age");
ALTER TABLE "user" ADD CONSTRAINT "uq_age" UNIQUE ("age");
