-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "name" VARCHAR(20) NOT NULL,
  "team_id" INTEGER,
  "email" VARCHAR(50),
  CONSTRAINT "uq_email" UNIQUE ("email"),
  CONSTRAINT "fk_team" FOREIGN KEY ("team_id") REFERENCES "team" ("id"),
  CONSTRAINT "ck_name" CHECK (length(name) > 1)
);
INSERT INTO "_aludel_new_user" ("id", "name", "team_id") SELECT "id", "name", "team_id" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_name" ON "user" ("name");

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "name" VARCHAR(20),
  "team_id" INTEGER,
  "old" TEXT
);
INSERT INTO "_aludel_new_user" ("id", "name", "team_id") SELECT "id", "name", "team_id" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
