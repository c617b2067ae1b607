-- there
ALTER TABLE "bill" RENAME COLUMN "number" TO "no";
ALTER TABLE "bill" RENAME TO "invoice";
ALTER TABLE "invoice" DROP COLUMN "other";
DROP TABLE "note";
ALTER SEQUENCE "numbers" OWNED BY NONE;
ALTER SEQUENCE "free" OWNED BY "invoice"."no";

-- and back
ALTER SEQUENCE "free" OWNED BY NONE;
ALTER SEQUENCE "numbers" OWNED BY "invoice"."no";
CREATE SEQUENCE "notes";
CREATE TABLE "note" (
  "id" integer NOT NULL,
  CONSTRAINT "pk_note" PRIMARY KEY ("id")
);
ALTER SEQUENCE "notes" OWNED BY "note"."id";
CREATE SEQUENCE "others";
ALTER TABLE "invoice" ADD COLUMN "other" integer;
ALTER SEQUENCE "others" OWNED BY "invoice"."other";
ALTER TABLE "invoice" RENAME TO "bill";
ALTER TABLE "bill" RENAME COLUMN "no" TO "number";
