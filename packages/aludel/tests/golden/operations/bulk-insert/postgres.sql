-- there
INSERT INTO "user" ("id", "name", "is_active", "balance", "made_at", "picture", "note") VALUES
  (1, 'it''s', true, '1.50', '2026-11-23 10:00:00.123+00', DEFAULT, DEFAULT),
  (2, E'back\\slash; "quoted"', false, DEFAULT, DEFAULT, '\x00ff'::bytea, NULL),
  (3, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 'line
break :x ? $1 %s');

-- and back
DELETE FROM "user" WHERE "id" = $1; -- with [1]
DELETE FROM "user" WHERE "id" = $1; -- with [2]
DELETE FROM "user" WHERE "id" = $1; -- with [3]
