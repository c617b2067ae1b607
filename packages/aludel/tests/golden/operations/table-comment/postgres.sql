-- there
COMMENT ON TABLE "user" IS E'It''s all of them; \\ and more';
COMMENT ON TABLE "team" IS NULL;

-- and back
COMMENT ON TABLE "team" IS 'Teams';
COMMENT ON TABLE "user" IS NULL;
