-- there
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "price" INTEGER NOT NULL,
  "bio" TEXT,
  "status" VARCHAR(32) NOT NULL DEFAULT 'active',
  "is active" BOOLEAN NOT NULL DEFAULT 0,
  "made_at" DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "total" INTEGER GENERATED ALWAYS AS (price * 2) STORED
);
INSERT INTO "_aludel_new_user" ("id", "price") SELECT "id", "price" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
ALTER TABLE "user" ADD COLUMN "nick" VARCHAR(20);

-- and back
CREATE TABLE "_aludel_new_user" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
  "price" INTEGER NOT NULL
);
INSERT INTO "_aludel_new_user" ("id", "price") SELECT "id", "price" FROM "user";
DROP TABLE "user";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_user" RENAME TO "user";
PRAGMA legacy_alter_table = OFF;
