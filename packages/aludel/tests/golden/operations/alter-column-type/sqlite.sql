-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "age" INTEGER DEFAULT 1,
  "note" TEXT NOT NULL,
  "size" BIGINT
);
INSERT INTO "_aludel_new_user" ("id", "age", "note", "size") SELECT "id", CAST(age AS decimal(10)), "note", "size" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "age" VARCHAR(10) DEFAULT '1',
  "note" VARCHAR(20) NOT NULL,
  "size" INTEGER
);
INSERT INTO "_aludel_new_user" ("id", "age", "note", "size") SELECT "id", "age", "note", "size" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
