-- there
CREATE VIEW "called" ("id", "the name") AS
SELECT id, name || '!' FROM "user";
COMMENT ON VIEW "called" IS 'Who''s called what';
CREATE OR REPLACE VIEW "grown" AS
SELECT id, name FROM "user" WHERE age >= 21 -- as they say
;
ALTER VIEW "old people" RENAME TO "elders";
DROP VIEW "gone";
DROP VIEW IF EXISTS "never there";

-- and back
CREATE VIEW "gone" AS
SELECT name FROM "user";
ALTER VIEW "elders" RENAME TO "old people";
DROP VIEW "grown";
CREATE VIEW "grown" AS
SELECT id, name FROM "user" WHERE age >= 18;
DROP VIEW "called";
