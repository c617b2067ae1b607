-- there
CREATE VIEW "called" ("id", "the name") AS
SELECT id, name || '!' FROM "user";
DROP VIEW IF EXISTS "grown";
CREATE VIEW "grown" AS
SELECT id, name FROM "user" WHERE age >= 21 -- as they say
;
DROP VIEW "old people";
CREATE VIEW "elders" ("number") AS
SELECT id FROM "user" WHERE age > 60;
DROP VIEW "gone";
DROP VIEW IF EXISTS "never there";

-- and back
CREATE VIEW "gone" AS
SELECT name FROM "user";
DROP VIEW "elders";
CREATE VIEW "old people" ("number") AS
SELECT id FROM "user" WHERE age > 60;
DROP VIEW "grown";
CREATE VIEW "grown" AS
SELECT id, name FROM "user" WHERE age >= 18;
DROP VIEW "called";
