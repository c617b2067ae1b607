-- there
ALTER TABLE "user"
  ADD COLUMN "bio" text,
  ADD COLUMN "status" varchar(32) DEFAULT 'active' NOT NULL,
  ADD COLUMN "is active" boolean DEFAULT false NOT NULL;
COMMENT ON COLUMN "user"."is active" IS 'Or not';
ALTER TABLE "user" ADD COLUMN "made_at" timestamp DEFAULT now() NOT NULL;
ALTER TABLE "user" ADD COLUMN "total" integer GENERATED ALWAYS AS (price * 2) STORED;
ALTER TABLE "user" ADD COLUMN IF NOT EXISTS "nick" varchar(20);

-- and back
ALTER TABLE "user"
  DROP COLUMN IF EXISTS "nick",
  DROP COLUMN "total",
  DROP COLUMN "made_at",
  DROP COLUMN "is active",
  DROP COLUMN "status",
  DROP COLUMN "bio";
