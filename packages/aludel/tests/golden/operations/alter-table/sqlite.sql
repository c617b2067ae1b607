-- there
CREATE TABLE "_aludel_new_event" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_event" PRIMARY KEY,
  "name" TEXT COLLATE "NOCASE",
  "size" INTEGER,
  CONSTRAINT "ck_size" CHECK (size > 0)
) STRICT, WITHOUT ROWID;
INSERT INTO "_aludel_new_event" ("id", "name", "size") SELECT "id", "name", "size" FROM "event";
DROP TABLE "event";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_event" RENAME TO "event";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_size" ON "event" ("size");
CREATE TABLE "_aludel_new_note" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_note" PRIMARY KEY,
  "body" ANY
);
INSERT INTO "_aludel_new_note" ("id", "body") SELECT "id", "body" FROM "note";
DROP TABLE "note";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_note" RENAME TO "note";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_note" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_note" PRIMARY KEY,
  "body" ANY
) STRICT;
INSERT INTO "_aludel_new_note" ("id", "body") SELECT "id", "body" FROM "note";
DROP TABLE "note";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_note" RENAME TO "note";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_aludel_new_event" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_event" PRIMARY KEY,
  "name" TEXT COLLATE "NOCASE",
  "size" INTEGER,
  CONSTRAINT "ck_size" CHECK (size > 0)
);
INSERT INTO "_aludel_new_event" ("id", "name", "size") SELECT "id", "name", "size" FROM "event";
DROP TABLE "event";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_event" RENAME TO "event";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_size" ON "event" ("size");
