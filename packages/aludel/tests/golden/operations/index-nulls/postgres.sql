-- there
CREATE INDEX "ix_open" ON "task" ("ended" NULLS FIRST, "rank" DESC NULLS LAST);
CREATE INDEX "ix_said" ON "task" ((rank + 1) NULLS LAST, "rank" DESC NULLS FIRST, "id");
CREATE TABLE "other" (
  "rank" integer
);
CREATE INDEX "ix_rank" ON "other" ("rank" DESC NULLS LAST);

-- and back
DROP TABLE "other";
DROP INDEX "ix_said";
DROP INDEX "ix_open";
