-- there
CREATE TABLE "_aludel_new_team" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_every_team" PRIMARY KEY
);
INSERT INTO "_aludel_new_team" ("id") SELECT "id" FROM "team";
DROP TABLE "team";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_team" RENAME TO "team";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_aludel_new_user" (
  "id" VARCHAR(20) NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "team_id" INTEGER,
  "age" INTEGER,
  CONSTRAINT "uq_user_age_team" UNIQUE ("age", "team_id"),
  CONSTRAINT "fk_user_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id") ON DELETE CASCADE,
  CONSTRAINT "ck_user_age" CHECK (age > 0)
);
INSERT INTO "_aludel_new_user" ("id", "team_id", "age") SELECT "id", "team_id", "age" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" VARCHAR(20) NOT NULL CONSTRAINT "pk_given" PRIMARY KEY,
  "team_id" INTEGER,
  "age" INTEGER,
  CONSTRAINT "uq_both" UNIQUE ("age", "team_id"),
  CONSTRAINT "fk_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id") ON DELETE CASCADE,
  CONSTRAINT "ck_age" CHECK (age > 0)
);
INSERT INTO "_aludel_new_user" ("id", "team_id", "age") SELECT "id", "team_id", "age" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "_aludel_new_team" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_team" PRIMARY KEY
);
INSERT INTO "_aludel_new_team" ("id") SELECT "id" FROM "team";
DROP TABLE "team";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_team" RENAME TO "team";
PRAGMA legacy_alter_table = OFF;
