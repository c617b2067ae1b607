-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "name" VARCHAR(40) NOT NULL,
  "age" INTEGER,
  "bio" TEXT,
  CONSTRAINT "ck_age" CHECK (age > 17)
);
INSERT INTO "_aludel_new_user" ("id", "name", "age") SELECT "id", "name", "age" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_both" ON "user" ("name", "age");
ALTER TABLE "user" RENAME COLUMN "age" TO "years";

-- and back
ALTER TABLE "user" RENAME COLUMN "years" TO "age";
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "name" VARCHAR(20),
  "age" INTEGER,
  "old" TEXT,
  CONSTRAINT "ck_age" CHECK (age > 0)
);
INSERT INTO "_aludel_new_user" ("id", "name", "age") SELECT "id", "name", "age" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_name" ON "user" ("name");
