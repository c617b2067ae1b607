-- there
DROP INDEX "ix_name";
CREATE INDEX "ix_team_name" ON "team" ("name");
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "email" VARCHAR(50),
  "age" INTEGER,
  CONSTRAINT "ck_age" CHECK (age > 0)
);
INSERT INTO "_aludel_new_user" ("id", "email", "age") SELECT "id", "email", "age" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "ux_user_email_age" ON "user" ("email", "age");
CREATE INDEX "ix_user_age" ON "user" ("age");

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "email" VARCHAR(50),
  "age" INTEGER
);
INSERT INTO "_aludel_new_user" ("id", "email", "age") SELECT "id", "email", "age" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "ix_unique" ON "user" ("email", "age");
CREATE INDEX "ix_age" ON "user" ("age");
DROP INDEX "ix_team_name";
CREATE INDEX "ix_name" ON "team" ("name");
