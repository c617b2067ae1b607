-- there
CREATE TABLE "seat" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_seat" PRIMARY KEY,
  "room" VARCHAR(20),
  "place" INTEGER
);

-- and back
DROP TABLE "seat";
