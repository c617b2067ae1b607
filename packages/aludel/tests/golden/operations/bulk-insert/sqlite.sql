-- there
INSERT INTO "user" ("id", "name", "is_active", "balance", "made_at") VALUES
  (1, 'it''s', 1, '1.50', '2026-11-23T10:00:00.123Z');
INSERT INTO "user" ("id", "name", "is_active", "picture", "note") VALUES
  (2, 'back\slash; "quoted"', 0, X'00ff', NULL);
INSERT INTO "user" ("id", "note") VALUES
  (3, 'line
break :x ? $1 %s');

-- and back
DELETE FROM "user" WHERE "id" = ?; -- with [1]
DELETE FROM "user" WHERE "id" = ?; -- with [2]
DELETE FROM "user" WHERE "id" = ?; -- with [3]
