-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "status" VARCHAR(32) NOT NULL DEFAULT 'it''s new',
  "age" INTEGER,
  "size" INTEGER DEFAULT (1 + 1),
  "made_at" DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
INSERT INTO "_aludel_new_user" ("id", "status", "age", "size", "made_at") SELECT "id", "status", "age", "size", "made_at" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "status" VARCHAR(32),
  "age" INTEGER NOT NULL DEFAULT 18,
  "size" INTEGER DEFAULT 1,
  "made_at" DATETIME NOT NULL
);
INSERT INTO "_aludel_new_user" ("id", "status", "age", "size", "made_at") SELECT "id", "status", "age", "size", "made_at" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
