-- there
CREATE TABLE "_aludel_new_task" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_task" PRIMARY KEY,
  "name" VARCHAR(20),
  "rank" INTEGER,
  "note" VARCHAR(20),
  CONSTRAINT "uq_name" UNIQUE ("name")
);
INSERT INTO "_aludel_new_task" ("id", "name", "rank", "note") SELECT "id", "name", "rank", "note" FROM "task";
DROP TABLE "task";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_task" RENAME TO "task";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "other" (
  "rank" INTEGER,
  "no""te" INTEGER,
  CONSTRAINT "uq_rank" UNIQUE ("rank")
);
CREATE INDEX "ix_native" ON "task" ("rank", "name" DESC);
ALTER TABLE "task" RENAME COLUMN "rank" TO "place";

-- and back
ALTER TABLE "task" RENAME COLUMN "place" TO "rank";
DROP INDEX "ix_native";
DROP TABLE "other";
CREATE TABLE "_aludel_new_task" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_task" PRIMARY KEY,
  "name" VARCHAR(20),
  "rank" INTEGER,
  "note" VARCHAR(20)
);
INSERT INTO "_aludel_new_task" ("id", "name", "rank", "note") SELECT "id", "name", "rank", "note" FROM "task";
DROP TABLE "task";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_task" RENAME TO "task";
PRAGMA legacy_alter_table = OFF;
