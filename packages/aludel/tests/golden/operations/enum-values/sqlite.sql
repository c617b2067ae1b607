-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "role" TEXT NOT NULL DEFAULT 'guest' CHECK ("role" IN ('owner', 'guest'))
);
INSERT INTO "_aludel_new_user" ("id", "role") SELECT "id", CASE CASE "role" WHEN 'it''s' THEN 'it "is"' ELSE "role" END WHEN 'member' THEN 'guest' WHEN 'it "is"' THEN 'owner' ELSE CASE "role" WHEN 'it''s' THEN 'it "is"' ELSE "role" END END FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "role" TEXT NOT NULL DEFAULT 'member' CHECK ("role" IN ('member', 'it''s'))
);
INSERT INTO "_aludel_new_user" ("id", "role") SELECT "id", CASE "role" WHEN 'it "is"' THEN 'it''s' ELSE "role" END FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
