-- there
CREATE TYPE "point3" AS ("x" integer, "y" integer, "the z" text COLLATE "C");
ALTER TYPE "address" DROP ATTRIBUTE "town", ALTER ATTRIBUTE "number" SET DATA TYPE bigint, ADD ATTRIBUTE "code" varchar(10);
DROP TYPE "gone";
DROP TYPE IF EXISTS "never_there";

-- and back
CREATE TYPE "gone" AS ("x" integer);
ALTER TYPE "address" DROP ATTRIBUTE "code", ALTER ATTRIBUTE "number" SET DATA TYPE integer, ADD ATTRIBUTE "town" text;
DROP TYPE "point3";
