-- there
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('member', 'it''s', 'guest');
ALTER TABLE "user"
  ALTER COLUMN "role" DROP DEFAULT,
  ALTER COLUMN "role" TYPE "user_role" USING "role"::text::"user_role",
  ALTER COLUMN "role" SET DEFAULT 'member';
DROP TYPE "user_role_before";
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('owner', 'member', 'it''s', 'guest');
ALTER TABLE "user"
  ALTER COLUMN "role" DROP DEFAULT,
  ALTER COLUMN "role" TYPE "user_role" USING "role"::text::"user_role",
  ALTER COLUMN "role" SET DEFAULT 'member';
DROP TYPE "user_role_before";
ALTER TYPE "user_role" ADD VALUE E'back\\slash; --' AFTER 'member';
ALTER TYPE "user_role" RENAME VALUE 'it''s' TO 'it "is"';
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('owner', 'guest');
ALTER TABLE "user"
  ALTER COLUMN "role" DROP DEFAULT,
  ALTER COLUMN "role" TYPE "user_role" USING (CASE "role"::text WHEN 'member' THEN 'guest' WHEN 'it "is"' THEN 'owner' ELSE "role"::text END)::"user_role",
  ALTER COLUMN "role" SET DEFAULT 'guest';
DROP TYPE "user_role_before";

-- and back
ALTER TABLE "user" ALTER COLUMN "role" DROP DEFAULT;
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('owner', 'member', E'back\\slash; --', 'it "is"', 'guest');
ALTER TABLE "user" ALTER COLUMN "role" TYPE "user_role" USING "role"::text::"user_role";
DROP TYPE "user_role_before";
ALTER TABLE "user" ALTER COLUMN "role" SET DEFAULT 'member';
ALTER TYPE "user_role" RENAME VALUE 'it "is"' TO 'it''s';
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('owner', 'member', 'it''s', 'guest');
ALTER TABLE "user"
  ALTER COLUMN "role" DROP DEFAULT,
  ALTER COLUMN "role" TYPE "user_role" USING "role"::text::"user_role",
  ALTER COLUMN "role" SET DEFAULT 'member';
DROP TYPE "user_role_before";
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('member', 'it''s', 'guest');
ALTER TABLE "user"
  ALTER COLUMN "role" DROP DEFAULT,
  ALTER COLUMN "role" TYPE "user_role" USING "role"::text::"user_role",
  ALTER COLUMN "role" SET DEFAULT 'member';
DROP TYPE "user_role_before";
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('member', 'it''s');
ALTER TABLE "user"
  ALTER COLUMN "role" DROP DEFAULT,
  ALTER COLUMN "role" TYPE "user_role" USING "role"::text::"user_role",
  ALTER COLUMN "role" SET DEFAULT 'member';
DROP TYPE "user_role_before";
