-- there
CREATE TYPE "mood" AS ENUM ('good', 'bad');
DROP TYPE "old_mood";

-- and back
CREATE TYPE "old_mood" AS ENUM ('good', 'bad');
DROP TYPE "mood";
