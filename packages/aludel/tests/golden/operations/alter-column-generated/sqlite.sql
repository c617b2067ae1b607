-- there
CREATE TABLE "_aludel_new_item" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_item" PRIMARY KEY,
  "price" INTEGER NOT NULL,
  "double" INTEGER GENERATED ALWAYS AS (price * 20) STORED,
  "kept" INTEGER
);
INSERT INTO "_aludel_new_item" ("id", "price", "kept") SELECT "id", "price", "kept" FROM "item";
DROP TABLE "item";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_item" RENAME TO "item";
PRAGMA legacy_alter_table = OFF;

-- and back
CREATE TABLE "_aludel_new_item" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_item" PRIMARY KEY,
  "price" INTEGER NOT NULL,
  "double" INTEGER GENERATED ALWAYS AS (price * 2) STORED,
  "kept" INTEGER GENERATED ALWAYS AS (price + 1) STORED
);
INSERT INTO "_aludel_new_item" ("id", "price") SELECT "id", "price" FROM "item";
DROP TABLE "item";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_aludel_new_item" RENAME TO "item";
PRAGMA legacy_alter_table = OFF;
