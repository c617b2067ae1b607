-- there
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('member', 'guest');
ALTER TABLE "user"
  ALTER COLUMN "role" DROP DEFAULT,
  ALTER COLUMN "role" TYPE "user_role" USING "role"::text::"user_role",
  ALTER COLUMN "role" SET DEFAULT 'member';
DROP TYPE "user_role_before";
ALTER TABLE "user" ALTER COLUMN "role" SET DEFAULT 'guest';

-- and back
ALTER TABLE "user" ALTER COLUMN "role" SET DEFAULT 'member';
ALTER TYPE "user_role" RENAME TO "user_role_before";
CREATE TYPE "user_role" AS ENUM ('member');
ALTER TABLE "user"
  ALTER COLUMN "role" DROP DEFAULT,
  ALTER COLUMN "role" TYPE "user_role" USING "role"::text::"user_role",
  ALTER COLUMN "role" SET DEFAULT 'member';
DROP TYPE "user_role_before";
