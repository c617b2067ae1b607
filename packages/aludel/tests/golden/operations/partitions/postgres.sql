-- there
CREATE TABLE "log" (
  "at" timestamptz NOT NULL,
  "region" varchar(2) NOT NULL
) PARTITION BY RANGE ("at", (lower(region)));
CREATE TABLE "log_2025" PARTITION OF "log" FOR VALUES FROM ('2025-01-01', MINVALUE) TO ('2026-01-01 00:00:00+00', 'it''s');
ALTER TABLE "log" ATTACH PARTITION "old log" FOR VALUES FROM ('2000-01-01', 'a') TO ('2025-01-01', MINVALUE);
CREATE TABLE "per region" (
  "region" varchar(2)
) PARTITION BY LIST ("region");
CREATE TABLE "north" PARTITION OF "per region" FOR VALUES IN ('no', 'se', NULL);
CREATE TABLE IF NOT EXISTS "elsewhere" PARTITION OF "per region" DEFAULT;
ALTER TABLE "per region" DETACH PARTITION "north";
ALTER TABLE "per region" ATTACH PARTITION "north" FOR VALUES IN ('no', 'se');
ALTER TABLE "log" DETACH PARTITION "log_2025" CONCURRENTLY; -- outside a transaction
ALTER TABLE "log" ATTACH PARTITION "log_2025" FOR VALUES FROM ('2025-01-01', 'a') TO ('2026-01-01', 'z');
ALTER TABLE "old log" RENAME TO "older log";
DROP TABLE "gone";

-- and back
CREATE TABLE "gone" (
  "id" integer NOT NULL
) PARTITION BY HASH ("id");
CREATE TABLE "gone_0" PARTITION OF "gone" FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE "gone_1" PARTITION OF "gone" FOR VALUES WITH (MODULUS 2, REMAINDER 1);
ALTER TABLE "older log" RENAME TO "old log";
ALTER TABLE "log" DETACH PARTITION "log_2025";
ALTER TABLE "log" ATTACH PARTITION "log_2025" FOR VALUES FROM ('2025-01-01', MINVALUE) TO ('2026-01-01 00:00:00+00', 'it''s');
ALTER TABLE "per region" DETACH PARTITION "north";
ALTER TABLE "per region" ATTACH PARTITION "north" FOR VALUES IN ('no', 'se', NULL);
DROP TABLE IF EXISTS "elsewhere";
DROP TABLE "north";
DROP TABLE "per region";
ALTER TABLE "log" DETACH PARTITION "old log";
DROP TABLE "log_2025";
DROP TABLE "log";
