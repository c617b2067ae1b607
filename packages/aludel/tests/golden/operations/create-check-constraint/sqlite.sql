-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "age" INTEGER,
  "status" VARCHAR(10),
  CONSTRAINT "ck_age" CHECK ("age" >= 18),
  CONSTRAINT "ck_status" CHECK (status <> 'it''s')
);
INSERT INTO "_aludel_new_user" ("id", "age", "status") SELECT "id", "age", "status" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "age" INTEGER,
  "status" VARCHAR(10)
);
INSERT INTO "_aludel_new_user" ("id", "age", "status") SELECT "id", "age", "status" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
