-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "team_id" INTEGER,
  "age" INTEGER,
  CONSTRAINT "fk_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "ck_age" CHECK (age > 0)
);
INSERT INTO "_aludel_new_user" ("id", "team_id", "age") SELECT "id", "team_id", "age" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "team_id" INTEGER,
  "age" INTEGER,
  CONSTRAINT "fk_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id"),
  CONSTRAINT "ck_age" CHECK (age > 0)
);
INSERT INTO "_aludel_new_user" ("id", "team_id", "age") SELECT "id", "team_id", "age" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
