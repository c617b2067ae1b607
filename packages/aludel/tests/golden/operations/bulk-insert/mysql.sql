-- there
INSERT INTO `user` (`id`, `name`, `is_active`, `balance`, `made_at`, `picture`, `note`) VALUES
  (1, 'it''s', TRUE, '1.50', '2026-11-23 10:00:00.123', DEFAULT, DEFAULT),
  (2, _utf8mb4 X'6261636b5c736c6173683b202271756f74656422', FALSE, DEFAULT, DEFAULT, X'00ff', NULL),
  (3, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 'line
break :x ? $1 %s');

-- and back
DELETE FROM `user` WHERE `id` = ?; -- with [1]
DELETE FROM `user` WHERE `id` = ?; -- with [2]
DELETE FROM `user` WHERE `id` = ?; -- with [3]
