-- there
COMMENT ON INDEX "ix_user_email" IS 'Who''s who';
COMMENT ON CONSTRAINT "pk_user" ON "user" IS 'One row a user';
COMMENT ON TYPE "mood" IS 'How they are';
COMMENT ON ROUTINE "one"(integer) IS 'Always one';
COMMENT ON SEQUENCE "ticket" IS NULL;

-- and back
COMMENT ON SEQUENCE "ticket" IS 'Numbers of tickets';
COMMENT ON ROUTINE "one"(integer) IS NULL;
COMMENT ON TYPE "mood" IS NULL;
COMMENT ON CONSTRAINT "pk_user" ON "user" IS NULL;
COMMENT ON INDEX "ix_user_email" IS NULL;
