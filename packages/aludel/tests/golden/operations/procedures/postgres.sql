-- there
CREATE PROCEDURE tidy(n integer) LANGUAGE sql AS $$ SELECT n $$;
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
DROP AGGREGATE IF EXISTS "never_there"(text);
DROP PROCEDURE "gone";

-- and back
CREATE PROCEDURE gone() LANGUAGE sql AS $$ SELECT 1 $$;
DROP AGGREGATE "total"(integer);
DROP PROCEDURE "tidy";
