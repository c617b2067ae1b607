-- there
CREATE RULE visits_stay AS ON DELETE TO visit DO INSTEAD NOTHING;
CREATE TYPE span AS RANGE (subtype = integer);
DROP STATISTICS "visit_towns";
DROP RULE IF EXISTS "never_there" ON "visit";

-- and back
CREATE STATISTICS visit_towns ON place, town FROM visit;
DROP TYPE "span";
DROP RULE "visits_stay" ON "visit";
