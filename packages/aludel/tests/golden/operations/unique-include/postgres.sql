-- there
ALTER TABLE "task" ADD CONSTRAINT "uq_name" UNIQUE ("name") INCLUDE ("rank", "note");
CREATE TABLE "other" (
  "rank" integer,
  "no""te" integer,
  CONSTRAINT "uq_rank" UNIQUE NULLS NOT DISTINCT ("rank") INCLUDE ("no""te")
);
CREATE INDEX "ix_native" ON "task" ("rank" NULLS FIRST, "name" DESC NULLS LAST);
ALTER TABLE "task" RENAME COLUMN "rank" TO "place";

-- and back
ALTER TABLE "task" RENAME COLUMN "place" TO "rank";
DROP INDEX "ix_native";
DROP TABLE "other";
ALTER TABLE "task" DROP CONSTRAINT "uq_name";
