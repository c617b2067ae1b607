-- there
COMMENT ON COLUMN "user"."mail" IS 'Where to write';
ALTER TABLE "user" RENAME COLUMN "mail" TO "e-mail";
COMMENT ON COLUMN "user"."old" IS NULL;

-- and back
COMMENT ON COLUMN "user"."old" IS 'Old';
ALTER TABLE "user" RENAME COLUMN "e-mail" TO "mail";
COMMENT ON COLUMN "user"."mail" IS NULL;
