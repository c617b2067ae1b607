-- there
DROP TABLE "note";
DROP TABLE IF EXISTS "none";

-- and back
CREATE TABLE "note" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_note" PRIMARY KEY,
  "title" VARCHAR(40) NOT NULL
);
