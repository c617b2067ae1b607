-- there
CREATE SCHEMA "app";
CREATE DOMAIN "app"."e""mail" AS varchar(120) COLLATE "C" CONSTRAINT "ck_e""mail_12c9ef87" CHECK (VALUE ~ '@');
CREATE DOMAIN "moment" AS timestamptz DEFAULT now();
CREATE TYPE "mood_value" AS ENUM ('good', 'it''s');
CREATE DOMAIN "mood" AS "mood_value" DEFAULT 'it''s';
CREATE TABLE "person" (
  "id" integer NOT NULL,
  "email" app."e""mail",
  CONSTRAINT "pk_person" PRIMARY KEY ("id")
);
ALTER DOMAIN "positive" SET DEFAULT 5;
ALTER DOMAIN "positive" DROP NOT NULL;
ALTER DOMAIN "positive" DROP CONSTRAINT "is positive";
ALTER DOMAIN "positive" ADD CONSTRAINT "is positive" CHECK (VALUE >= 0);
ALTER DOMAIN "positive" DROP DEFAULT;
ALTER DOMAIN "positive" RENAME TO "natural";
DROP DOMAIN "gone";
DROP DOMAIN IF EXISTS "never there";

-- and back
CREATE DOMAIN "gone" AS varchar(20) CONSTRAINT "filled" CHECK (VALUE <> '');
ALTER DOMAIN "gone" ADD CONSTRAINT "short" CHECK (length(VALUE) < 10);
ALTER DOMAIN "natural" RENAME TO "positive";
ALTER DOMAIN "positive" SET DEFAULT 5;
ALTER DOMAIN "positive" DROP CONSTRAINT "is positive";
ALTER DOMAIN "positive" ADD CONSTRAINT "is positive" CHECK (VALUE > 0);
ALTER DOMAIN "positive" SET DEFAULT 1;
ALTER DOMAIN "positive" SET NOT NULL;
DROP TABLE "person";
DROP DOMAIN "mood";
DROP TYPE "mood_value";
DROP DOMAIN "moment";
DROP DOMAIN "app"."e""mail";
DROP SCHEMA "app";
