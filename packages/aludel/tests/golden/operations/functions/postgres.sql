-- there
CREATE FUNCTION doubled(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2; $$;
CREATE OR REPLACE FUNCTION halved(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n >> 1 $$;
DROP FUNCTION "gone";
DROP FUNCTION IF EXISTS "never_there"(text, integer);

-- and back
CREATE FUNCTION gone() RETURNS text LANGUAGE sql AS $$ SELECT $x$a;b$x$ $$;
CREATE OR REPLACE FUNCTION halved(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n / 2 $$;
DROP FUNCTION "doubled"(integer);
