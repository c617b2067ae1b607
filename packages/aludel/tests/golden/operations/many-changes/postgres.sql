-- there
ALTER TABLE "user"
  ADD COLUMN "bio" text,
  ALTER COLUMN "name" TYPE varchar(40),
  ALTER COLUMN "name" SET NOT NULL,
  DROP COLUMN "old";
ALTER TABLE "user" DROP CONSTRAINT "ck_age";
ALTER TABLE "user" ADD CONSTRAINT "ck_age" CHECK (age > 17);
DROP INDEX "ix_name";
CREATE INDEX "ix_both" ON "user" ("name", "age");
ALTER TABLE "user" RENAME COLUMN "age" TO "years";

-- and back
ALTER TABLE "user" RENAME COLUMN "years" TO "age";
DROP INDEX "ix_both";
CREATE INDEX "ix_name" ON "user" ("name");
ALTER TABLE "user" DROP CONSTRAINT "ck_age";
ALTER TABLE "user" ADD CONSTRAINT "ck_age" CHECK (age > 0);
ALTER TABLE "user"
  ADD COLUMN "old" text,
  ALTER COLUMN "name" TYPE varchar(20),
  ALTER COLUMN "name" DROP NOT NULL,
  DROP COLUMN "bio";
