-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "role" TEXT NOT NULL DEFAULT 'guest' CHECK ("role" IN ('member', 'guest'))
);
INSERT INTO "_aludel_new_user" ("id", "role") SELECT "id", "role" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "role" TEXT NOT NULL DEFAULT 'member' CHECK ("role" IN ('member'))
);
INSERT INTO "_aludel_new_user" ("id", "role") SELECT "id", "role" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
