-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "team_id" INTEGER,
  "code" VARCHAR(10),
  "land" VARCHAR(2),
  CONSTRAINT "fk_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id") ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT "fk_user_land_code_team" FOREIGN KEY ("land", "code") REFERENCES "team" ("land", "code") ON DELETE SET NULL
);
INSERT INTO "_aludel_new_user" ("id", "team_id", "code", "land") SELECT "id", "team_id", "code", "land" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "team_id" INTEGER,
  "code" VARCHAR(10),
  "land" VARCHAR(2)
);
INSERT INTO "_aludel_new_user" ("id", "team_id", "code", "land") SELECT "id", "team_id", "code", "land" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
