-- there
CREATE TRIGGER made AFTER INSERT ON "user" BEGIN SELECT 'a;b'; END;
DROP TRIGGER "gone";
DROP TRIGGER IF EXISTS "never_there";
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "name" VARCHAR(50) NOT NULL
);
INSERT INTO "_aludel_new_user" ("id", "name") SELECT "id", "name" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE TRIGGER made AFTER INSERT ON "user" BEGIN SELECT 'a;b'; END;
DROP TABLE "note";

-- and back
CREATE TABLE "note" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_note" PRIMARY KEY
);
CREATE TRIGGER noted AFTER INSERT ON "note" BEGIN SELECT 'a;b'; END;
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "name" VARCHAR(50)
);
INSERT INTO "_aludel_new_user" ("id", "name") SELECT "id", "name" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE TRIGGER made AFTER INSERT ON "user" BEGIN SELECT 'a;b'; END;
CREATE TRIGGER gone AFTER INSERT ON "user" BEGIN SELECT 'a;b'; END;
DROP TRIGGER "made";
