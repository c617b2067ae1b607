-- there
-- refused (unsupported-on-engine): SQLite takes NULL for the least value in every index, which "ix_said" of table "task" says otherwise.
-- Take `nulls` away, or index an expression before the column: sql`ended_at IS NULL`.

-- and back
DROP TABLE "other";
DROP INDEX "ix_said";
DROP INDEX "ix_open";
