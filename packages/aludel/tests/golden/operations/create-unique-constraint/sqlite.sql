-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "email" VARCHAR(50),
  "team_id" INTEGER,
  CONSTRAINT "uq_email" UNIQUE ("email"),
  CONSTRAINT "uq_user_team_id_email" UNIQUE ("team_id", "email")
);
INSERT INTO "_aludel_new_user" ("id", "email", "team_id") SELECT "id", "email", "team_id" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "email" VARCHAR(50),
  "team_id" INTEGER
);
INSERT INTO "_aludel_new_user" ("id", "email", "team_id") SELECT "id", "email", "team_id" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
