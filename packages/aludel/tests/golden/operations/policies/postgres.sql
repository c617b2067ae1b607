-- there
ALTER TABLE "plain"
  ENABLE ROW LEVEL SECURITY,
  FORCE ROW LEVEL SECURITY;
ALTER TABLE "note"
  ENABLE ROW LEVEL SECURITY,
  FORCE ROW LEVEL SECURITY;
ALTER TABLE "gone"
  DISABLE ROW LEVEL SECURITY,
  NO FORCE ROW LEVEL SECURITY;
CREATE POLICY "every""thing" ON "note" TO PUBLIC, CURRENT_USER, "pg_monitor", SESSION_USER USING (true -- all
);
CREATE POLICY "narrow" ON "note" AS RESTRICTIVE FOR UPDATE USING (id < 9) WITH CHECK ("owner" <> 'it''s');
ALTER POLICY "own" ON "note" TO "pg_read_all_data", "pg_monitor" USING (true);
ALTER POLICY "own" ON "note" TO PUBLIC WITH CHECK (id > 1);
ALTER POLICY "own" ON "note" RENAME TO "theirs";
ALTER TABLE "note" RENAME COLUMN "owner" TO "holder";
DROP POLICY "new ones" ON "note";
DROP POLICY IF EXISTS "never there" ON "note";
DROP TABLE "gone";

-- and back
CREATE TABLE "gone" (
  "id" integer NOT NULL,
  "owner" varchar(63),
  CONSTRAINT "pk_gone" PRIMARY KEY ("id")
);
CREATE POLICY "own" ON "gone" USING (owner = CURRENT_USER);
CREATE POLICY "new ones" ON "note" FOR INSERT TO "pg_monitor" WITH CHECK (id > 0);
ALTER TABLE "note" RENAME COLUMN "holder" TO "owner";
ALTER POLICY "theirs" ON "note" RENAME TO "own";
DROP POLICY "own" ON "note";
CREATE POLICY "own" ON "note" TO "pg_read_all_data", "pg_monitor" USING (true);
ALTER POLICY "own" ON "note" TO PUBLIC USING (owner = CURRENT_USER);
DROP POLICY "narrow" ON "note";
DROP POLICY "every""thing" ON "note";
ALTER TABLE "gone"
  ENABLE ROW LEVEL SECURITY,
  FORCE ROW LEVEL SECURITY;
ALTER TABLE "note"
  ENABLE ROW LEVEL SECURITY,
  NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "plain"
  DISABLE ROW LEVEL SECURITY,
  NO FORCE ROW LEVEL SECURITY;
