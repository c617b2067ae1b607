-- there
UPDATE `user` SET status = ? WHERE is_active = ?; -- with ["it's",1]
DELETE FROM `user` WHERE id = ?; -- with [99]
DELETE FROM `user` WHERE id = ?; -- with [98]
UPDATE `user` SET status = 'a:b ? %s';

-- and back
-- cannot be undone: What undoes this SQL is not told: UPDATE "user" SET status = ? WHERE is_active = ?
