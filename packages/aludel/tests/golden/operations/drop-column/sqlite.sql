-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "email" VARCHAR(50),
  CONSTRAINT "ck_email" CHECK (length(email) > 3)
);
INSERT INTO "_aludel_new_user" ("id", "email") SELECT "id", "email" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "email" VARCHAR(50),
  "age" INTEGER,
  CONSTRAINT "uq_age" UNIQUE ("age"),
  CONSTRAINT "ck_email" CHECK (length(email) > 3)
);
INSERT INTO "_aludel_new_user" ("id", "email") SELECT "id", "email" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_both" ON "user" ("email", "age");
