-- there
CREATE SEQUENCE "numbers";
CREATE SEQUENCE "down" INCREMENT BY -2 MINVALUE -1000 MAXVALUE 9007199254740993 START WITH 50;
CREATE SEQUENCE IF NOT EXISTS "plain";
SELECT setval('"plain"', least(last_value, 99), is_called) FROM "plain" WHERE last_value <> least(last_value, 99);
ALTER SEQUENCE "plain" INCREMENT BY 2 MINVALUE -5 MAXVALUE 99 START WITH 3 CACHE 5 CYCLE;
ALTER SEQUENCE "every kind" NO MINVALUE NO MAXVALUE CACHE 1 NO CYCLE;
ALTER SEQUENCE "every kind" RENAME TO "some kinds";
DROP SEQUENCE "gone";
DROP SEQUENCE IF EXISTS "never there";

-- and back
CREATE SEQUENCE "gone" INCREMENT BY -1 MAXVALUE 100;
ALTER SEQUENCE "some kinds" RENAME TO "every kind";
SELECT setval('"every kind"', least(greatest(last_value, 10), 1000), is_called) FROM "every kind" WHERE last_value <> least(greatest(last_value, 10), 1000);
ALTER SEQUENCE "every kind" MINVALUE 10 MAXVALUE 1000 CACHE 7 CYCLE;
ALTER SEQUENCE "plain" INCREMENT BY 1 NO MINVALUE NO MAXVALUE START WITH 1 CACHE 1 NO CYCLE;
DROP SEQUENCE "down";
DROP SEQUENCE "numbers";
