-- there
ALTER TYPE "user_role" ADD VALUE 'guest' BEFORE 'member';
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('member', 'guest');
ALTER TABLE "user"
  ALTER COLUMN "role" DROP DEFAULT,
  ALTER COLUMN "role" TYPE "user_role" USING "role"::text::"user_role",
  ALTER COLUMN "role" SET DEFAULT 'member';
DROP TYPE "user_role_before";
ALTER TABLE "user" ADD COLUMN "second" "user_role";
CREATE TYPE "user_mood" AS ENUM ('good', 'bad');
ALTER TABLE "user" ADD COLUMN "mood" "user_mood";

-- and back
ALTER TABLE "user" DROP COLUMN "mood";
DROP TYPE "user_mood";
ALTER TABLE "user" DROP COLUMN "second";
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('guest', 'member', 'it''s');
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
