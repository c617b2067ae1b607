-- there
CREATE TABLE "_aludel_new_pair" (
  "a" INTEGER NOT NULL,
  "b" VARCHAR(20) NOT NULL,
  "c" INTEGER,
  CONSTRAINT "pk_of_pair" PRIMARY KEY ("a", "b")
);
INSERT INTO "_aludel_new_pair" ("a", "b", "c") SELECT "a", "b", "c" FROM "pair";
DROP TABLE "pair";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_pair" RENAME TO "pair";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_aludel_new_single" (
  "code" VARCHAR(20) NOT NULL CONSTRAINT "pk_single" PRIMARY KEY
);
INSERT INTO "_aludel_new_single" ("code") SELECT "code" FROM "single";
DROP TABLE "single";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_single" RENAME TO "single";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_single" (
  "code" VARCHAR(20)
);
INSERT INTO "_aludel_new_single" ("code") SELECT "code" FROM "single";
DROP TABLE "single";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_single" RENAME TO "single";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_aludel_new_pair" (
  "a" INTEGER NOT NULL,
  "b" VARCHAR(20),
  "c" INTEGER
);
INSERT INTO "_aludel_new_pair" ("a", "b", "c") SELECT "a", "b", "c" FROM "pair";
DROP TABLE "pair";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_pair" RENAME TO "pair";
PRAGMA legacy_alter_table = OFF;
