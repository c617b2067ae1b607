-- there
UPDATE "user" SET status = $1 WHERE is_active = $2; -- with ["it's",1]
DELETE FROM "user" WHERE id = $1; -- with [99]
DELETE FROM "user" WHERE id = $1; -- with [98]
UPDATE "user" SET status = 'a:b ? %s';

-- and back
-- cannot be undone: What undoes this SQL is not told: UPDATE "user" SET status = ? WHERE is_active = ?
